import type { Outside } from '../outside.ts'
import type { Failure } from './failure.ts'
import { causeOf } from './unauthenticated.ts'

/** Huawei takes signatures that are up to 15 minutes off, so less than this is never the reason. */
const WORTH_MS = 60_000

/** The time as Huawei's hosts have it: a machine with a wrong clock could not call at all, and would not know why. */
export interface SigningClock {
  now(origin: string): number
  /** Milliseconds by which signatures are corrected. */
  correction(origin: string): number
  /**
   * Whether a failure showed that the correction it was signed with is wrong. It is put right, unless a call that set
   * out at the same time has done so.
   */
  set(failure: Failure, origin: string, signedWith: number): boolean
}

export function signingClock(outside: Outside, onSet: (seconds: number) => void = () => {}): SigningClock {
  const corrections = new Map<string, number>()
  const correction = (origin: string) => corrections.get(origin) ?? 0
  const isOff = (by: number) => Math.abs(by) > WORTH_MS
  return {
    now: (origin) => outside.now() + correction(origin),
    correction,
    set(failure, origin, signedWith) {
      if (failure.kind !== 'refused' || failure.status !== 401) return false
      if (causeOf(failure.refusal.message ?? '')?.cause !== 'clock-skew') return false
      const needed = Date.parse(failure.date ?? '') - outside.now()
      // Also false without a date.
      if (!isOff(needed - signedWith)) return false
      if (isOff(needed - correction(origin))) {
        corrections.set(origin, isOff(needed) ? needed : 0)
        onSet(Math.round(correction(origin) / 1_000))
      }
      return true
    },
  }
}
