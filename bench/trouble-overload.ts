import { mib, ms, phase, processorRow, type Row, type Run, Span, secondsOf } from './trouble-measure.ts'
import { WARM_UP } from './trouble-plan.ts'
import { startGateway, startSending, startUpstream } from './trouble-world.ts'

const PER_SECOND = 5_000
const ANSWERED = 1_600
const REFUSED_MS = 100
const NORMAL_MS = 25
const RECOVERY_MS = 2_000
const AFTER_S = 10

/** Two and a half times what we promise, and back. */
export async function overload(run: Run): Promise<Row[]> {
  const seconds = secondsOf(run, 60)
  const upstream = await startUpstream()
  const gateway = await startGateway(upstream)
  const { done } = await startSending({
    port: gateway.port,
    writes: 0.05,
    // Callers of long standing: a busy server takes in one new connection each time round its event loop.
    connections: { open: 1_000, most: 1_500, take: 'newest' },
    patienceMs: 15_000,
    phases: [
      ...WARM_UP,
      { name: 'quiet', perSecond: 500, seconds: 5 },
      { name: 'flood', perSecond: PER_SECOND, seconds },
      { name: 'after', perSecond: 500, seconds: AFTER_S },
    ],
  })
  const stop = gateway.watch()
  const sent = await done
  const used = stop()
  const upstreamCpu = (await upstream.count()).cpuMs
  const flood = phase(sent, 'flood')
  const endsAt = (sent.phases.reduce((sum, phase) => sum + phase.seconds, 0) - AFTER_S) * 1_000
  const after = new Span(sent, endsAt + RECOVERY_MS, endsAt + AFTER_S * 1_000)
  const answered = flood.countOf('200') / seconds
  const refusals = flood.countOf('503', '429')
  const plain = Object.entries(flood.kinds)
    .filter(([kind]) => /^(?:503|429) [A-Z_.\d]+$/i.test(kind))
    .reduce((sum, [, count]) => sum + count, 0)
  const refusedMs = flood.percentile(0.99, '503', '429')
  const others = flood.count - flood.countOf('200', '503', '429')
  const normal = after.percentile(0.99)
  const scenario = 'overload'
  return [
    { scenario, what: `${PER_SECOND} requests/s for ${seconds} s`, measured: flood.shown },
    {
      scenario,
      what: 'answered with 200',
      measured: `${answered.toFixed(0)}/s`,
      wanted: `≥ ${ANSWERED}/s`,
      kept: answered >= ANSWERED,
    },
    { scenario, what: 'p99 of the answered', measured: ms(flood.percentile(0.99, '200')) },
    {
      scenario,
      what: 'refusals in our envelope, with Retry-After',
      measured: `${plain} of ${refusals}`,
      wanted: 'all',
      kept: plain === refusals,
    },
    {
      scenario,
      what: 'refusals, p99',
      measured: refusals > 0 ? ms(refusedMs) : 'none',
      wanted: `≤ ${REFUSED_MS} ms`,
      kept: refusals === 0 || refusedMs <= REFUSED_MS,
    },
    {
      scenario,
      what: 'hung, or neither answered nor refused',
      measured: String(others),
      wanted: '0',
      kept: others === 0,
    },
    {
      scenario,
      what: `p99 from ${RECOVERY_MS / 1_000} s after it ended`,
      measured: `${ms(normal)} (before: ${ms(phase(sent, 'quiet').percentile(0.99))})`,
      wanted: `≤ ${NORMAL_MS} ms`,
      kept: normal <= NORMAL_MS && after.countOf('200') === after.count,
    },
    { scenario, what: 'the sender was late by, p99', measured: ms(flood.lateness(0.99)) },
    { scenario, what: 'connections opened', measured: String(sent.connections) },
    processorRow(scenario, used, sent, upstreamCpu),
    { scenario, what: 'resident, most', measured: mib(Math.max(...used.mib)) },
  ]
}
