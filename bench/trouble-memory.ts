import { setTimeout as sleep } from 'node:timers/promises'
import { flatness, mib, ms, phase, type Row, type Run, secondsOf } from './trouble-measure.ts'
import { clock, type HostileReport } from './trouble-plan.ts'
import { startGateway, startHostiles, startSending, startUpstream } from './trouble-world.ts'

const PER_SECOND = 100
const MIB = 320
const SOCKETS = {
  'trickled headers': 500,
  'trickled body': 500,
  silent: 200,
  'slow reader': 100,
  'large JSON': 20,
  'large raw': 10,
}

/** Everything that could make it grow, at once. */
export async function attackMemory(run: Run): Promise<Row[]> {
  const seconds = Math.max(20, secondsOf(run, 90))
  const upstream = await startUpstream()
  const gateway = await startGateway(upstream)
  const { beganAt, done } = await startSending({
    port: gateway.port,
    writes: 0.05,
    connections: { open: 200, most: 500, take: 'newest' },
    patienceMs: 15_000,
    phases: [
      { name: 'before', perSecond: PER_SECOND, seconds: 5 },
      { name: 'beside', perSecond: PER_SECOND, seconds },
    ],
  })
  await sleep(Math.max(0, beganAt + 5_000 - clock()))
  const hostiles = await startHostiles({ port: gateway.port, sockets: SOCKETS, again: true })
  const stop = gateway.watch()
  const sent = await done
  const used = stop()
  const endured = await hostiles.end()
  const beside = phase(sent, 'beside')
  const most = Math.max(...used.mib)
  const { grown, perMinute, isFlat } = flatness(used.mib)
  const scenario = 'attack-memory'
  return [
    {
      scenario,
      what: `resident, most in ${seconds} s`,
      measured: mib(most),
      wanted: `≤ ${MIB} MiB`,
      kept: most <= MIB,
    },
    {
      scenario,
      what: 'resident, growth in the second half',
      measured: `${mib(grown)} (${perMinute.toFixed(1)} MiB/min)`,
      wanted: 'flat',
      kept: isFlat,
    },
    {
      scenario,
      what: '100 requests/s beside it',
      measured: `${beside.shown}; p99 ${ms(beside.percentile(0.99))}`,
    },
    { scenario, what: 'what the attackers got', measured: shown(endured) },
  ]
}

const shown = (report: HostileReport) =>
  Object.entries(report)
    .map(([name, { opened, turnedAway, answers, lastedMs }]) => {
      const said = Object.entries(answers).map(([status, count]) => `${count} × ${status}`)
      return `${name}: ${[...said, `${lastedMs.length} of ${opened} cut, ${turnedAway} turned away`].join(', ')}`
    })
    .join('; ')
