import type { Failure } from './failure.ts'

/** Flow control, in all the statuses Huawei dresses it in: 429, 503, 202 and 400. */
const THROTTLED = new Set(['APIGW.0308', 'APIG.0308', 'IAM.0012', 'Common.1503', 'Common.0024', 'IMG.0060'])

export const isThrottled = (failure: Failure): boolean =>
  failure.kind === 'refused' && (failure.status === 429 || THROTTLED.has(failure.refusal.code ?? ''))
