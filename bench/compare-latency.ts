import { pathOf, VARIETY } from './compare-paths.ts'
import { atMost } from './compare-ratios.ts'
import type { Goal } from './compare-results.ts'
import { median } from './processes.ts'
import { ms, phase, type Span } from './trouble-measure.ts'
import { startSending } from './trouble-world.ts'

const PER_SECOND = 1_000
const ROUNDS = 3
const SECONDS = 3
const ADDED_MS = 5
const CALLERS = 20

/** Sent at fixed moments, so that who is slow cannot thin out the questions. */
async function span(port: number): Promise<Span> {
  const { done } = await startSending({
    port,
    writes: 0,
    reads: Array.from({ length: VARIETY / CALLERS }, (_, nth) => `GET ${pathOf('job', nth)}`),
    connections: { open: 32, most: 500, take: 'newest' },
    patienceMs: 5_000,
    phases: [
      { name: 'warm', perSecond: PER_SECOND, seconds: 1 },
      { name: 'asked', perSecond: PER_SECOND, seconds: SECONDS },
    ],
  })
  return phase(await done, 'asked')
}

/** What the gateway adds to the slowest of a hundred, over asking the upstream itself. */
export async function addedLatency(gateway: number, upstream: number): Promise<Goal[]> {
  const spans: { direct: Span; through: Span }[] = []
  for (let round = 0; round < ROUNDS; round += 1)
    spans.push({ direct: await span(upstream), through: await span(gateway) })
  const at = (share: number, of: (round: (typeof spans)[number]) => number) =>
    `${ms(median(spans.map(of)))} (p${share * 100})`
  const added = median(spans.map(({ direct, through }) => through.percentile(0.99) - direct.percentile(0.99)))
  const failed = spans.reduce(
    (sum, { direct, through }) =>
      sum + direct.count + through.count - direct.countOf('200') - through.countOf('200'),
    0,
  )
  const both = (share: number) =>
    `${at(share, ({ direct }) => direct.percentile(share))} directly, ${at(share, ({ through }) => through.percentile(share))} through the gateway`
  return [
    atMost(`p99 added at ${PER_SECOND} requests/s`, added, ADDED_MS, ms),
    {
      what: `at ${PER_SECOND} requests/s`,
      measured: `${both(0.5)}; ${both(0.99)}; ${failed} not 200`,
      wanted: '0 not 200',
      kept: failed === 0,
    },
  ]
}
