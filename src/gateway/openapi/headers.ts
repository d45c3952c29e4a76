import { ref } from './schema.ts'
import type { Header, Ref } from './types.ts'

const text = { type: 'string' }
const COUNT = { type: 'string', pattern: '^\\d+$' }

/** Every header that an answer of ours may have, beside those all answers have (see `info`). */
export const headers = {
  'X-Request-Id': {
    description: 'Our id of this request; every answer has one, and every log line.',
    required: true,
    schema: { type: 'string', format: 'uuid' },
  },
  'X-Upstream-Request-Id': {
    description:
      "Huawei Cloud's id of the last call we made for this request, or of the one that brought a kept answer; its support asks for it.",
    schema: text,
  },
  'X-Client-Token': {
    description:
      'The token this create carries. Sent again as `Idempotency-Key` within eight hours, nothing is created twice.',
    schema: { type: 'string', format: 'uuid' },
  },
  'Preference-Applied': {
    description: 'That the job was waited for, as `Prefer` asked.',
    schema: text,
  },
  'Retry-After': {
    description: 'Seconds after which it may be tried again.',
    schema: { type: 'string', pattern: '^\\d+$' },
  },
  'RateLimit-Limit': {
    description:
      'Requests that this caller, or this address, may send at once; only where the server limits them. Of two limits the one that leaves less.',
    schema: COUNT,
  },
  'RateLimit-Remaining': { description: 'How many of them are left.', schema: COUNT },
  'RateLimit-Reset': { description: 'Seconds until all of them are there again.', schema: COUNT },
  Allow: {
    description: 'The methods this path is called with; Huawei Cloud does not always say.',
    schema: text,
  },
  Deprecation: {
    description: 'Keys came in the URL, which is discouraged since this date (RFC 9745).',
    schema: { type: 'string', pattern: '^@\\d+$' },
  },
  Link: { description: 'The page that says why headers are better for keys.', schema: text },
  Location: { description: 'Where it is.', schema: text },
  ETag: {
    description: 'Changes with the content; `If-None-Match` asks for news only.',
    schema: text,
  },
  Age: {
    description: 'Seconds since Huawei Cloud gave this answer; left out where it was asked just now.',
    schema: COUNT,
  },
  'Mcp-Session-Id': {
    description: 'To be sent with every further message; good for twelve hours.',
    schema: text,
  },
  'Content-Encoding': {
    description: 'How a long answer was compressed, as `Accept-Encoding` and the server allow.',
    schema: { type: 'string', pattern: '^(?:zstd|br|gzip)$' },
  },
} as const satisfies Record<string, Header>

export type HeaderName = keyof typeof headers

export const headerRefs = (...names: HeaderName[]): Record<string, Ref> =>
  Object.fromEntries(names.map((name) => [name, ref('headers', name)]))

/** Where they are never missing, though elsewhere they may be. */
export const alwaysWith = (...names: HeaderName[]): Record<string, Header> =>
  Object.fromEntries(names.map((name) => [name, { ...headers[name], required: true }]))

/** What any answer has where there are limits of rate. */
export const ABOUT_RATE = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'] as const

/** What any answer to a request with keys in its URL has. */
export const ABOUT_KEYS = ['Deprecation', 'Link'] as const
