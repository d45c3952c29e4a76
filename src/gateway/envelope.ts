import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'

const OPEN = '{"data":{"@type":"type.googleapis.com/google.protobuf.Struct","value":'
const CLOSE = '}'

export interface Sent {
  headers: Record<string, string>
  /** Also put `Response.RequestId` beside `data`. */
  responseId?: string
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
 * Streams the envelope. When Huawei breaks off, or its last byte does not end an object, the caller's
 * connection is cut: a break must look like one, and no closing braces may pretend otherwise.
 */
export function streamEnveloped(
  response: ServerResponse,
  body: Readable,
  { headers, responseId }: Sent,
): void {
  let last: Buffer = Buffer.alloc(0)
  response.writeHead(200, headers)
  response.write(OPEN)
  body.on('data', (chunk: Buffer) => {
    if (chunk.some(isInk)) last = chunk
  })
  body.once('error', () => response.destroy())
  body.once('end', () => {
    if (endsObject(last)) response.end(closing(responseId))
    else response.destroy()
  })
  response.once('close', () => {
    if (!body.readableEnded) body.destroy(new Error('the caller left'))
  })
  body.pipe(response, { end: false })
}

/** White space may follow the last brace in a chunk of its own. */
const isInk = (byte: number) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09

function endsObject(chunk: Buffer): boolean {
  const end = chunk.findLastIndex(isInk)
  return chunk[end] === 0x7d
}
