import type { Failure } from './failure.ts'
import { isThrottled, neverReached } from './throttled.ts'

/** Why a failed call is made again; metrics and logs count by it. */
export type RepeatReason =
  | 'not-sent'
  | 'throttled'
  | 'upstream-error'
  | 'broken-off'
  | 'no-answer'
  | 'nonsense'
  | 'clock'

export interface Attempted {
  failure: Failure
  /** Whether any byte of it may have reached Huawei. */
  sent: boolean
  /** A read, or a create with its token, may run twice without harm. */
  mayRunTwice: boolean
}

/** A fault of Huawei's that may have passed in a moment; 501 and 505 stay what they are. */
const PASSING = new Set([500, 502, 503, 504])

/**
 * Whether making a failed call again is safe and may help; undefined where not. Safe is what was not sent, what
 * Huawei's front refused before any service saw it, and what may run twice. A certificate that does not fit will not
 * fit in a moment either, and an address that let a connection wait for its whole time has had its time.
 */
export function whyRepeat({ failure, sent, mayRunTwice }: Attempted): RepeatReason | undefined {
  if (failure.kind === 'unreachable' && (failure.why === 'tls' || failure.why === 'address')) return undefined
  if (failure.kind === 'unreachable' && !sent) return 'not-sent'
  if (isThrottled(failure)) return mayRunTwice || neverReached(failure) ? 'throttled' : undefined
  if (!mayRunTwice || !sent) return undefined
  switch (failure.kind) {
    case 'refused':
      return PASSING.has(failure.status) ? 'upstream-error' : undefined
    case 'unreachable':
    case 'truncated':
      return 'broken-off'
    case 'timeout':
      return 'no-answer'
    case 'nonsense':
      return failure.why === 'protocol' || failure.why === 'content-type' ? 'nonsense' : undefined
    default:
      return undefined
  }
}

/** Attempts in all that a reason is worth. What makes no sense twice, or twice breaks off in the middle, will again. */
export const attemptsFor = (reason: RepeatReason, { kind }: Failure, usual: number): number =>
  reason === 'nonsense' || reason === 'clock' || kind === 'truncated' ? Math.min(usual, 2) : usual
