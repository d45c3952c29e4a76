import { expect, test } from 'vitest'
import { drainTimes } from './drain-times.ts'

test.each([
  [0, 0, 50],
  [20, 0, 50],
  [500, 400, 450],
  [10_000, 8_730, 9_700],
])('a grace of %i ms', (graceMs, lastCallMs, cutMs) => {
  expect(drainTimes(graceMs)).toEqual({ lastCallMs, cutMs })
})
