/**
 * Sends at fixed moments, whatever comes back (open loop), and tells what became of each request. A process of its own,
 * started by `trouble.ts` with a plan.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from './trouble-connection.ts'
import { clock, HUNG, type Plan, type Sent, UNSENT } from './trouble-plan.ts'
import { requestsTo } from './trouble-requests.ts'

process.once('message', async (plan: Plan) => {
  const sent = await send(plan)
  process.send?.(sent, () => process.exit())
})
process.once('disconnect', () => process.exit())

function momentsOf({ phases }: Plan): Float64Array {
  const count = phases.reduce((sum, { perSecond, seconds }) => sum + perSecond * seconds, 0)
  const moments = new Float64Array(count)
  let index = 0
  let begin = 0
  for (const { perSecond, seconds } of phases) {
    for (let nth = 0; nth < perSecond * seconds; nth += 1)
      moments[index++] = begin + (nth * 1_000) / perSecond
    begin += seconds * 1_000
  }
  return moments
}

async function send(plan: Plan): Promise<Sent> {
  const { port, connections } = plan
  const bytesOf = requestsTo(port, plan.writes, connections.once ? 'Connection: close\r\n' : '', plan.reads)
  const meantMs = momentsOf(plan)
  const tookMs = new Float32Array(meantMs.length)
  const lateMs = new Float32Array(meantMs.length)
  const kind = new Uint8Array(meantMs.length)
  const kinds = [HUNG, UNSENT] // what is still 0 in the end hangs
  const UNSENT_KIND = 1
  /** The server ends connections that say nothing for some seconds, so these come first. */
  const fresh: Connection[] = []
  const free: Connection[] = []
  const open = new Set<Connection>()
  /** Those whose moment has come, and for whom no connection is left. */
  const waiting: number[] = []
  let opened = 0
  let settled = 0
  let beganAt = clock()

  const add = (): Connection => {
    opened += 1
    const connection: Connection = new Connection(
      port,
      () => {},
      () => gone(connection),
    )
    open.add(connection)
    return connection
  }
  const gone = (connection: Connection) => {
    open.delete(connection)
    for (const idle of [fresh, free]) {
      const at = idle.indexOf(connection)
      if (at >= 0) idle.splice(at, 1)
    }
  }
  const take = () => {
    const idle = fresh.pop() ?? (connections.take === 'newest' ? free.pop() : free.shift())
    return idle ?? (open.size < connections.most ? add() : undefined)
  }
  const kindNumber = (name: string) => {
    const known = kinds.indexOf(name)
    return known >= 0 ? known : Math.min(kinds.push(name) - 1, 255)
  }
  const out = (index: number, connection: Connection) => {
    lateMs[index] = clock() - beganAt - (meantMs[index] ?? 0)
    connection.send(bytesOf(index), (name, isFree) => {
      tookMs[index] = clock() - beganAt - (meantMs[index] ?? 0)
      kind[index] = kindNumber(name)
      settled += 1
      if (!isFree) gone(connection)
      else if (waiting.length === 0) free.push(connection)
      else return out(waiting.shift() ?? 0, connection)
      if (waiting.length > 0 && open.size < connections.most) out(waiting.shift() ?? 0, add())
    })
  }

  await new Promise<void>((resolve) => {
    if (connections.open === 0) resolve()
    let left = connections.open
    for (let count = 0; count < connections.open; count += 1) {
      const connection: Connection = new Connection(
        port,
        () => {
          fresh.push(connection)
          left -= 1
          if (left === 0) resolve()
        },
        () => gone(connection),
      )
      opened += 1
      open.add(connection)
    }
  })
  beganAt = clock() + 20
  process.send?.({ beganAt })
  const cpuBefore = process.cpuUsage()
  for (let next = 0; next < meantMs.length; ) {
    const now = clock() - beganAt
    for (; next < meantMs.length && (meantMs[next] ?? 0) <= now; next += 1) {
      const connection = take()
      if (connection) out(next, connection)
      else waiting.push(next)
    }
    await sleep(1)
  }
  const giveUpAt = clock() + plan.patienceMs
  while (settled < meantMs.length && clock() < giveUpAt) await sleep(10)
  const { user, system } = process.cpuUsage(cpuBefore)
  for (const connection of open) connection.destroy()
  for (const index of waiting) kind[index] = UNSENT_KIND
  for (let index = 0; index < meantMs.length; index += 1) {
    // Came, but long after anybody would have waited.
    if ((tookMs[index] ?? 0) - (lateMs[index] ?? 0) > plan.patienceMs) kind[index] = 0
    if (kind[index] === 0 || kind[index] === UNSENT_KIND) tookMs[index] = Number.POSITIVE_INFINITY
  }
  return {
    phases: plan.phases,
    beganAt,
    meantMs,
    tookMs,
    lateMs,
    kind,
    kinds,
    connections: opened,
    cpuMs: (user + system) / 1_000,
  }
}
