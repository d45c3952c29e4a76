import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Outside } from '../outside.ts'
import { shown } from './credentials.ts'
import { handedOver } from './handed-over.ts'
import { type Logger, type RequestLine, requestLine, requestLines } from './log.ts'
import type { Metrics } from './metrics-kept.ts'
import { upstreamIdOf } from './secrets.ts'
import { Stopwatch } from './stopwatch.ts'

export interface RequestAccount {
  /** To be called first of all. */
  begin(request: FastifyRequest, reply: FastifyReply): void
  /** To be called when the outcome is known and on its way out. */
  answered(request: FastifyRequest, reply: FastifyReply): void
  /** Logs and counts a request that was accounted for elsewhere. */
  tell(line: RequestLine): void
}

/** One line a request: when its answer is out, or, where its caller left before, when its outcome is known. */
export function requestAccount(outside: Outside, log: Logger, metrics: Metrics): RequestAccount {
  const write = requestLines(log)

  function tellLine(line: RequestLine): void {
    write(line)
    metrics.tell(line)
  }
  const tell = (request: FastifyRequest, reply: FastifyReply) =>
    tellLine(lineOf(request, reply, outside.elapsed()))
  return {
    tell: tellLine,
    begin(request, reply) {
      const handed = handedOver(request.raw)
      request.notes = {
        startedAt: handed?.startedAt ?? outside.elapsed(),
        answered: false,
        secrets: [],
        repeats: 0,
        upstream: new Stopwatch(outside),
      }
      if (handed?.made) request.notes.upstream.add(handed.upstreamMs)
      const { socket } = request.raw
      metrics.began(socket)
      reply.raw.on('error', () => {}) // a caller that has gone is no bug of ours
      reply.raw.once('close', () => {
        metrics.ended(socket)
        if (request.notes.answered) tell(request, reply)
      })
    },
    answered(request, reply) {
      request.notes.answered = true
      if (reply.raw.closed) tell(request, reply)
    },
  }
}

function lineOf(request: FastifyRequest, { raw }: FastifyReply, now: number): RequestLine {
  const { id, method, notes, is404, routeOptions } = request
  return requestLine({
    method,
    route: is404 ? 'none' : (routeOptions.url ?? 'none'),
    status: raw.statusCode,
    requestId: id,
    ms: now - notes.startedAt,
    reason: notes.reason,
    caller: shown(notes),
    upstreamRequestId: upstreamIdOf(request),
    upstreamMs: notes.upstream.ms,
    repeats: notes.repeats,
  })
}
