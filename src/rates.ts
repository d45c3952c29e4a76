import type { Rates } from './gateway/rate-limits.ts'
import { isLoopback, type Settings } from './settings.ts'

const USUAL = { caller: 100, address: 300 }

/**
 * How often callers and addresses may ask. One's own machine has no limits, and behind a proxy everybody comes from one
 * address: what it says about others (`X-Forwarded-For`) anybody could say.
 */
export function ratesOf({ host, tlsCert, insecure, rateCaller, rateAddress }: Settings, workers = 1): Rates {
  const isOwn = isLoopback(host)
  const isDirect = tlsCert !== undefined && !insecure
  return {
    caller: rateCaller ?? (isOwn ? 0 : USUAL.caller),
    address: rateAddress ?? (isOwn || !isDirect ? 0 : USUAL.address),
    ...(workers > 1 ? { processes: workers } : {}),
  }
}
