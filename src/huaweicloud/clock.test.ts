import { expect, test } from 'vitest'
import { signingClock } from './clock.ts'
import type { Failure } from './failure.ts'
import { handClock } from './test-outside.ts'

const EXPIRED =
  'Incorrect IAM authentication information: Signature expired, signature time:20261123T080000Z,server time:20261123T082000Z'

const refused = (message: string, date?: string, status = 401): Failure => ({
  kind: 'refused',
  status,
  refusal: { code: 'APIGW.0301', message },
  ...(date ? { date } : {}),
})

function setting() {
  const outside = handClock()
  const told: number[] = []
  return { outside, told, clock: signingClock(outside, (seconds) => told.push(seconds)) }
}

const LATE = 'Mon, 23 Nov 2026 08:20:00 GMT'

test('an answer that finds our signature out of date sets the clock, for that host only', () => {
  const { clock, outside, told } = setting()
  expect(clock.set(refused(EXPIRED, LATE), 'https://a', 0)).toBe(true)
  expect(clock.now('https://a')).toBe(Date.parse(LATE))
  expect(clock.now('https://b')).toBe(outside.now())
  expect(told).toEqual([1_200])
})

test('the same answer to who was signed with the right time is no reason to ask again', () => {
  const { clock } = setting()
  expect(clock.set(refused(EXPIRED, LATE), 'https://a', 0)).toBe(true)
  expect(clock.set(refused(EXPIRED, LATE), 'https://a', clock.correction('https://a'))).toBe(false)
})

test('to who set out with the wrong time as well it is, and it is set and told once', () => {
  const { clock, told } = setting()
  const before = clock.correction('https://a')
  expect(clock.set(refused(EXPIRED, LATE), 'https://a', before)).toBe(true)
  expect(clock.set(refused(EXPIRED, LATE), 'https://a', before)).toBe(true)
  expect(told).toEqual([1_200])
})

test('and set back, to nothing, when our own clock has been put right', () => {
  const { clock, outside, told } = setting()
  clock.set(refused(EXPIRED, LATE), 'https://a', 0)
  const used = clock.correction('https://a')
  expect(clock.set(refused(EXPIRED, 'Mon, 23 Nov 2026 08:00:01 GMT'), 'https://a', used)).toBe(true)
  expect(clock.now('https://a')).toBe(outside.now())
  expect(told).toEqual([1_200, 0])
})

test.each<[what: string, failure: Failure]>([
  ['without a date', refused(EXPIRED)],
  ['with nonsense for a date', refused(EXPIRED, 'yesterday')],
  ['of another cause', refused('Incorrect IAM authentication information: verify aksk signature fail', LATE)],
  ['of another status', refused(EXPIRED, LATE, 403)],
  ['less than a minute off', refused(EXPIRED, 'Mon, 23 Nov 2026 08:00:50 GMT')],
  ['that is no answer', { kind: 'timeout' }],
])('a failure %s changes nothing', (_, failure) => {
  const { clock, outside, told } = setting()
  expect(clock.set(failure, 'https://a', 0)).toBe(false)
  expect(clock.now('https://a')).toBe(outside.now())
  expect(told).toEqual([])
})
