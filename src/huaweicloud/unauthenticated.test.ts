import { expect, test } from 'vitest'
import { causeOf } from './unauthenticated.ts'

const prefix = 'Incorrect IAM authentication information: '
const canonical = (query: string) =>
  `${prefix}verify aksk signature fail, canonicalRequest:GET|/v1/p/x/|${query}|host:h|x-sdk-date:d||host;x-sdk-date|e3b0`

test.each([
  ['verify aksk signature fail', 'wrong-secret'],
  ['ak HPUA1234567890ABCDEF not exist', 'unknown-key'],
  ['Get secretKey failed,ak:HPUA1234567890ABCDEF,err:ak not exist', 'unknown-key'],
  ['AK access failed to reach the limit,forbidden.', 'locked'],
  ['decrypt token fail', 'token-invalid'],
  ['x-auth-token not found', 'token-invalid'],
  ['token expires', 'expired'],
])('%j is %s', (text, cause) => expect(causeOf(prefix + text)).toEqual({ cause }))

test.each([
  ['The token must be updated.', 'expired'],
  ['The security token has expired', 'expired'],
  ['The account is locked.', 'locked'],
])('%j, without the usual beginning, is %s', (text, cause) => expect(causeOf(text)).toEqual({ cause }))

// The text quotes the request: what stands in it must not pass for a reason, or a caller could keep a
// wrong secret from being counted by a well-chosen query.
test.each([
  'name=locked',
  'name=reach%20the%20limit',
  'token=signature expired',
  'marker=ak-not-exist',
  'a=ak not exist',
  'x=token expires',
])('a quoted request with %j in it is still a wrong secret', (query) =>
  expect(causeOf(canonical(query))).toEqual({ cause: 'wrong-secret' }),
)

test.each(['', 'Authentication required', 'The request you have made requires authentication.', 'toll'])(
  '%j stays unnamed',
  (text) => expect(causeOf(text)).toBeUndefined(),
)

const expired = `${prefix}calc aksk signature fail:signature expired`

test.each([
  ['20211217T064303Z', '20211217T065804Z', 901],
  ['20211217T065804Z', '20211217T064303Z', -901],
  ['20211231T235959Z', '20220101T000000Z', 1],
  ['20240228T120000Z', '20240301T120000Z', 2 * 86_400],
])('signed %s, server %s: the server is %i s ahead', (signed, server, skewSeconds) => {
  const text = `${expired}, signature time:${signed},server time:${server}`
  expect(causeOf(text)).toEqual({ cause: 'clock-skew', skewSeconds })
})

test.each([expired, `${expired}, signature time:yesterday,server time:20211217T065804Z`])(
  '%j is a wrong clock by an unknown amount',
  (text) => expect(causeOf(text)).toEqual({ cause: 'clock-skew' }),
)

test('a date that is none leaves the amount out', () => {
  const text = `${expired}, signature time:20219917T064303Z,server time:20211217T065804Z`
  expect(causeOf(text)).toEqual({ cause: 'clock-skew' })
})
