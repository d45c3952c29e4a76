import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { RawAnswer } from '../huaweicloud/cloud.ts'
import type { Reason } from './catalogue.ts'
import { upstreamIdHeader } from './headers.ts'
import { type AnsweredHeaders, answeredHeaders } from './raw-headers.ts'
import { upstreamIdOf } from './secrets.ts'
import { type ReadingPace, watchReader } from './slow-reader.ts'

/** Whatever comes, a browser must neither run it nor show it as a page of ours. */
const INERT = { 'content-security-policy': 'sandbox', 'content-disposition': 'attachment' }

/** Sends Huawei's answer on, status and bytes as they are. */
export function sendRaw(reply: FastifyReply, { status, headers, body, requestId }: RawAnswer): void {
  const { notes, method } = reply.request
  if (reply.raw.closed) {
    if (!Buffer.isBuffer(body)) body.destroy()
    reply.code(status).send() // to nobody; but its outcome is logged
    return
  }
  reply.hijack()
  notes.answered = true
  const passed = answeredHeaders(headers)
  if (Buffer.isBuffer(body)) setLength(passed, body, status, method)
  reply.raw.writeHead(status, {
    ...passed,
    ...(reply.getHeaders() as AnsweredHeaders),
    ...upstreamIdHeader(requestId && upstreamIdOf(reply.request)),
    ...INERT,
  })
  if (Buffer.isBuffer(body)) reply.raw.end(body)
  else
    stream(body, reply.raw, (why) => {
      notes.reason ??= why
    })
}

/** What tells of a length it does not have (HEAD, 304) keeps that; a 204 must not tell any. */
function setLength(headers: AnsweredHeaders, body: Buffer, status: number, method: string): void {
  if (status === 204) delete headers['content-length']
  else if (status !== 304 && method !== 'HEAD') headers['content-length'] ??= String(body.length)
}

/** As fast as the caller reads; when Huawei breaks off, the caller's connection is cut. */
export function stream(
  body: Readable,
  response: ServerResponse,
  onBroken: (why: Reason) => void,
  pace?: ReadingPace,
): void {
  const cut = (why: Reason) => {
    onBroken(why)
    body.destroy()
    response.destroy()
  }
  body.once('error', () => cut('UPSTREAM_TRUNCATED'))
  response.prependOnceListener('close', () => {
    if (!body.readableEnded) cut('CLIENT_LEFT')
  })
  watchReader(response, body, () => cut('CLIENT_LEFT'), pace)
  body.pipe(response)
}
