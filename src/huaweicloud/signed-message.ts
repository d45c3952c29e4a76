import { EMPTY_PAYLOAD_HASH, encode, type Pair, sdkDate, sha256, sign } from '../wire/signature.ts'
import type { Health } from './breaker.ts'
import type { Caller } from './caller.ts'
import type { Endpoint } from './endpoints.ts'
import type { Incoming, Outgoing } from './exchange.ts'
import type { Operation } from './operation.ts'

/** The languages Huawei Cloud words its texts in. */
export type Language = 'zh-cn' | 'en-us'

/** A request of a known operation, path filled in, for one endpoint. */
export interface Sendable {
  operation: Operation
  region: string
  caller: Caller
  endpoint: Endpoint
  path: string
  query?: readonly Pair[]
  /** Further headers to sign; win over those named below. */
  headers?: Record<string, string>
  /** Headers that the signature leaves alone; left out, those that ask for plain JSON. */
  unsigned?: Record<string, string>
  /** JSON text, or bytes whose type stands among `headers`. */
  body?: string | Uint8Array
  projectId?: string
  clientToken?: string
  language?: Language
  /** How long the first byte of the answer may take; left out, a read has the usual time and a write all there is. */
  firstByteMs?: number
  /** Whose call it is, where callers share a queue. */
  identity?: string
  signal: AbortSignal
  /** The first attempt, where it was made already. */
  made?: MadeAttempt
}

/** An attempt that was made ahead of its call. It can be taken once. */
export interface MadeAttempt {
  readonly operation: Operation
  /** Undefined when it was taken. */
  readonly ahead: Ahead | undefined
  take(): Promise<Incoming> | undefined
}

/** What was so when an attempt set out, and may not be when its call goes on from it. */
export interface Ahead {
  /** As `Outside.elapsed` counts. */
  readonly began: number
  /** By which the clock was corrected. */
  readonly signedWith: number
  /** Tells the breaker what it showed. */
  readonly tell: (health: Health) => void
}

/** Compressed bytes could not stand inside our envelope. */
export const PLAIN_JSON = { accept: 'application/json', 'accept-encoding': 'identity' }

/** Signed at the last moment: a request that waited its turn still carries a fresh date. */
export function signedMessage(request: Sendable, now: number): Outgoing {
  const { caller, endpoint, operation, path, query = [], body } = request
  const date = sdkDate(now)
  const headers: Record<string, string> = { host: endpoint.host, 'x-sdk-date': date }
  if (typeof body === 'string') headers['content-type'] = 'application/json'
  if (request.projectId && !operation.projectless) headers['x-project-id'] = request.projectId
  if (caller.securityToken) headers['x-security-token'] = caller.securityToken
  if (request.clientToken) headers['x-client-token'] = request.clientToken
  if (request.language) headers['x-language'] = request.language
  Object.assign(headers, request.headers)
  const signed = Object.entries(headers)
  Object.assign(headers, request.unsigned ?? PLAIN_JSON)
  checkSendable(path, headers)
  const authorization = sign(
    {
      method: operation.method,
      path,
      query,
      headers: signed,
      payloadHash: body === undefined ? EMPTY_PAYLOAD_HASH : sha256(body),
    },
    caller.accessKey,
    caller.secretKey,
    date,
  )
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  headers.authorization = authorization
  return {
    origin: endpoint.origin,
    method: operation.method,
    target: search ? `${path}?${search}` : path,
    headers,
    ...(body === undefined ? {} : { body }),
    // Given up early, a write that ran would be told as unknown; only its deadline ends the wait.
    ...(operation.write || request.firstByteMs ? { firstByteMs: request.firstByteMs ?? 0 } : {}),
  }
}

/** undici refuses such requests too, but a pool takes the connection it refused one on for busy ever after. */
function checkSendable(path: string, headers: Record<string, string>): void {
  if (!/^\/[\x21-\x7e]*$/.test(path) || /[?#\\]/.test(path)) throw new TypeError('not a path')
  for (const name in headers)
    if (!HEADER_VALUE.test(headers[name] ?? '')) throw new TypeError(`${name} cannot be a header`)
}

/** What may stand in a header. */
export const HEADER_VALUE = /^[\t\x20-\x7e]*$/
