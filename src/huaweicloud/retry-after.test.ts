import { expect, test } from 'vitest'
import { secondsAsked } from './retry-after.ts'

const NOW = 'Wed, 25 Nov 2026 08:00:00 GMT'

test.each([
  ['0', 0],
  ['1', 1],
  [' 7 ', 7],
  ['3600', 3_600],
  ['86400', 86_400],
  ['86401', undefined],
  ['9'.repeat(40), undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['abc', undefined],
  ['', undefined],
  [undefined, undefined],
  ['Wed, 25 Nov 2026 08:00:09 GMT', 9],
  ['Wed, 25 Nov 2026 07:59:59 GMT', undefined],
  ['Wed, 21 Oct 2065 07:28:00 GMT', undefined],
  ['2026-11-25T08:00:09Z', undefined],
])('Retry-After: %s', (retryAfter, seconds) => {
  const failure = { kind: 'refused', status: 429, refusal: {}, date: NOW } as const
  expect(secondsAsked(retryAfter === undefined ? failure : { ...failure, retryAfter })).toBe(seconds)
})

test('a date counts for nothing where the answer has none', () => {
  const retryAfter = 'Wed, 25 Nov 2026 08:00:09 GMT'
  expect(secondsAsked({ kind: 'refused', status: 429, refusal: {}, retryAfter })).toBeUndefined()
})

test('other failures ask for nothing', () => expect(secondsAsked({ kind: 'timeout' })).toBeUndefined())
