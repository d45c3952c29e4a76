import { setTimeout as sleep } from 'node:timers/promises'
import { ms, percent, type Row, type Run, Span, secondsOf } from './trouble-measure.ts'
import { clock, HUNG, type Trouble } from './trouble-plan.ts'
import { endAll, startGateway, startSending, startUpstream } from './trouble-world.ts'

const PER_SECOND = 500
const CALLS_PER_REQUEST = 1.05
const FIRST_MS = 1_000
const SHARE = 0.999

const ways: [trouble: Trouble, shown: string, counts: 'calls' | 'connections' | undefined][] = [
  ['closed', 'refused', undefined], // nobody is there to count
  ['503', '503', 'calls'],
  ['reset', 'reset', 'connections'],
]

/** Huawei Cloud goes away in three ways, and comes back. */
export async function upstreamDown(run: Run): Promise<Row[]> {
  const table: Row[] = []
  for (const way of ways) {
    table.push(...(await goAway(run, ...way)))
    await endAll()
  }
  return table
}

async function goAway(
  run: Run,
  trouble: Trouble,
  shown: string,
  counts?: 'calls' | 'connections',
): Promise<Row[]> {
  const seconds = secondsOf(run, 60)
  const upstream = await startUpstream()
  const gateway = await startGateway(upstream)
  const { beganAt, done } = await startSending({
    port: gateway.port,
    writes: 0.05,
    connections: { open: 100, most: 2_000, take: 'newest' },
    patienceMs: 35_000,
    phases: [
      { name: 'warm', perSecond: 100, seconds: 1 },
      { name: 'all', perSecond: PER_SECOND, seconds: 4 + seconds + 10 },
    ],
  })
  const until = (at: number) => sleep(Math.max(0, beganAt + at - clock()))
  await until(5_000)
  const before = await upstream.turn(trouble)
  await until((5 + seconds) * 1_000)
  const counted = await upstream.count()
  const back = await upstream.turn('none')
  const sent = await done

  const backMs = back.at - beganAt
  const down = new Span(sent, before.at - beganAt, backMs)
  const after = new Span(sent, backMs + 2_000, (15 + seconds) * 1_000)
  const calls = counts ? (counted[counts] - before[counts]) / down.count : 0
  const first = down.firstAfter(backMs, '200')
  const share = after.countOf('200') / after.count
  const unsettled = down.countOf(HUNG, 'lost', 'reset', 'cut off', 'never') + down.countOf('500')
  const odd = Object.entries(down.kinds)
    .filter(([kind]) => kind.includes(','))
    .reduce((sum, [, count]) => sum + count, 0)
  const scenario = `upstream-down, ${shown}`
  return [
    { scenario, what: `${PER_SECOND} requests/s for ${seconds} s`, measured: down.shown },
    ...(counts
      ? [
          {
            scenario,
            what: `${counts} per request`,
            measured: calls.toFixed(3),
            wanted: `≤ ${CALLS_PER_REQUEST}`,
            kept: calls <= CALLS_PER_REQUEST,
          },
        ]
      : []),
    {
      scenario,
      what: 'hung, cut, 500 or not in our envelope',
      measured: String(unsettled + odd),
      wanted: '0',
      kept: unsettled + odd === 0,
    },
    { scenario, what: 'p99 while it is away', measured: ms(down.percentile(0.99)) },
    {
      scenario,
      what: 'first success after its return',
      measured: ms(first),
      wanted: `≤ ${FIRST_MS} ms`,
      kept: first <= FIRST_MS,
    },
    {
      scenario,
      what: 'successes from second 2',
      measured: `${percent(share)}${share < 1 ? ` (${after.shown})` : ''}`,
      wanted: `≥ ${percent(SHARE)}`,
      kept: share >= SHARE,
    },
  ]
}
