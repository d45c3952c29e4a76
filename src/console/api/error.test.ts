import { expect, test } from 'vitest'
import { asApiError, errorOf, networkLost } from './error.ts'

const info = (reason: string, metadata: Record<string, string> = {}) => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason,
  domain: 'huawei-cloud-api',
  metadata,
})

test('a refusal of keys keeps why, and both request ids', () => {
  const headers = new Headers({ 'x-request-id': 'ours', 'x-upstream-request-id': 'theirs' })
  const details = [info('APIGW.0301', { cause: 'clock-skew', skewSeconds: '930' })]
  const error = errorOf(401, headers, {
    error: { code: 401, status: 'UNAUTHENTICATED', message: 'no', details },
  })
  expect(error).toMatchObject({
    status: 401,
    reason: 'APIGW.0301',
    cause: 'clock-skew',
    metadata: { skewSeconds: '930' },
    requestId: 'ours',
    upstreamRequestId: 'theirs',
    retryable: false,
  })
})

test('throttling says for how long, and bad arguments say where', () => {
  const throttled = errorOf(429, new Headers({ 'retry-after': '7' }), {
    error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: '', details: [info('APIGW.0308')] },
  })
  expect(throttled).toMatchObject({ retryAfter: 7, retryable: true })

  const fieldViolations = [{ field: 'name', description: 'is missing' }]
  const bad = errorOf(400, new Headers(), {
    error: {
      code: 400,
      status: 'INVALID_ARGUMENT',
      message: '',
      details: [info('INVALID_ARGUMENT'), { '@type': 'x', fieldViolations }],
    },
  })
  expect(bad.fieldViolations).toEqual(fieldViolations)
})

test('the sandbox’s doors say no in a shape of their own', () => {
  const body = { error_code: 'SANDBOX.INVALID_FAULT', error_msg: 'There is no region x.' }
  expect(errorOf(400, new Headers(), body)).toMatchObject({
    status: 400,
    reason: 'SANDBOX.INVALID_FAULT',
    message: 'There is no region x.',
  })
})

test('what is no answer of ours is an error all the same', () => {
  expect(errorOf(502, new Headers(), '<html>')).toMatchObject({ status: 502, reason: 'HTTP_502' })
  expect(networkLost(new TypeError('Failed to fetch'))).toMatchObject({ status: 0, isNetworkLost: true })
  expect(asApiError(new RangeError('oops'))).toMatchObject({ reason: 'CONSOLE_BUG' })
})
