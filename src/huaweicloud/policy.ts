/** The numbers of retries, breaker and clock: those of our reliability study, most of them of AWS's SDKs since 2026. */
export interface Policy {
  /** Attempts in all, the first included; 1 never repeats. */
  readonly attempts: { readonly read: number; readonly write: number }
  /** Milliseconds before the first repetition, doubled for each further one. */
  readonly backoff: { readonly usual: number; readonly throttled: number; readonly most: number }
  /** Tokens of one service in one region: what it begins with at most, and what a repetition costs. */
  readonly budget: { readonly tokens: number; readonly usual: number; readonly throttled: number }
  readonly breaker: BreakerLimits
}

export interface BreakerLimits {
  /** Failures in a row that open it. */
  readonly inARow: number
  /** Or this share of at least so many calls within `windowMs`. */
  readonly share: number
  readonly atLeast: number
  readonly windowMs: number
  /** It stays open so long, twice so long after a second vain probe and so on, up to `mostMs`. */
  readonly openMs: number
  readonly mostMs: number
}

export const DEFAULT_POLICY: Policy = {
  attempts: { read: 3, write: 2 },
  backoff: { usual: 50, throttled: 1_000, most: 5_000 },
  budget: { tokens: 500, usual: 14, throttled: 5 },
  breaker: { inARow: 5, share: 0.5, atLeast: 20, windowMs: 10_000, openMs: 1_000, mostMs: 1_000 },
}
