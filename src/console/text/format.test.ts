import { expect, test } from 'vitest'
import { formatOf } from './format.ts'

const en = formatOf('en')
const zh = formatOf('zh')

test('numbers and sizes', () => {
  expect(en.number(12345.67)).toBe('12,345.7')
  expect(en.memory(8192)).toBe('8 GiB')
  expect(en.memory(1536)).toBe('1.5 GiB')
  expect(en.gib(2048)).toBe('2 TiB')
  expect(en.bytes(512)).toBe('512 B')
  expect(zh.percent(1, 3)).toBe('33%')
  expect(en.percent(0, 0)).toBe('–')
})

test('times near and far, and what is no time', () => {
  const now = Date.parse('2026-11-26T12:00:00Z')
  expect(en.relative('2026-11-26T11:55:00Z', now)).toBe('5 minutes ago')
  expect(en.relative('2026-11-26T11:55:00', now)).toBe('5 minutes ago')
  expect(zh.relative('2026-11-24T12:00:00Z', now)).toBe('前天')
  expect(en.relative(null)).toBe('–')
  expect(en.date('soon')).toBe('soon')
})

test('durations say two units at most', () => {
  expect(en.duration(7_500)).toBe('2 hrs 5 mins')
  expect(en.duration(0)).toBe('0 secs')
  expect(zh.duration(90_061)).toBe('1天 1小时')
})
