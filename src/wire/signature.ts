import { timingSafeEqual } from 'node:crypto'
import { hmacSha256, sha256 } from './hmac.ts'

export { sha256 }

/**
 * SDK-HMAC-SHA256, Huawei Cloud's request signature, as a ladder of pure steps. No clock, no I/O.
 *
 * Rules: https://support.huaweicloud.com/devg-apisign/api-sign-algorithm.html. Where the official Node
 * signer departs from that text (encoding a path twice, not trimming header values) we keep to the text.
 */
export const ALGORITHM = 'SDK-HMAC-SHA256'

/** Hash of no bytes at all: what a request without a body signs. */
export const EMPTY_PAYLOAD_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** A decoded name and value, in the order they were given; names may repeat. */
export type Pair = readonly [name: string, value: string]

export interface Signable {
  method: string
  /** As on the wire: percent-encoded, without query. */
  path: string
  /** Decoded; order does not matter to the signature. */
  query: readonly Pair[]
  /** Exactly the headers to sign, `host` and `x-sdk-date` among them. Letter case of names does not matter. */
  headers: readonly Pair[]
  /** Lower-case hex SHA-256 of the body, or the literal value of `X-Sdk-Content-Sha256`. */
  payloadHash: string
}

export interface Authorization {
  accessKey: string
  signedHeaders: readonly string[]
  signature: string
}

/** `YYYYMMDDTHHMMSSZ`, the form of `X-Sdk-Date`. */
export function sdkDate(now: number): string {
  const iso = new Date(now).toISOString()
  return `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`
}

/** Percent-encodes everything but `A-Z a-z 0-9 - _ . ~`, byte by byte in UTF-8, hex digits upper case. */
export function encode(text: string): string {
  return PLAIN.test(text) ? text : encodeURIComponent(text).replace(/[!'()*]/g, percent)
}

const PLAIN = /^[\w.~-]*$/
const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`

/** Decoded and encoded anew segment by segment, always ending in a slash, which only the signed text has. */
export function canonicalPath(path: string): string {
  const canonical = PLAIN_PATH.test(path)
    ? path
    : path
        .split('/')
        .map((segment) => encode(decodeURIComponent(segment)))
        .join('/')
  return canonical.endsWith('/') ? canonical : `${canonical}/`
}

const PLAIN_PATH = /^[\w.~/-]*$/

/** Sorted by raw name in code-unit order, then by value as text (`10` before `2`); no value keeps its `=`. */
export function canonicalQuery(query: readonly Pair[]): string {
  if (query.length === 0) return ''
  return query
    .toSorted((a, b) => byCodeUnit(a[0], b[0]) || byCodeUnit(a[1], b[1]))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
}

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** One `name:value\n` a header, names lower-case and sorted, values trimmed. */
export const canonicalHeaders = (headers: readonly Pair[]): string => linesOf(inOrder(headers))

const linesOf = (ordered: readonly Pair[]): string =>
  ordered.map(([name, value]) => `${name}:${value.trim()}\n`).join('')

/** The names that {@link canonicalHeaders} lists, joined by semicolons. */
export const signedHeaders = (headers: readonly Pair[]): string => namesOf(inOrder(headers))

const namesOf = (ordered: readonly Pair[]): string => [...new Set(ordered.map(([name]) => name))].join(';')

function inOrder(headers: readonly Pair[]): Pair[] {
  return headers
    .map(([name, value]): Pair => [name.toLowerCase(), value])
    .sort((a, b) => byCodeUnit(a[0], b[0]) || byCodeUnit(a[1], b[1]))
}

export const canonicalRequest = (request: Signable): string => canonicalOf(request, inOrder(request.headers))

const canonicalOf = ({ method, path, query, payloadHash }: Signable, ordered: readonly Pair[]): string =>
  `${method.toUpperCase()}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${linesOf(ordered)}\n${namesOf(ordered)}\n${payloadHash}`

export const stringToSign = (canonical: string, date: string): string =>
  `${ALGORITHM}\n${date}\n${sha256(canonical)}`

/** Lower-case hex. The secret key is the HMAC key as it is: nothing is derived from date or region. */
export const signature = (secretKey: string, text: string): string => hmacSha256(secretKey, text)

/** The value of the `Authorization` header for a request that carries `date` as its `X-Sdk-Date`. */
export function sign(request: Signable, accessKey: string, secretKey: string, date: string): string {
  const ordered = inOrder(request.headers)
  const signed = signature(secretKey, stringToSign(canonicalOf(request, ordered), date))
  return `${ALGORITHM} Access=${accessKey}, SignedHeaders=${namesOf(ordered)}, Signature=${signed}`
}

/** Reads an `Authorization` header; undefined when it is not of this algorithm or incomplete. */
export function readAuthorization(header: string): Authorization | undefined {
  const found =
    /^SDK-HMAC-SHA256 +Access=([^,\s]+), *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/.exec(
      header.trim(),
    )
  if (!found) return undefined
  const [, accessKey = '', names = '', given = ''] = found
  return { accessKey, signedHeaders: names.split(';'), signature: given }
}

/** Whether `given` is the signature of this request; takes the same time wherever they differ. */
export function verify(request: Signable, secretKey: string, date: string, given: string): boolean {
  const expected = Buffer.from(signature(secretKey, stringToSign(canonicalRequest(request), date)))
  const offered = Buffer.from(given)
  return expected.length === offered.length && timingSafeEqual(expected, offered)
}
