/** Where the results of the last full run are kept, and what is made of them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chartOf } from './compare-chart.ts'
import { pageWith } from './compare-page.ts'
import type { Results } from './compare-results.ts'

export const FILE = 'bench/results.json'

const root = join(import.meta.dirname, '..')
const page = join(root, 'docs/performance.md')

export const recorded = (): Results => JSON.parse(readFileSync(join(root, FILE), 'utf8'))
export const benchChart = (): string => chartOf(recorded())
export const performancePage = (): string => pageWith(readFileSync(page, 'utf8'), recorded())

export function keep(results: Results): void {
  writeFileSync(join(root, FILE), `${JSON.stringify(results, rounded, 2)}\n`)
  writeFileSync(join(root, 'docs/bench.svg'), benchChart())
  writeFileSync(page, performancePage())
}

/** No more digits than mean something. */
const rounded = (_: string, value: unknown) =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value
