/** Answers differ by who asks and must not be kept; nobody may guess another type than the one we say. */
export const standardHeaders = (requestId: string) => ({
  'x-request-id': requestId,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
})

export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** Since when keys in URLs are discouraged (RFC 9745), and the page that says why. */
export const DEPRECATED = {
  deprecation: '@1795392000',
  link: '</#keys>; rel="deprecation"; type="text/html"',
}

/** A header of Huawei's goes into one of ours only when it is a plain word. */
export const upstreamIdHeader = (id: string): Record<string, string> =>
  /^[\w.:-]{1,128}$/.test(id) ? { 'x-upstream-request-id': id } : {}
