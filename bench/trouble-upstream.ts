/**
 * A Huawei Cloud that answers at once with bytes made before, and can be in trouble. It checks nothing. A process of its
 * own, ordered about by `trouble.ts`.
 */
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { clock, type Trouble, type UpstreamCount, type UpstreamOrder } from './trouble-plan.ts'

const PROJECT = '0123456789abcdef0123456789abcdef'
const LIST_BYTES = 4 * 1024
const BIG_LIST_BYTES = 5 * 1024 * 1024

function answer(status: string, body: string): Buffer {
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nX-Request-Id: bench\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`
  return Buffer.from(head + body)
}

function listOf(bytes: number): string {
  const server = { id: '616fb98f-46ca-475e-917e-2563e5a8cd19', name: 'bench', status: 'ACTIVE', metadata: {} }
  const count = Math.floor(bytes / (JSON.stringify(server).length + 1))
  return JSON.stringify({ count, servers: Array.from({ length: count }, () => server) })
}

const answers = {
  list: answer('200 OK', listOf(LIST_BYTES)),
  big: answer('200 OK', listOf(BIG_LIST_BYTES)),
  job: answer('200 OK', JSON.stringify({ job_id: 'ff8080828fb5ebfc018fb5f0e0f00001', serverIds: [] })),
  projects: answer(
    '200 OK',
    JSON.stringify({
      projects: [{ id: PROJECT, name: 'cn-north-4', domain_id: 'd', parent_id: 'd' }],
      links: {},
    }),
  ),
  unavailable: answer(
    '503 Service Unavailable',
    JSON.stringify({ error_code: 'APIGW.0201', error_msg: 'Backend unavailable.' }),
  ),
}

let trouble: Trouble = 'none'
let delayMs = 0
let connections = 0
let calls = 0
const open = new Set<Socket>()

const server = createServer({ noDelay: true }, (socket) => {
  connections += 1
  open.add(socket)
  socket.on('error', () => {})
  socket.on('close', () => open.delete(socket))
  if (trouble === 'reset') return void socket.resetAndDestroy()
  let head = ''
  let left = 0
  socket.on('data', (chunk) => {
    if (left > 0) {
      left -= chunk.length
      if (left <= 0) respond(socket, head)
      return
    }
    head += chunk.toString('latin1')
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head.slice(0, end))?.[1] ?? 0)
    left = length - (head.length - end - 4)
    if (left <= 0) respond(socket, head)
  })

  const respond = (to: Socket, asked: string) => {
    head = ''
    left = 0
    calls += 1
    const bytes = trouble === '503' ? answers.unavailable : answerTo(asked)
    if (delayMs > 0) setTimeout(() => to.write(bytes), delayMs)
    else to.write(bytes)
  }
})

function answerTo(asked: string): Buffer {
  const line = asked.slice(0, asked.indexOf('\r\n'))
  if (line.includes('/v3/projects')) return answers.projects
  if (!line.startsWith('GET ')) return answers.job
  return line.includes('name=big') ? answers.big : answers.list
}

async function turn(to: Trouble): Promise<void> {
  const wasClosed = trouble === 'closed'
  trouble = to
  if (to === 'closed' || to === 'reset') for (const socket of open) socket.resetAndDestroy()
  if (to === 'closed') await new Promise((resolve) => server.close(resolve))
  else if (wasClosed) await listen()
}

let port = 0
async function listen(): Promise<void> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', 1_024, resolve))
  port = (server.address() as AddressInfo).port
}

process.on('message', async (order: UpstreamOrder) => {
  if ('trouble' in order) {
    await turn(order.trouble)
    delayMs = order.delayMs ?? 0
  }
  const { user, system } = process.cpuUsage()
  const count: UpstreamCount = { at: clock(), connections, calls, cpuMs: (user + system) / 1_000 }
  process.send?.(count)
})
process.once('disconnect', () => process.exit())
await listen()
process.send?.({ port })
