import type { Readable } from 'node:stream'
import type { Outside } from '../outside.ts'
import { EMPTY_PAYLOAD_HASH, encode, type Pair, sdkDate, sha256, sign } from '../wire/signature.ts'
import { Overloaded } from './bulkhead.ts'
import type { Caller } from './caller.ts'
import type { Connections } from './connections.ts'
import type { Endpoint } from './endpoints.ts'
import { ExchangeError, exchange, type Incoming, type Outgoing } from './exchange.ts'
import { type Circumstances, type Failure, UpstreamFailure } from './failure.ts'
import { CLOSE_BRACE, isBlank, OPEN_BRACE } from './json-bytes.ts'
import type { Operation } from './operation.ts'
import { readRefusal, refusalInSuccess } from './refusal.ts'
import { whyFailed } from './why-failed.ts'

/** A request of a known operation, path filled in, for one endpoint. */
export interface Sendable {
  operation: Operation
  region: string
  caller: Caller
  endpoint: Endpoint
  path: string
  query?: readonly Pair[]
  headers?: Record<string, string>
  /** JSON text. */
  body?: string
  projectId?: string
  clientToken?: string
  signal: AbortSignal
}

/** Huawei's good answer, untouched. */
export interface Answer {
  readonly status: number
  readonly host: string
  readonly requestId?: string
  /** Whole up to 256 KiB, a stream beyond. */
  readonly body: Buffer | Readable
}

export type Send = (request: Sendable) => Promise<Answer>

const MOST_REFUSAL_BYTES = 64 * 1024

/** Signs and sends one request, and tells a good answer from every way of not getting one. */
export function buildTransport(connections: Connections, outside: Outside): Send {
  return async (request) => {
    const { bulkhead, dispatcher } = connections.to(request.endpoint.origin)
    const failed = (failure: Failure, sent = false) =>
      new UpstreamFailure(failure, circumstances(request, sent))

    const release = await bulkhead.enter(request.signal).catch((why) => {
      throw failed(why instanceof Overloaded ? { kind: 'overloaded' } : whyFailed(why, false))
    })
    let message: Outgoing
    try {
      message = outgoing(request, outside)
    } catch (error) {
      release()
      throw error
    }
    const incoming = await exchange(dispatcher, message, release).catch((error) => {
      throw error instanceof ExchangeError
        ? failed(whyFailed(error.cause, error.sent, error.answered), error.sent)
        : error
    })
    const failure = await faultOf(incoming, request.operation)
    if (failure) throw failed(failure, true)
    const requestId = header(incoming, 'x-request-id')
    return {
      status: incoming.status,
      host: request.endpoint.host,
      body: incoming.body,
      ...(requestId ? { requestId } : {}),
    }
  }
}

/** Signed at the last moment: a request that waited its turn still carries a fresh date. */
function outgoing(request: Sendable, outside: Outside): Outgoing {
  const { caller, endpoint, operation, path, query = [], body } = request
  const date = sdkDate(outside.now())
  const headers: Record<string, string> = {
    host: endpoint.host,
    'x-sdk-date': date,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(request.projectId && !operation.projectless ? { 'x-project-id': request.projectId } : {}),
    ...(caller.securityToken ? { 'x-security-token': caller.securityToken } : {}),
    ...(request.clientToken ? { 'x-client-token': request.clientToken } : {}),
    ...request.headers,
  }
  checkSendable(path, headers)
  const authorization = sign(
    {
      method: operation.method,
      path,
      query,
      headers: Object.entries(headers),
      payloadHash: body === undefined ? EMPTY_PAYLOAD_HASH : sha256(body),
    },
    caller.accessKey,
    caller.secretKey,
    date,
  )
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  return {
    origin: endpoint.origin,
    method: operation.method,
    target: search ? `${path}?${search}` : path,
    // Compressed bytes could not stand inside our envelope.
    headers: { ...headers, authorization, accept: 'application/json', 'accept-encoding': 'identity' },
    ...(body === undefined ? {} : { body }),
    // Given up early, a write that ran would be told as unknown; only its deadline ends the wait.
    patient: operation.write === true,
    signal: request.signal,
  }
}

/** undici refuses such requests too, but a pool takes the connection it refused one on for busy ever after. */
function checkSendable(path: string, headers: Record<string, string>): void {
  if (!/^\/[\x21-\x7e]*$/.test(path) || /[?#\\]/.test(path)) throw new TypeError('not a path')
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\t\x20-\x7e]*$/.test(value)) throw new TypeError(`${name} cannot be a header`)
  }
}

async function faultOf(incoming: Incoming, operation: Operation): Promise<Failure | undefined> {
  const { status, body } = incoming
  const refuse = (failure: Failure) => {
    if (!Buffer.isBuffer(body)) body.destroy()
    return failure
  }
  if (status >= 400 && status <= 599) return refused(incoming, readRefusal(await textOf(body)))
  if (status >= 300 && status <= 399) return refuse({ kind: 'nonsense', why: 'redirect' })
  if (status < 200 || status > 599) return refuse({ kind: 'nonsense', why: 'protocol' })
  const encoding = header(incoming, 'content-encoding')
  if (encoding && encoding !== 'identity') return refuse({ kind: 'nonsense', why: 'encoding' })
  if (Buffer.isBuffer(body)) {
    if (body.length === 0) return undefined
    if (!looksLikeJson(incoming) || !isObjectText(body)) return { kind: 'nonsense', why: 'content-type' }
    if (!operation.write && status === 200) return undefined
    const refusal = refusalInSuccess(body.toString())
    return refusal ? refused(incoming, refusal) : undefined
  }
  return looksLikeJson(incoming) && beginsObject(body)
    ? undefined
    : refuse({ kind: 'nonsense', why: 'content-type' })
}

function refused(incoming: Incoming, refusal: ReturnType<typeof readRefusal>): Failure {
  const requestId = header(incoming, 'x-request-id') ?? refusal.requestId
  const retryAfter = header(incoming, 'retry-after')
  return {
    kind: 'refused',
    status: incoming.status,
    refusal,
    ...(requestId ? { requestId } : {}),
    ...(retryAfter ? { retryAfter } : {}),
  }
}

async function textOf(body: Buffer | Readable): Promise<string> {
  // Pages of proxies are cut; Huawei's own words are not: a batch over a thousand servers fills 200 KiB.
  if (Buffer.isBuffer(body))
    return (isObjectText(body) ? body : body.subarray(0, MOST_REFUSAL_BYTES)).toString()
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      size += chunk.length
      if (size > MOST_REFUSAL_BYTES) break // leaving the loop destroys the stream
    }
  } catch {
    // A refusal that breaks off is still a refusal.
  }
  return Buffer.concat(chunks).subarray(0, MOST_REFUSAL_BYTES).toString()
}

const looksLikeJson = (incoming: Incoming) =>
  /^application\/(?:[\w.-]+\+)?json\b/i.test(header(incoming, 'content-type') ?? '')

/** First and last byte, white space aside: enough to tell a JSON object from a login page without parsing. */
function isObjectText(body: Buffer): boolean {
  let start = 0
  let end = body.length - 1
  while (start < end && isBlank(body[start])) start += 1
  while (end > start && isBlank(body[end])) end -= 1
  return body[start] === OPEN_BRACE && body[end] === CLOSE_BRACE
}

/** Looks at what has come and puts it back; the last byte is for whoever reads to the end. */
function beginsObject(body: Readable): boolean {
  const start: Buffer | null = body.read(Math.min(64, body.readableLength))
  if (start) body.unshift(start)
  const first = start?.find((byte) => !isBlank(byte))
  return first === undefined || first === OPEN_BRACE
}

function header({ headers }: Incoming, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

function circumstances(request: Sendable, sent: boolean): Circumstances {
  const { operation, region, endpoint, clientToken } = request
  return { operation, region, host: endpoint.host, sent, ...(clientToken ? { clientToken } : {}) }
}
