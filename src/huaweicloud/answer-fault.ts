import type { Readable } from 'node:stream'
import type { Incoming } from './exchange.ts'
import type { Failure } from './failure.ts'
import { isBlank, isObjectText, OPEN_BRACE } from './json-bytes.ts'
import type { Operation } from './operation.ts'
import { type Refusal, readRefusal, refusalInSuccess } from './refusal.ts'

export type Refused = Extract<Failure, { kind: 'refused' }>

/** How much of a refusal is read. */
export const MOST_REFUSAL_BYTES = 64 * 1024

/** What is wrong with an answer that should be Huawei's JSON; undefined for a good one. A promise where it must be read. */
export function faultOf(
  incoming: Incoming,
  operation: Operation,
): Failure | undefined | Promise<Failure | undefined> {
  const { status, body } = incoming
  const refuse = (failure: Failure) => {
    if (!Buffer.isBuffer(body)) body.destroy()
    return failure
  }
  if (status >= 400 && status <= 599) return textOf(body).then((text) => refused(incoming, readRefusal(text)))
  if (status >= 300 && status <= 399) return refuse({ kind: 'nonsense', why: 'redirect' })
  if (status < 200 || status > 599) return refuse({ kind: 'nonsense', why: 'protocol' })
  const encoding = header(incoming, 'content-encoding')
  if (encoding && encoding !== 'identity') return refuse({ kind: 'nonsense', why: 'encoding' })
  // The library hides a body where there can be none.
  if (status === 204 && Number(header(incoming, 'content-length') ?? 0) > 0)
    return refuse({ kind: 'nonsense', why: 'protocol' })
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

/** A read's answer of the usual kind: 200, JSON, as it stands. Everything else must be looked at. */
export function isPlainlyGood(incoming: Incoming, { write }: Operation): boolean {
  const { status, body, headers } = incoming
  if (write || status !== 200 || headers['content-encoding'] !== undefined || !looksLikeJson(incoming))
    return false
  return Buffer.isBuffer(body) ? body.length > 0 && isObjectText(body) : beginsObject(body)
}

/** An answer as Huawei's no. */
export function refused(incoming: Incoming, refusal: Refusal): Refused {
  const requestId = header(incoming, 'x-request-id') ?? refusal.requestId
  const retryAfter = header(incoming, 'retry-after')
  const date = header(incoming, 'date')
  return {
    kind: 'refused',
    status: incoming.status,
    refusal,
    ...(requestId ? { requestId } : {}),
    ...(retryAfter ? { retryAfter } : {}),
    ...(date ? { date } : {}),
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
  incoming.headers['content-type'] === 'application/json' ||
  /^application\/(?:[\w.-]+\+)?json\b/i.test(header(incoming, 'content-type') ?? '')

/** Looks at what has come and puts it back; the last byte is for whoever reads to the end. */
function beginsObject(body: Readable): boolean {
  const start: Buffer | null = body.read(Math.min(64, body.readableLength))
  if (start) body.unshift(start)
  const first = start?.find((byte) => !isBlank(byte))
  return first === undefined || first === OPEN_BRACE
}

/** The first of its values; names are lower-case. */
export function header({ headers }: Incoming, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}
