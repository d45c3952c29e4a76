import type { Failure } from './failure.ts'
import { isThrottled } from './throttled.ts'

/** Whether asking again in a while may bring something else. A refusal stays one; a broken line or a crowd passes. */
export function mayPass(failure: Failure): boolean {
  switch (failure.kind) {
    case 'refused':
      return failure.status >= 500 || isThrottled(failure)
    case 'unreachable':
      return failure.why !== 'tls' && failure.why !== 'address'
    case 'nonsense':
    case 'cancelled':
      return false
    default:
      return true
  }
}
