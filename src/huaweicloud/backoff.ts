import type { Policy } from './policy.ts'
import type { RepeatReason } from './why-repeat.ts'

/** How much longer than by ourselves we wait because we were asked to: a mistaken hint must not hold a request. */
const MOST_EXTRA_MS = 5_000

/**
 * Milliseconds before the next attempt, with full jitter: callers that failed together must not come back together.
 * `repeated` counts the repetitions made before; `hint` is what Huawei asked for, in seconds.
 */
export function backoffMs(
  reason: RepeatReason,
  repeated: number,
  { usual, throttled, most }: Policy['backoff'],
  random: () => number,
  hint?: number,
): number {
  if (reason === 'clock') return 0
  const base = reason === 'throttled' ? throttled : usual
  const own = random() * Math.min(base * 2 ** repeated, most)
  return hint === undefined ? own : Math.max(own, Math.min(hint * 1_000, own + MOST_EXTRA_MS))
}
