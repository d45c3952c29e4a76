import { flatness, mib, ms, phase, processorRow, type Row, type Run, secondsOf } from './trouble-measure.ts'
import { WARM_UP } from './trouble-plan.ts'
import { startGateway, startSending, startUpstream } from './trouble-world.ts'

const PER_SECOND = 2_000
const P99_MS = 25
const MIB = 250

/** The rate that we promise, for a minute; and for two more, since memory grows until it is swept for the first time. */
export async function load(run: Run): Promise<Row[]> {
  const seconds = secondsOf(run, 60)
  const longer = secondsOf(run, 120)
  const upstream = await startUpstream()
  const gateway = await startGateway(upstream)
  const { done } = await startSending({
    port: gateway.port,
    writes: 0.05,
    connections: { open: 100, most: 1_000, take: 'newest' },
    patienceMs: 12_000,
    phases: [
      ...WARM_UP,
      { name: 'load', perSecond: PER_SECOND, seconds },
      { name: 'longer', perSecond: PER_SECOND, seconds: longer },
    ],
  })
  const stop = gateway.watch()
  const sent = await done
  const used = stop()
  const span = phase(sent, 'load')
  const most = Math.max(...used.mib)
  const { grown, perMinute, isFlat } = flatness(used.mib)
  const after = phase(sent, 'longer')
  const failed = span.count + after.count - span.countOf('200') - after.countOf('200')
  const p99 = span.percentile(0.99)
  const upstreamCpu = (await upstream.count()).cpuMs
  const scenario = 'load'
  return [
    { scenario, what: `${PER_SECOND} requests/s for ${seconds} s`, measured: span.shown },
    { scenario, what: `and for ${longer} s more`, measured: after.shown },
    {
      scenario,
      what: 'failures',
      measured: String(failed),
      wanted: '0',
      kept: failed === 0,
    },
    { scenario, what: 'p50', measured: ms(span.percentile(0.5)) },
    { scenario, what: 'p99', measured: ms(p99), wanted: `≤ ${P99_MS} ms`, kept: p99 <= P99_MS },
    { scenario, what: 'p99.9', measured: ms(span.percentile(0.999)) },
    { scenario, what: 'slowest', measured: ms(span.percentile(1)) },
    { scenario, what: 'the sender was late by, p99', measured: ms(span.lateness(0.99)) },
    processorRow(scenario, used, sent, upstreamCpu),
    { scenario, what: 'resident, most', measured: mib(most), wanted: `≤ ${MIB} MiB`, kept: most <= MIB },
    {
      scenario,
      what: 'resident, growth in the second half',
      measured: `${mib(grown)} (${perMinute.toFixed(1)} MiB/min)`,
      wanted: 'flat',
      kept: isFlat,
    },
  ]
}
