import type { IncomingMessage } from 'node:http'

/**
 * What a page of an allowed other site needs to be told. Nothing at all for anybody else: without these
 * headers a browser keeps the answer from the page.
 */
export function corsHeaders(
  { headers }: IncomingMessage,
  allowedOrigins: readonly string[],
): Record<string, string> {
  const { origin } = headers
  if (allowedOrigins.length === 0) return {}
  if (origin === undefined || !allowedOrigins.includes(origin.toLowerCase())) return { vary: 'Origin' }
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers':
      'X-Request-Id, X-Upstream-Request-Id, X-Client-Token, Preference-Applied, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Deprecation, Link, ETag, Age, Mcp-Session-Id',
  }
}

export const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined

export const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers':
    'Content-Type, X-Access-Key, X-Secret-Key, X-Security-Token, X-Request-Timeout, Idempotency-Key, Prefer, Accept-Language, Authorization, Last-Event-ID, If-None-Match, Cache-Control, Mcp-Session-Id, Mcp-Protocol-Version',
  'access-control-max-age': '600',
}
