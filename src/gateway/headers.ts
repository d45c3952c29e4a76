/** Answers differ by who asks and must not be kept; nobody may guess another type than the one we say. */
const SAME_FOR_ALL = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
}

export const standardHeaders = (requestId: string) => ({ 'x-request-id': requestId, ...SAME_FOR_ALL })

/** Names and values in turn, as Node writes them fastest. */
export const inTurn = (headers: Readonly<Record<string, string>>): string[] => Object.entries(headers).flat()

/** The standard ones without the request's id. */
export const ALWAYS: readonly string[] = inTurn(SAME_FOR_ALL)

export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** Since when keys in URLs are discouraged (RFC 9745), and the page that says why. */
export const DEPRECATED = {
  deprecation: '@1795392000',
  link: '</welcome#keys>; rel="deprecation"; type="text/html"',
}

export const upstreamIdHeader = (id: string | undefined): Record<string, string> =>
  id === undefined ? {} : { 'x-upstream-request-id': id }
