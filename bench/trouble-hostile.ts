/** Callers that mean no good, a thousand at once, and how long each was endured. A process of its own. */
import { connect, type Socket } from 'node:net'
import { type Behaviour, clock, type Endured, type HostileOrder, type HostileReport } from './trouble-plan.ts'
import { BIG_LIST, CREATE_LINE, LARGE_JSON, LARGE_RAW, RAW, request, START_LINE } from './trouble-requests.ts'

interface Acting {
  /** Sent at once. */
  first?: (port: number, caller: number) => Buffer
  /** Sent every second. */
  drips?: Buffer
  /** Read every second; otherwise all is read as it comes. */
  sips?: number
  /** Asked again after each answer. */
  repeats?: true
}

const cut = (bytes: Buffer, from: number) => bytes.subarray(0, bytes.length - from)
const drop = Buffer.from('a')
const start = JSON.stringify({ regionId: 'cn-north-4', servers: [{ id: 'a'.repeat(60) }] })

const behaviours: Record<Behaviour, Acting> = {
  silent: {},
  'trickled headers': {
    first: (port) => cut(request(port, START_LINE, { more: 'X-Slow: ' }), 2),
    drips: drop,
  },
  'trickled body': { first: (port) => cut(request(port, START_LINE, { body: start }), 90), drips: drop },
  idle: { first: (port) => request(port, 'GET /livez') },
  'half sent': { first: (port) => cut(request(port, START_LINE, { body: start }), 40) },
  'slow reader': { first: (port, caller) => request(port, BIG_LIST, { caller }), sips: 16 * 1024 },
  'large JSON': {
    first: (port, caller) => request(port, CREATE_LINE, { caller, body: LARGE_JSON }),
    repeats: true,
  },
  'large raw': {
    first: (port, caller) => request(port, RAW, { caller, body: LARGE_RAW }),
    repeats: true,
  },
}

/** Not those of the sender: what they do must not count against others. */
const FIRST_CALLER = 1_000
const CALLERS = 10
const NO_ROOM_MS = 50
const AGAIN_MS = 1_000
const report: HostileReport = {}
const open = new Map<Socket, Acting & { hear: (chunk: Buffer) => void }>()
let ended = false

function begin(order: HostileOrder, name: Behaviour, endured: Endured, first: Buffer | undefined): void {
  if (ended) return
  const acting = behaviours[name]
  const beganAt = clock()
  const socket = connect({ port: order.port, host: '127.0.0.1', noDelay: true })
  socket.on('connect', () => {
    endured.opened += 1
    if (first) socket.write(first)
  })
  socket.on('error', () => {})
  const hear = (chunk: Buffer) => {
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(chunk.toString('latin1', 0, 12)) ?? []
    if (!status) return
    endured.answers[status] = (endured.answers[status] ?? 0) + 1
    if (acting.repeats && first) setImmediate(() => socket.write(first))
  }
  open.set(socket, { ...acting, hear })
  if (acting.sips) socket.pause()
  else socket.on('data', hear)
  socket.on('close', () => {
    open.delete(socket)
    if (ended) return
    const lasted = clock() - beganAt
    if (lasted < NO_ROOM_MS) endured.turnedAway += 1
    else {
      endured.lastedMs.push(lasted)
      endured.endedAt.push(clock())
    }
    if (order.again) setTimeout(() => begin(order, name, endured, first), AGAIN_MS)
  })
}

async function attack(order: HostileOrder): Promise<void> {
  const each = Object.entries(order.sockets) as [Behaviour, number][]
  const starts = each.flatMap(([name, count]) => {
    const endured: Endured = { opened: 0, turnedAway: 0, lastedMs: [], endedAt: [], answers: {} }
    report[name] = endured
    const firsts = Array.from({ length: CALLERS }, (_, nth) =>
      behaviours[name].first?.(order.port, FIRST_CALLER + nth),
    )
    return Array.from({ length: count }, (_, nth) => {
      return { at: nth / count, name, endured, first: firsts[nth % CALLERS] }
    })
  })
  starts.sort((a, b) => a.at - b.at) // all kinds side by side
  for (let next = 0; next < starts.length; next += 50) {
    for (const { name, endured, first } of starts.slice(next, next + 50)) begin(order, name, endured, first)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

setInterval(() => {
  for (const [socket, { drips, sips, hear }] of open) {
    if (drips && !socket.connecting) socket.write(drips)
    const sip = sips ? socket.read(Math.min(sips, socket.readableLength || sips)) : undefined
    if (sip) hear(sip)
  }
}, 1_000)

process.on('message', async (order: HostileOrder | { end: true }) => {
  if ('port' in order) {
    await attack(order)
    process.send?.({ ready: true })
    return
  }
  ended = true
  process.send?.(report, () => process.exit())
})
process.once('disconnect', () => process.exit())
