import type { Failure } from './failure.ts'

/** Said by the gateway in front of Huawei's services: none of them has seen the request. */
const BEFORE_ANY_SERVICE = new Set(['APIGW.0308', 'APIG.0308'])

/** Flow control, in all the statuses Huawei dresses it in: 429, 503, 202 and 400. */
const THROTTLED = new Set([...BEFORE_ANY_SERVICE, 'IAM.0012', 'Common.1503', 'Common.0024', 'IMG.0060'])

export const isThrottled = (failure: Failure): boolean =>
  failure.kind === 'refused' && (failure.status === 429 || THROTTLED.has(failure.refusal.code ?? ''))

export const neverReached = (failure: Failure): boolean =>
  failure.kind === 'refused' && BEFORE_ANY_SERVICE.has(failure.refusal.code ?? '')
