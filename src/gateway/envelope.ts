import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { CLOSE_BRACE, isInk, OPEN_BRACE } from '../huaweicloud/json-bytes.ts'
import { giveBack } from '../huaweicloud/lent-bytes.ts'
import type { Reason } from './catalogue.ts'
import type { Flushable } from './codings.ts'
import { flushWhenIdle } from './flush-when-idle.ts'
import { type ReadingPace, watchReader } from './slow-reader.ts'

export const OPEN = '{"data":{"@type":"type.googleapis.com/google.protobuf.Struct","value":'
export const CLOSE = '}'
/** Where nothing else stands in the envelope. */
export const CLOSE_ALL = '}}'

export interface Sent {
  /** By name, or names and values in turn. */
  headers: Record<string, string> | string[]
  /** Also put `Response.RequestId` beside `data`. */
  responseId?: string
  /** What compresses it. */
  through?: Flushable
  /** Told why the transfer was cut. */
  onBroken: (why: Reason) => void
  /** How fast the caller must read. */
  pace?: ReadingPace
}

/** The whole envelope around Huawei's own bytes, which are neither parsed nor re-written. */
export function enveloped(value: Buffer, responseId?: string): Buffer {
  return Buffer.concat([
    Buffer.from(OPEN),
    value.length > 0 ? value : Buffer.from('{}'),
    Buffer.from(closing(responseId)),
  ])
}

const closing = (responseId?: string) =>
  responseId ? `${CLOSE},"Response":{"RequestId":${JSON.stringify(responseId)}}}` : `${CLOSE}}`

/**
 * Streams the envelope. When Huawei breaks off, or its first and last byte are not those of an object, the
 * caller's connection is cut: a break must look like one, and no closing braces may pretend otherwise.
 */
export function streamEnveloped(
  response: ServerResponse,
  body: Readable,
  { headers, responseId, through, onBroken, pace }: Sent,
): void {
  let first: number | undefined
  let last: number | undefined
  const out = through ?? response
  const cut = (why: Reason) => {
    onBroken(why)
    body.destroy(new Error(why))
    through?.destroy()
    response.destroy()
  }
  response.writeHead(200, headers)
  if (through) {
    response.flushHeaders() // the compressor may let nothing out for a while
    flushWhenIdle(through, body)
    through.once('error', () => cut('INTERNAL')).pipe(response)
  }
  out.write(OPEN)
  body.on('data', (chunk: Buffer) => {
    first ??= chunk.find(isInk)
    last = chunk.findLast(isInk) ?? last // white space may follow the last brace in a chunk of its own
    if (first !== undefined && first !== OPEN_BRACE) cut('UPSTREAM_PROTOCOL_ERROR')
    else if (!out.write(chunk, (error) => !error && giveBack(chunk))) body.pause()
  })
  out.on('drain', () => body.resume())
  body.once('error', () => cut('UPSTREAM_TRUNCATED'))
  body.once('end', () => {
    if (last === CLOSE_BRACE) out.end(closing(responseId))
    else cut('UPSTREAM_PROTOCOL_ERROR')
  })
  response.prependOnceListener('close', () => {
    if (!body.readableEnded) cut('CLIENT_LEFT')
    else through?.destroy()
  })
  body.resume() // or one that was looked at, and stopped for it, would stand still
  watchReader(response, body, () => cut('CLIENT_LEFT'), pace)
}
