import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { chanceFrom } from '../../src/sandbox/chance.ts'

/** Where the wire is cut; in the order in which a request and its answer pass. */
const CUTS = [
  'before-the-request',
  'in-the-request',
  'after-the-request',
  'before-the-answer',
  'in-the-answer',
  'after-the-answer',
] as const

/** The last: all connections are cut, and for a moment nobody listens. */
export type Cut = (typeof CUTS)[number] | 'closed'

/** Of all cuts; each takes the calls of all connections with it. */
const CLOSED = 0.05
const CLOSED_MS = 5

interface Fate {
  cut?: Cut
  /** By a reset instead of an end. */
  hard: boolean
}

export interface CuttingWire {
  readonly url: string
  /** From now on this share of requests is cut. */
  cut(chance: number): void
  /** How often the write of this name has come from the gateway, whatever became of it. */
  sent(name: string): number
  /** Writes that came, and how many of them were cut where. */
  tally(): { writes: number; cuts: Partial<Record<Cut, number>> }
}

/** What tells a write from all others: the server that it makes, or the one that it is about. */
const NAME = /"(?:name|servers":\[\{"id)":"([^"]+)"/

/**
 * Passes bytes on to a port and cuts connections on the way. Where is drawn from the seed and the request's own words,
 * so that the same call meets the same fate whoever comes between.
 */
export async function startWire(port: number, seed: string): Promise<CuttingWire> {
  const open = new Set<Socket>()
  const sent = new Map<string, number>()
  const cuts: Partial<Record<Cut, number>> = {}
  let writes = 0
  let chance = 0

  function fateOf(words: string): Fate {
    const [, name] = NAME.exec(words) ?? []
    const times = (sent.get(name ?? words) ?? 0) + 1
    sent.set(name ?? words, times)
    const { random } = chanceFrom(`${seed} ${times} ${words}`)
    const hard = random() < 0.5
    if (name !== undefined) writes += 1
    if (random() >= chance) return { hard }
    const cut = random() < CLOSED ? 'closed' : (CUTS[Math.floor(random() * CUTS.length)] ?? 'closed')
    if (name !== undefined) cuts[cut] = (cuts[cut] ?? 0) + 1
    return { cut, hard }
  }

  function join(gateway: Socket): void {
    const cloud = connect(port, '127.0.0.1')
    let asked = Buffer.alloc(0)
    let answered = Buffer.alloc(0)
    let fate: Fate = { hard: false }
    const end = () => {
      if (fate.hard) gateway.resetAndDestroy()
      else gateway.destroy()
      cloud.destroy()
    }
    for (const [socket, other] of [
      [gateway, cloud],
      [cloud, gateway],
    ] as const) {
      open.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
    gateway.on('data', (chunk) => {
      asked = Buffer.concat([asked, chunk])
      const length = lengthOf(asked)
      if (asked.length < length) return
      const request = asked.subarray(0, length)
      asked = asked.subarray(length)
      answered = Buffer.alloc(0)
      fate = fateOf(wordsIn(request))
      if (fate.cut === 'closed') return void close()
      if (fate.cut === 'before-the-request') return end()
      if (fate.cut === 'in-the-request') return void cloud.write(half(request), end)
      cloud.write(request, () => fate.cut === 'after-the-request' && end())
    })
    cloud.on('data', (chunk) => {
      if (fate.cut === 'before-the-answer') return end()
      if (fate.cut === 'in-the-answer') {
        cloud.pause()
        return void gateway.write(half(chunk), end)
      }
      gateway.write(chunk)
      answered = Buffer.concat([answered, chunk])
      if (fate.cut === 'after-the-answer' && answered.length >= lengthOf(answered)) setImmediate(end)
    })
  }

  let server: Server
  let opening: NodeJS.Timeout | undefined
  let isOver = false
  async function listen(at: number): Promise<number> {
    server = createServer(join).listen(at, '127.0.0.1')
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  }
  function close(): void {
    if (opening) return
    server.close()
    for (const socket of open) socket.destroy()
    opening = setTimeout(reopen, CLOSED_MS)
  }
  function reopen(): void {
    opening = undefined
    // Somebody else may have got the port for a moment.
    if (!isOver) listen(own).catch(close)
  }
  const own = await listen(0)
  onTestFinished(() => {
    isOver = true
    close()
    clearTimeout(opening)
  })

  return {
    url: `http://127.0.0.1:${own}`,
    cut: (share) => {
      chance = share
    },
    sent: (name) => sent.get(name) ?? 0,
    tally: () => ({ writes, cuts }),
  }
}

const half = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2))

/** Of a request or an answer with all its bytes; more than any has while its head is not whole. */
function lengthOf(bytes: Buffer): number {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return Number.POSITIVE_INFINITY
  const [, length = 0] = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end)) ?? []
  return end + 4 + Number(length)
}

function wordsIn(request: Buffer): string {
  const text = request.toString()
  const end = text.indexOf('\r\n\r\n')
  return `${text.split(' ', 2)[1]} ${text.slice(end + 4)}`
}
