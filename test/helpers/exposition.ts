import { expect } from 'vitest'

export interface Sample {
  name: string
  labels: Record<string, string>
  value: number
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/
const LABELS = `${LABEL.source}(?:,${LABEL.source})*`
const SAMPLE = new RegExp(
  `^(${NAME})(?:\\{(${LABELS})\\})? ([+-]?(?:\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?|Inf)|NaN)$`,
)
const ABOUT = new RegExp(`^# (?:HELP (${NAME}) \\S.*|TYPE (${NAME}) (counter|gauge|histogram))$`)
const SUFFIX = /_(?:bucket|sum|count)$/

/**
 * Reads an answer line by line, as
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format has it; what is not of it fails the test.
 */
export function parseExposition(text: string): { types: Map<string, string>; samples: Sample[] } {
  expect(text.endsWith('\n')).toBe(true)
  const types = new Map<string, string>()
  const samples: Sample[] = []
  const seen = new Set<string>()
  for (const line of text.split('\n').filter((one) => one !== '')) {
    if (line.startsWith('#')) {
      const [, , typed, type] = ABOUT.exec(line) ?? expect.fail(`no comment of the format: ${line}`)
      if (typed === undefined || type === undefined) continue
      expect(types.has(typed), line).toBe(false)
      types.set(typed, type)
      continue
    }
    const [, name = '', inBraces = '', ...rest] = SAMPLE.exec(line) ?? expect.fail(`no sample: ${line}`)
    const series = line.slice(0, line.lastIndexOf(' '))
    expect(seen.has(series), `twice: ${series}`).toBe(false)
    seen.add(series)
    const family = types.get(name) ? name : name.replace(SUFFIX, '')
    // All samples of a metric stand together, behind its type.
    expect([...types.keys()].at(-1), line).toBe(family)
    expect(name !== family, line).toBe(types.get(family) === 'histogram')
    const labels = Object.fromEntries(
      [...inBraces.matchAll(new RegExp(LABEL, 'g'))].map(([, label = '', value = '']) => [label, value]),
    )
    samples.push({ name, labels, value: Number(rest.at(-1)?.replace('Inf', 'Infinity')) })
  }
  return { types, samples }
}
