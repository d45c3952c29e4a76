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
import type { Access, TemporaryKey, Token } from './access.ts'
import { SANDBOX_KEYS } from './keys.ts'
import { type GatewayRefusal, unauthenticated } from './refusal.ts'
import type { World } from './world.ts'

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

export interface Admitted {
  /** As the caller meant it. */
  readonly query: readonly Pair[]
  readonly token?: Token
}

/**
 * Who asks, when the request is signed or bears a token as it should; throws the refusal otherwise.
 * Checks what the gateway of Huawei Cloud checks, in its words:
 * https://support.huaweicloud.com/devg-apisign/api-sign-algorithm.html
 */
export function admit(request: Incoming, world: World): Admitted {
  const now = world.outside.now()
  const { access } = world
  const { failures } = world.state
  const authorization = readAuthorizationOf(request)
  if (!authorization) return { query: request.query, token: tokenOf(request, now, access) }
  const { accessKey } = authorization
  const temporary = access.temporaryKeys.get(accessKey)
  const secret = accessKey === SANDBOX_KEYS.accessKey ? SANDBOX_KEYS.secretKey : temporary?.secretKey
  // Without its token a temporary key is as good as none.
  if (secret === undefined || (temporary && headerOf(request, 'x-security-token') === undefined))
    throw unauthenticated(`ak ${accessKey} not exist`)

  const failed = failures.get(accessKey)
  if (failed && failed.inARow > FAILURES_ALLOWED && now - failed.last < LOCKED_FOR)
    throw unauthenticated('AK access failed to reach the limit,forbidden.')
  if (failed && now - failed.last >= LOCKED_FOR) forgive(accessKey, world)

  const query = signedQuery(request, authorization, secret)
  if (!query) {
    failures.set(accessKey, { inARow: (failures.get(accessKey)?.inARow ?? 0) + 1, last: now })
    world.touch()
    throw wrongSignature(request, authorization)
  }
  forgive(accessKey, world)
  refuseSkew(request, world.callersNow())
  refuseSecurityToken(request, authorization, temporary, now)
  return { query }
}

function forgive(accessKey: string, world: World): void {
  if (world.state.failures.delete(accessKey)) world.touch()
}

function tokenOf(request: Incoming, now: number, access: Access): Token {
  const id = headerOf(request, 'x-auth-token')
  if (id === undefined) throw unauthenticated('x-auth-token not found')
  const token = access.tokens.get(id)
  if (!token) throw unauthenticated('decrypt token fail')
  if (now >= token.expiresAt) throw unauthenticated('token expires')
  return token
}

/** Undefined when the request is not signed; with both, the signature is what counts. */
function readAuthorizationOf(request: Incoming): Authorization | undefined {
  const header = headerOf(request, 'authorization')
  if (header === undefined) return undefined
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

/** The token must be signed and the key's own. The built-in keys are permanent: none was ever issued to them. */
function refuseSecurityToken(
  request: Incoming,
  authorization: Authorization,
  temporary: TemporaryKey | undefined,
  now: number,
): void {
  const given = headerOf(request, 'x-security-token')
  if (given === undefined) return
  if (!authorization.signedHeaders.includes('x-security-token'))
    throw unauthenticated('verify aksk signature fail')
  if (given !== temporary?.securityToken) throw unauthenticated('decrypt token fail')
  if (now >= temporary.expiresAt) throw unauthenticated('token expires')
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
