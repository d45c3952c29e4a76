import type { Outside } from '../outside.ts'
import type { Failure } from './failure.ts'
import { causeOf } from './unauthenticated.ts'

/** Huawei takes signatures that are up to 15 minutes off, so less than this is never the reason. */
const WORTH_MS = 60_000

/** The time as Huawei's hosts have it: a machine with a wrong clock could not call at all, and would not know why. */
export interface SigningClock {
  now(origin: string): number
  /** Whether a failure showed that our clock is wrong, and it was put right. */
  set(failure: Failure, origin: string): boolean
}

export function signingClock(outside: Outside, onSet: (seconds: number) => void = () => {}): SigningClock {
  const corrections = new Map<string, number>()
  const now = (origin: string) => outside.now() + (corrections.get(origin) ?? 0)
  return {
    now,
    set(failure, origin) {
      if (failure.kind !== 'refused' || failure.status !== 401) return false
      if (causeOf(failure.refusal.message ?? '')?.cause !== 'clock-skew') return false
      const correction = Date.parse(failure.date ?? '') - outside.now()
      // Also false without a date.
      if (!(Math.abs(correction - (corrections.get(origin) ?? 0)) > WORTH_MS)) return false
      corrections.set(origin, correction)
      onSet(Math.round(correction / 1_000))
      return true
    },
  }
}
