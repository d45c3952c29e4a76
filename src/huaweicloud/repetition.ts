import type { Outside } from '../outside.ts'
import { backoffMs } from './backoff.ts'
import type { UpstreamFailure } from './failure.ts'
import type { Policy } from './policy.ts'
import { secondsAsked } from './retry-after.ts'
import { attemptsFor, type RepeatReason, whyRepeat } from './why-repeat.ts'

export interface Repetition {
  reason: RepeatReason
  /** Milliseconds to wait before. */
  wait: number
  /** What it takes from the budget. */
  cost: number
}

export interface Made {
  /** Attempts made. */
  attempts: number
  mayRunTwice: boolean
  isWrite: boolean
  /** Milliseconds left of the call's time. */
  left: number
  /** Whether a wrong clock has just been put right. */
  clockSet: boolean
}

/** Whether and when a failed call is made again. */
export function repetition(
  { failure, circumstances }: UpstreamFailure,
  { attempts, mayRunTwice, isWrite, left, clockSet }: Made,
  { attempts: most, backoff, budget }: Policy,
  { random }: Pick<Outside, 'random'>,
): Repetition | undefined {
  const reason = clockSet ? 'clock' : whyRepeat({ failure, sent: circumstances.sent, mayRunTwice })
  if (!reason || attempts >= attemptsFor(reason, failure, isWrite ? most.write : most.read)) return undefined
  const hint = secondsAsked(failure)
  // Who is asked to stay away longer than there is time is not helped by asking sooner.
  if (hint !== undefined && hint * 1_000 >= left) return undefined
  const wait = backoffMs(reason, attempts - 1, backoff, random, hint)
  if (wait >= left) return undefined
  return { reason, wait, cost: reason === 'throttled' ? budget.throttled : budget.usual }
}
