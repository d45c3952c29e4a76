import { expect, test } from 'vitest'
import { chartOf } from './compare-chart.ts'
import { verdictOf } from './compare-guard.ts'
import { pageWith } from './compare-page.ts'
import type { Results } from './compare-results.ts'
import { judged } from './compare-workers.ts'

test.each([
  [2.4, 2.4, true],
  [3.0, 2.4, true],
  [3.01, 2.4, false],
  [Number.NaN, 2.4, false],
])('the guard: %d × nginx, where %d × are recorded', (measured, then, isKept) => {
  const verdict = verdictOf(measured, then)
  expect(verdict.isKept).toBe(isKept)
  expect(verdict.shown.includes('has become dearer')).toBe(!isKept)
})

const one = { perSecond: 10_000, cpuUs: 80, gateway: 0.8, others: 0.4, machine: 1.2, evenness: 1 }
test.each<[string, Partial<typeof one>, boolean, string]>([
  ['fast enough', { perSecond: 16_500, gateway: 1.4, machine: 1.9 }, true, '1.65 × (gateway 1.40'],
  ['too slow, with time left', { perSecond: 15_000, gateway: 1.2, machine: 1.6 }, false, '1.50 ×'],
  [
    'on a full machine',
    { perSecond: 12_000, gateway: 1.2, machine: 2 },
    true,
    '2.00 × with a processor each',
  ],
  ['there, and dearer', { perSecond: 12_000, cpuUs: 110, gateway: 1.2, machine: 2 }, false, '1.45 × with'],
  ['there, and one idle', { perSecond: 12_000, evenness: 0.6, gateway: 1.2, machine: 2 }, false, '1.20 ×'],
])('two workers: %s', (_, two, kept, shown) => {
  const goal = judged([{ one, two: { ...one, ...two } }], 2)
  expect(goal.kept).toBe(kept)
  expect(goal.measured).toContain(shown)
})

const row = { answer: 'job', bytes: 62, perSecond: 1, p50Ms: 1, p99Ms: 1, peakMib: 1, failed: 0 } as const
const results: Results = {
  date: '2026-01-02T03:04:05.000Z',
  machine: { processor: 'A<B>&C', cores: 2 },
  versions: { Node: '24.0.0' },
  load: 'wrk',
  rounds: 5,
  secondsEach: 2,
  others: '0.00 of 2 processors',
  rows: [
    { ...row, contender: 'nginx', timesNginx: 1, cpuUs: 20 },
    { ...row, contender: 'ours', timesNginx: 2.5, cpuUs: 50 },
  ],
  ratios: {
    job: { toNginx: 2.5, ofExpress: 10 },
    images: { toNginx: 2.5, ofExpress: 10 },
    types: { toNginx: 1, ofExpress: 10 },
  },
  goals: [{ what: 'a job', measured: '2.50 ×', wanted: '≤ 3.00 ×', kept: true }],
}

test('the chart says when, where and what, and holds nothing that runs', () => {
  const chart = chartOf(results)
  expect(chart).toContain('2026-01-02, A&lt;B>&amp;C, 2 cores')
  expect(chart).toContain('50.0 µs, 2.5 × nginx')
  expect(chart).not.toMatch(/<script|href|NaN/)
})

test('the page gets new numbers between its marks, however often', () => {
  const page = [
    'before',
    '<!-- measured: written by `npm run bench` and `npm run docs` -->',
    'old',
    '<!-- end of what was measured -->',
    'after',
  ].join('\n')
  const once = pageWith(page, results)
  expect(once).toMatch(/^before\n[\s\S]*\| a job \| 2\.50 × \| ≤ 3\.00 × \| kept \|[\s\S]*\nafter$/)
  expect(once).not.toContain('old')
  expect(pageWith(once, results)).toBe(once)
  expect(() => pageWith('before and after', results)).toThrow('no place')
})
