import { answers, contenders, type Goal, type Results, type Row } from './compare-results.ts'

const HEAD = [
  'answer',
  'who',
  'CPU µs/request',
  '× nginx',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'peak MiB',
  'not 200',
]

export const sized = (bytes: number) =>
  bytes < 1_000
    ? `${bytes} B`
    : bytes < 1e5
      ? `${(bytes / 1e3).toFixed(0)} KB`
      : `${(bytes / 1e6).toFixed(1)} MB`

const whole = (value: number) => value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',')
export const micros = (value: number) => (value < 100 ? value.toFixed(1) : whole(value))
const millis = (value: number) => value.toFixed(value < 10 ? 2 : 0)

/** A line of cells for each row, medians over all rounds. */
export function cellsOf(rows: readonly Row[]): string[][] {
  return rows.map((row) => [
    `${answers[row.answer].shown}, ${sized(row.bytes)}`,
    contenders[row.contender],
    micros(row.cpuUs),
    row.timesNginx.toFixed(2),
    whole(row.perSecond),
    millis(row.p50Ms),
    millis(row.p99Ms),
    whole(row.peakMib),
    whole(row.failed),
  ])
}

/** For a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const lines = [HEAD, ...cellsOf(rows)]
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const padded = (cell: string, column: number) =>
    column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return lines.map((line) => line.map(padded).join('  ').trimEnd()).join('\n')
}

/** The same as Markdown. */
export function markdownOf(rows: readonly Row[]): string {
  const align = HEAD.map((_, column) => (column < 2 ? '---' : '--:'))
  return [HEAD, align, ...cellsOf(rows)].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

export const verdict = ({ kept }: Goal) => (kept === undefined ? '' : kept ? 'kept' : 'MISSED')

export function goalsTableOf(goals: readonly Goal[]): string {
  return goals
    .map((goal) => {
      const wanted = goal.wanted ? `   [${goal.wanted}]` : ''
      return `  ${verdict(goal).padEnd(6)} ${goal.what}: ${goal.measured}${wanted}`
    })
    .join('\n')
}

/** When, on what and with what it was measured. */
export function setting({ date, machine, versions, load, rounds, secondsEach }: Results): string {
  const tools = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return `${date.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores; ${tools.join(', ')}; ${load}; medians of ${rounds} rounds of ${secondsEach} s`
}
