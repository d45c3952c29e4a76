import { expect, test } from 'vitest'
import { goalsOf, ratio, rowsOf } from './compare-ratios.ts'
import type { Round, Sample } from './compare-results.ts'
import { cellsOf, goalsTableOf, sized, tableOf } from './compare-table.ts'

const sample = (cpuUs: number, more: Partial<Sample> = {}): Sample => ({
  cpuUs,
  perSecond: 1e6 / cpuUs,
  p50Ms: 1,
  p99Ms: 2,
  peakMib: 50,
  failed: 0,
  ...more,
})

/** The machine is half as fast in the middle round, for everybody. */
const rounds: Round[] = [1, 2, 1].map((slowness) => ({
  nginx: sample(20 * slowness),
  ours: sample(50 * slowness),
  express: sample(500 * slowness),
}))

test('a slow round changes no ratio', () => {
  expect(ratio(rounds, 'ours', 'nginx')).toBe(2.5)
  expect(ratio(rounds, 'express', 'ours')).toBe(10)
})

test('a ratio needs both in the same round', () => {
  expect(ratio([{ nginx: sample(20) }, { ours: sample(50) }], 'ours', 'nginx')).toBeNaN()
})

test('a row tells medians, the most memory of all and every failure', () => {
  const uneven: Round[] = [
    { ours: sample(50, { peakMib: 60 }) },
    { ours: sample(70, { peakMib: 90, failed: 2 }) },
    { ours: sample(55, { peakMib: 70, failed: 1 }) },
  ]
  expect(rowsOf('job', 60, uneven)).toEqual([
    expect.objectContaining({ contender: 'ours', cpuUs: 55, peakMib: 90, failed: 3 }),
  ])
})

test.each<[string, Round, boolean[]]>([
  ['all kept', { nginx: sample(20), ours: sample(60), express: sample(480) }, [true, true, true]],
  ['too dear', { nginx: sample(20), ours: sample(61), express: sample(600) }, [false, true, true]],
  ['too near to Express', { nginx: sample(20), ours: sample(60), express: sample(470) }, [true, false, true]],
  [
    'cheap because it refuses',
    { nginx: sample(20), ours: sample(5, { failed: 1 }), express: sample(600) },
    [true, true, false],
  ],
  ['not measured', { nginx: sample(20), express: sample(600) }, [false, false, true]],
])('goals of a job: %s', (_, round, kept) => {
  expect(goalsOf('job', [round]).map((goal) => goal.kept)).toEqual(kept)
})

test('against a tuned nginx nothing is promised', () => {
  const goals = goalsOf('types', [
    { nginx: sample(1_000), tuned: sample(800), ours: sample(1_000), express: sample(12_000) },
  ])
  expect(goals.filter(({ kept }) => kept === undefined)).toMatchObject([{ measured: '1.25 ×' }])
  expect(goalsTableOf(goals).split('\n')[0]).toBe(
    '  kept   instance types: this gateway / nginx: 1.00 ×   [≤ 1.20 ×]',
  )
})

test('the table has its numbers below each other', () => {
  const rows = rowsOf('job', 60, rounds)
  expect(cellsOf(rows).map((cells) => cells.slice(0, 5))).toEqual([
    ['a job, 60 B', 'nginx', '20.0', '1.00', '50,000'],
    ['a job, 60 B', 'this gateway', '50.0', '2.50', '20,000'],
    ['a job, 60 B', 'Express + SDK', '500', '25.00', '2,000'],
  ])
  expect(
    new Set(
      tableOf(rows)
        .split('\n')
        .map((line) => line.length),
    ).size,
  ).toBe(1)
})

test.each([
  [60, '60 B'],
  [12_300, '12 KB'],
  [900_000, '0.9 MB'],
  [20_000_000, '20.0 MB'],
])('%d bytes are shown as %s', (bytes, shown) => {
  expect(sized(bytes)).toBe(shown)
})
