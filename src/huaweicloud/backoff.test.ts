import { expect, test } from 'vitest'
import { backoffMs } from './backoff.ts'
import { DEFAULT_POLICY } from './policy.ts'
import type { RepeatReason } from './why-repeat.ts'

const wait = (reason: RepeatReason, repeated: number, random: number, hint?: number) =>
  backoffMs(reason, repeated, DEFAULT_POLICY.backoff, () => random, hint)

test.each<[reason: RepeatReason, repeated: number, most: number]>([
  ['broken-off', 0, 50],
  ['broken-off', 1, 100],
  ['not-sent', 3, 400],
  ['upstream-error', 20, 5_000],
  ['throttled', 0, 1_000],
  ['throttled', 1, 2_000],
  ['throttled', 9, 5_000],
])('%s, %i times before: anything up to %i ms', (reason, repeated, most) => {
  expect(wait(reason, repeated, 0)).toBe(0)
  expect(wait(reason, repeated, 0.5)).toBe(most / 2)
  expect(wait(reason, repeated, 1)).toBe(most)
})

test('what Huawei asks for is waited for, but not more than five seconds longer than by ourselves', () => {
  expect(wait('throttled', 0, 0.5, 1)).toBe(1_000)
  expect(wait('throttled', 0, 0.5, 0)).toBe(500)
  expect(wait('throttled', 0, 0.5, 5)).toBe(5_000)
  expect(wait('throttled', 0, 0.5, 3_600)).toBe(5_500)
})

test('once the clock is right nothing is waited for', () => expect(wait('clock', 0, 1, 7)).toBe(0))
