import { NotAskable, UpstreamFailure } from '../huaweicloud/failure.ts'
import type { Reason } from './catalogue.ts'
import { GatewayError } from './errors.ts'
import { ours, type Problem } from './problem.ts'
import { upstreamProblem } from './upstream-problem.ts'

const reasonOf: Record<NotAskable['reason'], Reason> = {
  'no-endpoint': 'UNKNOWN_REGION',
  'sandbox-off': 'SANDBOX_OFF',
  'region-not-opened': 'REGION_NOT_OPENED',
  'protecting-account': 'CREDENTIALS_REJECTED',
}

/** What to tell the caller about anything that was thrown. Unknown errors tell nothing of themselves. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof GatewayError) return ours(thrown.reason, thrown.details)
  if (thrown instanceof UpstreamFailure) return upstreamProblem(thrown)
  if (thrown instanceof NotAskable) {
    const { reason, region, retryAfter } = thrown
    return ours(reasonOf[reason], {
      metadata: { regionId: region, ...(reason === 'protecting-account' ? { cause: reason } : {}) },
      ...(retryAfter === undefined ? {} : { headers: { 'retry-after': String(retryAfter) } }),
    })
  }
  return ours('INTERNAL')
}
