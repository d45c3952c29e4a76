import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reason } from './catalogue.ts'
import { whyCutOff } from './cut-off.ts'
import { type ErrorDetails, GatewayError } from './errors.ts'
import { DEPRECATED, JSON_TYPE, upstreamIdHeader } from './headers.ts'
import { type Logger, shownError } from './log.ts'
import { render } from './problem.ts'
import { problemOf } from './problem-of.ts'
import { hiderFor, hiderForRecords, upstreamIdOf } from './secrets.ts'
import { isSecurityEvent, type SecurityEvents } from './security-events.ts'

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
export function refuse(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
  events: SecurityEvents,
): void {
  const { errored } = request.raw
  const known = errored && errored === thrown ? whyCutOff(request.raw) : REASON_OF[codeOf(thrown)]
  const problem = problemOf(known ? new GatewayError(known, wordedFor(request, known)) : thrown)
  const notes = request.notes
  notes.reason = hiderForRecords(request)(problem.reason)
  const told = problem.metadata.upstreamRequestId
  if (told) notes.upstreamRequestId = told
  if (problem.reason === 'INTERNAL')
    log.error({ requestId: request.id, error: shownError(thrown) }, 'unexpected error')
  if (isSecurityEvent(thrown, problem.reason, request.raw.url ?? ''))
    events.note(request.socket.remoteAddress, problem.reason)
  reply
    .code(problem.code)
    .headers({
      ...JSON_TYPE,
      ...upstreamIdHeader(told && upstreamIdOf(request)),
      ...(notes.keysInUrl ? DEPRECATED : {}),
      ...problem.headers,
    })
    .send(render(problem, hiderFor(request)))
}

/** Raw calls take any type, so the usual advice would be wrong. */
const wordedFor = ({ routeOptions }: FastifyRequest, reason: Reason): ErrorDetails =>
  reason === 'UNSUPPORTED_CONTENT_TYPE' && routeOptions.config?.kind === 'raw'
    ? { message: 'The Content-Type header is not of the form type/subtype.' }
    : {}

const codeOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : ''
}
