import { setTimeout as sleep } from 'node:timers/promises'
import { mib, ms, percentileOf, phase, type Row, type Run, Span, secondsOf } from './trouble-measure.ts'
import { type Behaviour, clock, type HostileReport } from './trouble-plan.ts'
import { startGateway, startHostiles, startSending, startUpstream } from './trouble-world.ts'

const PER_SECOND = 200
const HEADERS_MS = 6_000
const BODIES_MS = 16_000
const SETTLED_S = 4
const SOCKETS = { silent: 1_000, 'trickled headers': 500, 'trickled body': 500 }

/** Two thousand sockets that never finish a request, beside callers who do. */
export async function slowSenders(run: Run): Promise<Row[]> {
  const quietSeconds = secondsOf(run, 30)
  const seconds = Math.max(18, secondsOf(run, 60)) // or no body would ever be cut
  const upstream = await startUpstream()
  const gateway = await startGateway(upstream)
  const plan = { port: gateway.port, writes: 0.05, patienceMs: 12_000 }
  const { beganAt, done } = await startSending({
    ...plan,
    connections: { open: 50, most: 100, take: 'newest' },
    phases: [
      { name: 'rising', perSecond: 1_000, seconds: 5 },
      { name: 'settling', perSecond: PER_SECOND, seconds: 2 },
      { name: 'quiet', perSecond: PER_SECOND, seconds: quietSeconds },
      { name: 'attack', perSecond: PER_SECOND, seconds: SETTLED_S + seconds },
    ],
  })
  const attackAt = (7 + quietSeconds) * 1_000
  await sleep(Math.max(0, beganAt + attackAt - clock()))
  const hostiles = await startHostiles({ port: gateway.port, sockets: SOCKETS, again: true })
  const stop = gateway.watch()
  const newcomers = await startSending({
    ...plan,
    connections: { open: 0, most: 500, take: 'newest', once: true },
    phases: [{ name: 'new', perSecond: 10, seconds: Math.max(5, seconds - 5) }],
  })
  const came = phase(await newcomers.done, 'new')
  const sent = await done
  const used = stop()
  const endured = await hostiles.end()

  const quiet = phase(sent, 'quiet')
  const attack = new Span(sent, attackAt + SETTLED_S * 1_000, attackAt + (SETTLED_S + seconds) * 1_000)
  const [before, beside] = [quiet.percentile(0.99), attack.percentile(0.99)]
  const scenario = 'slow-senders'
  return [
    {
      scenario,
      what: `${PER_SECOND} requests/s beside 2,000 slow and silent sockets, ${seconds} s`,
      measured: attack.shown,
    },
    {
      scenario,
      what: 'p99, on connections that were open before',
      measured: `${ms(beside)} (quiet: ${ms(before)})`,
      wanted: '≤ 2 × quiet, all 200',
      kept: beside <= 2 * before && attack.countOf('200') === attack.count,
    },
    {
      scenario,
      what: 'p50',
      measured: `${ms(attack.percentile(0.5))} (quiet: ${ms(quiet.percentile(0.5))})`,
    },
    {
      scenario,
      what: '10 new connections/s during it',
      measured: `${came.shown}; p99 ${ms(came.percentile(0.99, '200'))}`,
    },
    ...cutRows(scenario, endured, 'trickled headers', HEADERS_MS),
    ...cutRows(scenario, endured, 'trickled body', BODIES_MS),
    ...cutRows(scenario, endured, 'silent'),
    { scenario, what: 'resident, most', measured: mib(Math.max(...used.mib)) },
  ]
}

function cutRows(scenario: string, report: HostileReport, name: Behaviour, within?: number): Row[] {
  const { lastedMs = [], turnedAway, opened, answers = {} } = report[name] ?? {}
  const worst = lastedMs.length > 0 ? Math.max(...lastedMs) : Number.NaN
  const said = Object.entries(answers).map(([status, count]) => `${count} × ${status}`)
  const measured =
    lastedMs.length > 0
      ? `${ms(worst)} (median ${ms(percentileOf(lastedMs, 0.5))}; ${lastedMs.length} cut, ${said.join(', ') || 'no answer'})`
      : 'none was cut'
  return [
    {
      scenario,
      what: `${name}: the longest (${opened} opened, ${turnedAway} turned away)`,
      measured,
      ...(within ? { wanted: `≤ ${within} ms`, kept: worst <= within } : {}),
    },
  ]
}
