import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cloud } from '../huaweicloud/cloud.ts'
import type { Answer } from '../huaweicloud/transport.ts'
import type { Outside } from '../outside.ts'
import { type Deadlines, deadline, secondsFor } from './deadline.ts'
import { enveloped, streamEnveloped } from './envelope.ts'
import { DEPRECATED, JSON_TYPE, upstreamIdHeader } from './headers.ts'
import { type Intake, type Noticed, requestReader } from './intake.ts'
import { readQuery, searchOf } from './query.ts'
import type { Call, Outcome, Route } from './route.ts'

/** What the log line tells of a request beside its status; filled on the way. */
export interface Notes extends Noticed {
  startedAt: number
  /** Whether the outcome is known and on its way out. */
  answered: boolean
  reason?: string
  upstreamRequestId?: string
  upstreamMs?: number
}

declare module 'fastify' {
  interface FastifyRequest {
    notes: Notes
  }
}

export interface HandlerSettings {
  cloud: Cloud
  outside: Outside
  deadlines: Deadlines
  keysInUrl: boolean
}

/** A route's life: read and check, ask, answer. */
export function handler(route: Route, settings: HandlerSettings) {
  const { cloud, outside, deadlines, keysInUrl } = settings
  const read = requestReader(route, cloud.endpoints, keysInUrl)
  const most = route.method === 'GET' ? deadlines.read : deadlines.write

  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { notes, raw } = request
    const query = readQuery(searchOf(raw.url))
    const params = request.params as Record<string, string>
    const intake = read({ headers: raw.headers, params, query, body: request.body }, notes)
    const limit = deadline(reply.raw, secondsFor(raw.headers, most), route.method === 'GET')
    try {
      const call = callFor(request, intake, limit.signal)
      const outcome = await route.run(call)
      answer(reply, outcome, request, intake.wantsResponseId)
    } finally {
      limit.end()
    }
  }

  function callFor({ raw, notes }: FastifyRequest, intake: Intake, signal: AbortSignal): Call<never> {
    const { caller, regionId, projectId } = intake
    const idempotencyKey = raw.headers['idempotency-key']
    return {
      cloud,
      fields: intake.fields as never,
      passed: intake.passed,
      ...(caller ? { accessKey: caller.accessKey } : {}),
      ...(regionId ? { regionId } : {}),
      ...(typeof idempotencyKey === 'string' ? { idempotencyKey } : {}),
      uuid: outside.uuid,
      async ask(operation, more) {
        if (!caller) throw new TypeError(`${route.path} asks Huawei Cloud but needs no keys`)
        const began = outside.elapsed()
        try {
          const region = regionId ?? 'global'
          return noticed(
            await cloud.call(operation, {
              caller,
              region,
              ...(projectId ? { projectId } : {}),
              ...more,
              signal,
            }),
          )
        } finally {
          notes.upstreamMs = (notes.upstreamMs ?? 0) + outside.elapsed() - began
        }
      },
    }

    function noticed(got: Answer): Answer {
      if (got.requestId) notes.upstreamRequestId = got.requestId
      return got
    }
  }
}

function answer(
  reply: FastifyReply,
  outcome: Outcome,
  { id, notes }: FastifyRequest,
  wantsResponseId: boolean,
): void {
  const upstreamId = notes.upstreamRequestId
  const headers: Record<string, string> = {
    ...JSON_TYPE,
    ...(notes.keysInUrl ? DEPRECATED : {}),
    ...(upstreamId ? upstreamIdHeader(upstreamId) : {}),
    ...outcome.headers,
  }
  const responseId = wantsResponseId ? id : undefined
  const body = 'answer' in outcome ? outcome.answer.body : Buffer.from(JSON.stringify(outcome.value))
  if (Buffer.isBuffer(body)) {
    reply.headers(headers).send(enveloped(body, responseId))
    return
  }
  reply.hijack()
  notes.answered = true
  const already = reply.getHeaders() as Record<string, string>
  streamEnveloped(reply.raw, body, {
    headers: { ...already, ...headers },
    ...(responseId ? { responseId } : {}),
    onBroken: (why) => {
      notes.reason ??= why
    },
  })
}
