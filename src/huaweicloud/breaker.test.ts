import { expect, test } from 'vitest'
import { Breaker, BreakerOpen, type Health } from './breaker.ts'
import { DEFAULT_POLICY } from './policy.ts'
import { handClock } from './test-outside.ts'

function setting(limits = DEFAULT_POLICY.breaker) {
  const outside = handClock() // whose chance is always one half
  const changes: boolean[] = []
  const breaker = new Breaker(limits, outside, (isOpen) => changes.push(isOpen))
  const calls = (...healths: Health[]) => {
    for (const health of healths) breaker.enter()(health)
  }
  const seconds = () => {
    try {
      breaker.enter()('unknown')
      return 'let through'
    } catch (error) {
      expect(error).toBeInstanceOf(BreakerOpen)
      return (error as BreakerOpen).seconds
    }
  }
  return { outside, changes, breaker, calls, seconds }
}

const times = (count: number, health: Health): Health[] => Array.from({ length: count }, () => health)

test('five failures in a row open it', () => {
  const { calls, seconds, changes } = setting()
  calls(...times(4, 'ill'), 'well', ...times(4, 'ill'))
  expect(seconds()).toBe('let through')
  calls('ill')
  expect(seconds()).toBe(1)
  expect(changes).toEqual([true])
})

test('what tells nothing neither counts nor ends a row', () => {
  const { calls, seconds } = setting()
  calls('ill', 'ill', 'unknown', 'ill', ...times(50, 'unknown'), 'ill')
  expect(seconds()).toBe('let through')
  calls('ill')
  expect(seconds()).toBe(1)
})

test('half of twenty within ten seconds open it', () => {
  const { calls, seconds } = setting()
  for (let at = 0; at < 9; at += 1) calls('ill', 'well')
  expect(seconds()).toBe('let through')
  calls('well', 'ill')
  expect(seconds()).toBe(1)
})

test('failures of more than ten seconds ago are forgotten', () => {
  const { calls, seconds, outside } = setting()
  for (let at = 0; at < 9; at += 1) calls('ill', 'well')
  outside.advance(11_000)
  calls('well', 'ill')
  expect(seconds()).toBe('let through')
})

test('open, it lets one probe through at a time; one that finds all well closes it', () => {
  const { calls, seconds, outside, breaker, changes } = setting()
  calls(...times(5, 'ill'))
  outside.advance(749)
  expect(seconds()).toBe(1)
  outside.advance(1)
  const probe = breaker.enter()
  expect(seconds()).toBe(1)
  probe('well')
  expect(changes).toEqual([true, false])
  calls(...times(4, 'ill'))
  expect(seconds()).toBe('let through')
})

test('a probe that hangs keeps nobody out for longer than it was open, and has no say once the next has spoken', () => {
  const { calls, seconds, outside, breaker, changes } = setting()
  calls(...times(5, 'ill'))
  outside.advance(750)
  const hanging = breaker.enter()
  outside.advance(999)
  expect(seconds()).toBe(1)
  outside.advance(1)
  const next = breaker.enter()
  hanging('unknown')
  expect(seconds()).toBe(1) // its end is not the other's
  outside.advance(1_000)
  const last = breaker.enter()
  next('ill')
  last('well')
  expect(changes).toEqual([true])
  outside.advance(1_000)
  calls('well')
  expect(changes).toEqual([true, false])
})

test('one that comes back late, after another has found all well, counts as any call', () => {
  const { calls, outside, breaker, changes, seconds } = setting()
  calls(...times(5, 'ill'))
  outside.advance(1_000)
  const hanging = breaker.enter()
  outside.advance(1_000)
  calls('well')
  hanging('ill')
  expect(seconds()).toBe('let through')
  expect(changes).toEqual([true, false])
})

test('a vain probe opens it anew, one that learnt nothing leaves the next its turn', () => {
  const { calls, seconds, outside, breaker } = setting()
  calls(...times(5, 'ill'))
  outside.advance(1_000)
  breaker.enter()('unknown')
  breaker.enter()('ill')
  expect(seconds()).toBe(1)
  outside.advance(1_000)
  expect(seconds()).toBe('let through')
})

test('each vain probe makes it a second longer, where the settings let it', () => {
  const { calls, outside, breaker } = setting({ ...DEFAULT_POLICY.breaker, mostMs: 3_000 })
  calls(...times(5, 'ill'))
  const open = () => {
    let ms = 0
    for (;;) {
      try {
        breaker.enter()('ill')
        return ms
      } catch {
        outside.advance(50)
        ms += 50
      }
    }
  }
  expect([open(), open(), open(), open()]).toEqual([750, 1_500, 2_250, 2_250])
})

test('calls that set out before it opened have no say in what comes after', () => {
  const { calls, seconds, outside, breaker, changes } = setting()
  const old = breaker.enter()
  const other = breaker.enter()
  calls(...times(5, 'ill'))
  old('well')
  expect(seconds()).toBe(1)
  outside.advance(1_000)
  calls('well', ...times(4, 'ill'))
  other('ill')
  expect(seconds()).toBe('let through')
  expect(changes).toEqual([true, false])
})
