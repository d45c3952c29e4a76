import type { ApiError } from '../api/error.ts'
import type { Catalog } from '../text/en.ts'

type ErrorText = Catalog['errors']

export interface ErrorWords {
  title: string
  text: string
  tone: 'bad' | 'warn'
}

/** What a failed call means, in plain words; Huawei's own message where it says more than we could. */
export function wordsFor(error: ApiError, text: ErrorText): ErrorWords {
  const { status, reason, message, metadata } = error
  const bad = (title: string, words: string): ErrorWords => ({ title, text: words, tone: 'bad' })
  const warn = (title: string, words: string): ErrorWords => ({ title, text: words, tone: 'warn' })
  if (error.isNetworkLost) return warn(text.networkTitle, text.network)
  if (reason === 'UPSTREAM_OUTCOME_UNKNOWN') return warn(text.unknownTitle, text.unknown)
  if (reason === 'SCOPE_TOO_SMALL') {
    const { scope, regions } = metadata
    return bad(
      text.scopeTitle,
      scope ? text.scopeNeeds(scope) : regions ? text.scopeRegions(regions) : message,
    )
  }
  switch (status) {
    case 0:
      return bad(text.brokenTitle, text.broken)
    case 401:
      return bad(text.unauthorizedTitle, keyWords(error, text))
    case 403:
      return bad(text.forbiddenTitle, message || text.forbidden)
    case 404:
      return warn(text.notFoundTitle, message || text.notFound)
    case 429:
      return warn(text.throttledTitle, reason === 'RATE_LIMITED' ? text.throttledHere : text.throttled)
    case 503:
      return warn(text.busyTitle, reason === 'TOKEN_HAS_NO_KEYS' ? text.noKeys : message || text.busy)
    case 504:
      return bad(text.timeoutTitle, text.upstream)
    case 409:
      return warn(text.conflictTitle, message)
    case 400:
    case 422:
      return warn(text.argumentTitle, message)
    default:
      return status >= 502
        ? bad(text.upstreamTitle, text.upstream)
        : bad(text.brokenTitle, message || text.broken)
  }
}

const TOKEN_REASONS: Readonly<
  Record<string, 'tokenUnknown' | 'tokenExpired' | 'tokenRevoked' | 'sandboxOff'>
> = {
  TOKEN_UNKNOWN: 'tokenUnknown',
  TOKEN_EXPIRED: 'tokenExpired',
  TOKEN_REVOKED: 'tokenRevoked',
  SANDBOX_OFF: 'sandboxOff',
}

function keyWords({ cause, reason, message, metadata }: ApiError, text: ErrorText): string {
  if (cause === 'clock-skew' && metadata.skewSeconds) return text.skew(metadata.skewSeconds)
  if (cause !== undefined && cause in text.keys) return text.keys[cause as keyof ErrorText['keys']]
  const own = TOKEN_REASONS[reason]
  return own ? text[own] : message
}
