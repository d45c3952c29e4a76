import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type ErrorDetails, GatewayError, type Reason } from './errors.ts'
import { DEPRECATED, JSON_TYPE, upstreamIdHeader } from './headers.ts'
import { type Logger, shownError } from './log.ts'
import { ours, render } from './problem.ts'
import { problemOf } from './problem-of.ts'
import { secretsIn } from './secrets.ts'

/** Errors of the server library, by its codes, as ours. */
const REASON_OF: Record<string, Reason> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_CONTENT_TYPE',
  FST_ERR_CTP_EMPTY_TYPE: 'UNSUPPORTED_CONTENT_TYPE',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'MALFORMED_HTTP',
  FST_ERR_BAD_URL: 'MALFORMED_URL',
  FST_ERR_MAX_PARAM_LENGTH: 'URI_TOO_LONG',
}

/** Answers anything thrown on the way, and notes its reason for the log line. */
export function refuse(thrown: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): void {
  const known = REASON_OF[codeOf(thrown)]
  const problem = problemOf(known ? new GatewayError(known, wordedFor(request, known)) : thrown)
  const notes = request.notes
  notes.reason = problem.reason
  const upstreamId = problem.metadata.upstreamRequestId
  if (upstreamId) notes.upstreamRequestId = upstreamId
  if (problem.reason === 'INTERNAL')
    log.error({ requestId: request.id, error: shownError(thrown) }, 'unexpected error')
  reply
    .code(problem.code)
    .headers({
      ...JSON_TYPE,
      ...(upstreamId ? upstreamIdHeader(upstreamId) : {}),
      ...(notes.keysInUrl ? DEPRECATED : {}),
      ...problem.headers,
    })
    .send(render(problem, [...notes.secrets, ...secretsIn(request.body)]))
}

/** Raw calls take any type, so the usual advice would be wrong. */
const wordedFor = ({ routeOptions }: FastifyRequest, reason: Reason): ErrorDetails =>
  reason === 'UNSUPPORTED_CONTENT_TYPE' && routeOptions.config?.kind === 'raw'
    ? { message: 'The Content-Type header is not of the form type/subtype.' }
    : {}

/** The parser turned a request away before there was one: the same envelope, then the connection ends. */
export function refuseUnparsed(error: Error, socket: Socket, uuid: () => string): void {
  if (!socket.writable || codeOf(error) === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const problem = ours(unparsedReason(codeOf(error)))
  const body = render(problem)
  socket.end(
    [
      `HTTP/1.1 ${problem.code} ${STATUS_CODES[problem.code]}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${uuid()}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}

function unparsedReason(code: string): Reason {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'REQUEST_TIMEOUT'
  if (code === 'HPE_HEADER_OVERFLOW') return 'HEADERS_TOO_LARGE'
  return 'MALFORMED_HTTP'
}

const codeOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : ''
}
