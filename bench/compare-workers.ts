import { cpus } from 'node:os'
import { rows } from '../src/settings.ts'
import { type Server, startGateway } from './compare-contenders.ts'
import type { Load } from './compare-load.ts'
import { atLeast, times } from './compare-ratios.ts'
import type { Goal } from './compare-results.ts'
import { cpuMsOfAll } from './compare-rounds.ts'
import { familyOf } from './compare-world.ts'
import { median } from './processes.ts'
import { clock } from './trouble-plan.ts'
import { cpuMsOf, machineMs } from './trouble-processors.ts'

const WANTED = 1.6
const ROUNDS = 5
const WHAT = 'two workers / one'

const isThere = () =>
  Object.values(rows).some(({ env }) => (env as readonly string[]).includes('HCA_WORKERS'))

interface Measured {
  readonly perSecond: number
  readonly cpuUs: number
  /** Processors in use. */
  readonly gateway: number
  readonly others: number
  /** By these and everybody else. */
  readonly machine: number
  /** How evenly the workers share: 1 when each does the same. */
  readonly evenness: number
}

/** Both gateways are warm by then; `upstream` is whose processor time is told beside theirs. */
export async function twoWorkers(
  { folder, upstream, one, load }: { folder: string; upstream: Upstream; one: Server; load: Load },
  seconds: number,
): Promise<Goal[]> {
  const skipped = (why: string): Goal[] => [
    { what: WHAT, measured: `skipped: ${why}`, wanted: `≥ ${times(WANTED)}` },
  ]
  if (!isThere()) return skipped('there is no setting HCA_WORKERS')
  const started = await startGateway(folder, upstream.url, { HCA_WORKERS: '2' }).catch(() => undefined)
  if (!started) return skipped('a gateway with HCA_WORKERS=2 does not start')
  await load(started.url, 'job', 4 * seconds)
  const two = { ...started, pids: familyOf(started.pids[0] ?? 0) }
  const measured: { one: Measured; two: Measured }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const first = await measure(round % 2 ? two : one, upstream, load, seconds)
    const second = await measure(round % 2 ? one : two, upstream, load, seconds)
    measured.push(round % 2 ? { one: second, two: first } : { one: first, two: second })
  }
  return [judged(measured)]
}

export interface Upstream {
  readonly url: string
  readonly pids: readonly number[]
}

async function measure(
  { url, pids }: Server,
  upstream: Upstream,
  load: Load,
  seconds: number,
): Promise<Measured> {
  const sender = () => cpuMsOf('self', true)
  const workers = pids.length > 1 ? pids.slice(1) : pids
  const now = () => ({
    at: clock(),
    gateway: cpuMsOfAll(pids),
    others: sender() + cpuMsOfAll(upstream.pids),
    machine: machineMs(),
    each: workers.map((pid) => cpuMsOf(pid)),
  })
  const before = now()
  const { requests, seconds: took } = await load(url, 'job', seconds)
  const after = now()
  const wall = after.at - before.at
  const each = after.each.map((cpu, nth) => cpu - (before.each[nth] ?? 0))
  return {
    perSecond: requests / took,
    cpuUs: ((after.gateway - before.gateway) * 1_000) / requests,
    gateway: (after.gateway - before.gateway) / wall,
    others: (after.others - before.others) / wall,
    machine: (after.machine - before.machine) / wall,
    evenness: each.reduce((sum, cpu) => sum + cpu, 0) / each.length / Math.max(...each, 1),
  }
}

const FULL = 0.93

/**
 * Where sender and upstream leave the workers less than a processor each, requests a second say how small the machine is.
 * There it counts what one request costs with two workers and with one, and how evenly they share.
 */
export function judged(rounds: readonly { one: Measured; two: Measured }[], cores = cpus().length): Goal {
  const over = (of: (round: (typeof rounds)[number]) => number) => median(rounds.map(of))
  const reached = over(({ one, two }) => two.perSecond / one.perSecond)
  const alone = over(({ one, two }) => 2 * (one.cpuUs / two.cpuUs) * two.evenness)
  const [gateway, others] = [over(({ two }) => two.gateway), over(({ two }) => two.others)]
  const machine = over(({ two }) => two.machine)
  const isFull = machine >= FULL * cores
  const goal = atLeast(WHAT, reached >= WANTED || !isFull ? reached : alone, WANTED, times)
  const used = `gateway ${gateway.toFixed(2)}, sender and upstream ${others.toFixed(2)}, all ${machine.toFixed(2)} of ${cores} processors`
  return reached >= WANTED || !isFull
    ? { ...goal, measured: `${times(reached)} (${used})` }
    : {
        ...goal,
        measured: `${times(alone)} with a processor each, by what a request costs; ${times(reached)} here, where the machine is full: ${used}`,
      }
}
