import {
  type Authorization,
  canonicalRequest,
  type Pair,
  readAuthorization,
  type Signable,
  sdkDate,
  sha256,
  verify,
} from '../wire/signature.ts'
import { SANDBOX_KEYS } from './keys.ts'
import { type GatewayRefusal, unauthenticated } from './refusal.ts'

const SKEW = 15 * 60_000
const FAILURES_ALLOWED = 5
const LOCKED_FOR = 5 * 60_000

export interface Incoming {
  method: string
  /** As on the wire. */
  path: string
  query: readonly Pair[]
  /** Every header as sent, repeated ones repeated. */
  headers: readonly Pair[]
  body: Uint8Array
}

export interface Gate {
  /** The query as the caller meant it when the request is signed as it should be; throws the refusal. */
  admit(request: Incoming, now: number): readonly Pair[]
  reset(): void
}

/**
 * Checks what the gateway of Huawei Cloud checks, in its words:
 * https://support.huaweicloud.com/devg-apisign/api-sign-algorithm.html
 */
export function buildGate(): Gate {
  const secrets = new Map<string, string>([[SANDBOX_KEYS.accessKey, SANDBOX_KEYS.secretKey]])
  const failures = new Map<string, { inARow: number; last: number }>()

  return {
    reset: () => failures.clear(),
    admit(request, now) {
      const authorization = readAuthorizationOf(request)
      const { accessKey } = authorization
      const secret = secrets.get(accessKey)
      if (secret === undefined) throw unauthenticated(`ak ${accessKey} not exist`)

      const failed = failures.get(accessKey)
      if (failed && now - failed.last >= LOCKED_FOR) failures.delete(accessKey)
      else if (failed && failed.inARow > FAILURES_ALLOWED)
        throw unauthenticated('AK access failed to reach the limit,forbidden.')

      const query = signedQuery(request, authorization, secret)
      if (!query) {
        failures.set(accessKey, { inARow: (failures.get(accessKey)?.inARow ?? 0) + 1, last: now })
        throw wrongSignature(request, authorization)
      }
      failures.delete(accessKey)
      refuseSkew(request, now)
      refuseSecurityToken(request, authorization)
      return query
    },
  }
}

function readAuthorizationOf(request: Incoming): Authorization {
  const header = headerOf(request, 'authorization')
  if (header === undefined)
    throw unauthenticated(
      headerOf(request, 'x-auth-token') === undefined ? 'x-auth-token not found' : 'decrypt token fail',
    )
  const authorization = readAuthorization(header)
  if (!authorization) throw unauthenticated('verify aksk signature fail')
  return { ...authorization, signedHeaders: authorization.signedHeaders.map((name) => name.toLowerCase()) }
}

/** The query under which the signature holds, or undefined when it holds under none. */
function signedQuery(
  request: Incoming,
  authorization: Authorization,
  secret: string,
): readonly Pair[] | undefined {
  const date = headerOf(request, 'x-sdk-date') ?? ''
  const names = authorization.signedHeaders
  if (!names.includes('host') || !names.includes('x-sdk-date') || !isSdkDate(date)) return undefined
  const signable = signableOf(request, names)
  for (const path of pathsAsSigned(request.path))
    for (const query of queriesAsSigned(request.query))
      if (verify({ ...signable, path, query }, secret, date, authorization.signature)) return query
  return undefined
}

function signableOf(request: Incoming, names: readonly string[]): Signable {
  const stated = names.includes('x-sdk-content-sha256')
    ? headerOf(request, 'x-sdk-content-sha256')
    : undefined
  return {
    method: request.method,
    path: request.path,
    query: request.query,
    headers: request.headers.filter(([name]) => names.includes(name.toLowerCase())),
    payloadHash: stated ?? sha256(request.body),
  }
}

/**
 * The official Node signer is handed a path in which the URL parser has escaped blanks and the like, and
 * escapes the percent signs again. Characters beyond ASCII reach it unescaped or escaped, by version.
 */
function pathsAsSigned(path: string): string[] {
  if (!path.includes('%')) return [path]
  return [path, path.replaceAll('%', '%25'), path.replace(/%(?=[0-7])/g, '%25')]
}

/** Some HTTP clients write a blank in the query as `+` though `%20` was signed. */
function queriesAsSigned(query: readonly Pair[]): (readonly Pair[])[] {
  if (!query.some((pair) => pair.some((text) => text.includes('+')))) return [query]
  return [query, query.map(([name, value]): Pair => [name.replaceAll('+', ' '), value.replaceAll('+', ' ')])]
}

function wrongSignature(request: Incoming, authorization: Authorization): GatewayRefusal {
  const canonical = canonicalRequest(signableOf(request, authorization.signedHeaders)).replaceAll('\n', '|')
  return unauthenticated(`verify aksk signature fail, canonicalRequest:${canonical}`)
}

function refuseSkew(request: Incoming, now: number): void {
  const date = headerOf(request, 'x-sdk-date') ?? ''
  if (Math.abs(now - timeOf(date)) <= SKEW) return
  throw unauthenticated(
    `calc aksk signature fail:signature expired, signature time:${date},server time:${sdkDate(now)}`,
  )
}

/** The built-in keys are permanent: they need no token, and none was ever issued. */
function refuseSecurityToken(request: Incoming, authorization: Authorization): void {
  if (headerOf(request, 'x-security-token') === undefined) return
  throw unauthenticated(
    authorization.signedHeaders.includes('x-security-token')
      ? 'decrypt token fail'
      : 'verify aksk signature fail',
  )
}

function isSdkDate(text: string): boolean {
  return /^\d{8}T\d{6}Z$/.test(text) && !Number.isNaN(timeOf(text))
}

function timeOf(date: string): number {
  return Date.parse(date.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

function headerOf(request: Incoming, name: string): string | undefined {
  return request.headers.find((header) => header[0].toLowerCase() === name)?.[1]
}
