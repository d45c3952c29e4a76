import { expect, test } from 'vitest'
import { handClock } from '../huaweicloud/test-outside.ts'
import { Buckets } from './rate-buckets.ts'

test('twice the rate at once, and then the rate', () => {
  const clock = handClock()
  const buckets = new Buckets(10, clock)
  const taken = Array.from({ length: 25 }, () => buckets.take('one'))
  expect(taken.filter(({ wait }) => wait === 0)).toHaveLength(20)
  expect(taken[0]).toEqual({ limit: 20, remaining: 19, reset: 1, wait: 0 })
  expect(taken[19]).toEqual({ limit: 20, remaining: 0, reset: 2, wait: 0 })
  expect(taken[20]).toEqual({ limit: 20, remaining: 0, reset: 2, wait: 1 })
  clock.advance(99)
  expect(buckets.take('one').wait).toBe(1)
  clock.advance(1)
  expect(buckets.take('one').wait).toBe(0)
  expect(buckets.take('one').wait).toBe(1)
})

test.each([1, 3, 7, 100, 300, 99_999])(
  'at %s a second, twice as many are let through, not one less',
  (rate) => {
    const clock = handClock()
    const buckets = new Buckets(rate, clock)
    const most = Math.min(rate * 2, 10_000)
    for (let left = most; left > 0; left -= 1)
      expect(buckets.take('one')).toMatchObject({ remaining: rate * 2 - (most - left) - 1, wait: 0 })
  },
)

test('each name has its own', () => {
  const buckets = new Buckets(1, handClock())
  buckets.take('one')
  buckets.take('one')
  expect(buckets.take('one').wait).toBe(1)
  expect(buckets.take('other').wait).toBe(0)
})

test('a refused one costs nothing', () => {
  const clock = handClock()
  const buckets = new Buckets(1, clock)
  for (let n = 0; n < 50; n += 1) buckets.take('one')
  clock.advance(1_000)
  expect(buckets.take('one').wait).toBe(0)
})

test('a charge takes what is there, and no more', () => {
  const clock = handClock()
  const buckets = new Buckets(1, clock)
  buckets.charge('one', 100)
  expect(buckets.look('one').wait).toBe(1)
  clock.advance(1_000)
  expect(buckets.look('one').wait).toBe(0)
  expect(buckets.look('one', 2).wait).toBe(1)
})

test('no more than so many names are kept', () => {
  const buckets = new Buckets(1, handClock(), 2)
  for (const name of ['one', 'one', 'other', 'third']) buckets.take(name)
  expect(buckets.take('one')).toMatchObject({ remaining: 1 })
})
