import type { HuaweiCloudApiError } from './error.ts'

const FIRST_MS = 100
const THROTTLED_MS = 1_000
const MOST_MS = 5_000
/** A mistaken `Retry-After` must not hold a call for longer. */
const MOST_ASKED_MS = 30_000

/** Milliseconds before the next attempt, with full jitter: callers that failed together must not come back together. */
export function pauseMs({ status, retryAfter = 0 }: HuaweiCloudApiError, repeated: number, random: number) {
  const first = status === 429 ? THROTTLED_MS : FIRST_MS
  const own = random * Math.min(first * 2 ** repeated, MOST_MS)
  return own + Math.min(retryAfter * 1_000, MOST_ASKED_MS)
}

const MOST_TOKENS = 20

/** What may be spent on repeating: when everything fails, repeating everything would triple what fails. */
export class RetryBudget {
  #tokens = MOST_TOKENS

  take(): boolean {
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }

  wentWell(): void {
    this.#tokens = Math.min(MOST_TOKENS, this.#tokens + 1)
  }
}
