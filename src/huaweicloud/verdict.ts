import type { Failure } from './failure.ts'
import type { Verdict } from './key-guard.ts'
import type { RawAnswer } from './raw-transport.ts'
import { causeOf } from './unauthenticated.ts'

/** What a failed call says of its keys. A wrong clock or a lock of Huawei's is no sign of a wrong secret; a gateway's 404 none of a good one. */
export function verdictOf(failure: Failure): Verdict {
  if (failure.kind !== 'refused') return 'unknown'
  const { status, refusal } = failure
  if (status === 401) {
    const cause = causeOf(refusal.message ?? '')?.cause
    return cause === undefined || cause === 'wrong-secret' ? 'rejected' : 'unknown'
  }
  return status < 500 && refusal.code && !refusal.code.startsWith('APIG') ? 'accepted' : 'unknown'
}

export function verdictOnRaw({ status, refusal }: RawAnswer): Verdict {
  if (refusal) return verdictOf(refusal)
  return status < 300 ? 'accepted' : 'unknown'
}
