import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cloud } from '../huaweicloud/cloud.ts'
import type { Outside } from '../outside.ts'
import type { AgentNote } from './agent-note.ts'
import { answerWith } from './answer.ts'
import { answerKept } from './answer-kept.ts'
import { askerFor } from './asker.ts'
import { type Audit, auditedFor } from './audit-trail.ts'
import type { AnswerCache } from './cache.ts'
import { soughtBy } from './cache-question.ts'
import { callFor, leaving } from './call.ts'
import type { Compression } from './compression.ts'
import { type Deadlines, deadline, secondsFor } from './deadline.ts'
import { dropMade, handedOver } from './handed-over.ts'
import { type Noticed, requestReader } from './intake.ts'
import { languageOf } from './language.ts'
import { listOutcome } from './list-outcome.ts'
import type { Logger } from './log.ts'
import type { MetricsOfLimits } from './metrics-kept.ts'
import { nothingHere } from './not-found.ts'
import { readQuery, searchOf } from './query.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Route } from './route.ts'
import type { Stopwatch } from './stopwatch.ts'
import { waitedFor } from './wait-for-job.ts'

/** What the log line tells of a request beside its status; filled on the way. */
export interface Notes extends Noticed {
  startedAt: number
  /** Whether the outcome is known and on its way out. */
  answered: boolean
  /** Of a token whose secret was right, whether it still opens anything or not. */
  tokenId?: string
  reason?: string
  /** Where an agent asked, through a tool. */
  agent?: AgentNote
  upstreamRequestId?: string
  /** Attempts at calls to Huawei Cloud after their first. */
  repeats: number
  /** The time Huawei Cloud took. */
  upstream: Stopwatch
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
  limits: RateLimits
  /** Told of requests that only wait. */
  rests: MetricsOfLimits['rests']
  log: Logger
  cache: AnswerCache
  compression: Compression
  /** Left out, nothing is kept of writes. */
  audit?: Audit
  /** Aborted when the server is to end: nothing is waited for any more. */
  drained: AbortSignal
  /** Aborted shortly before all connections are cut, so that there is an answer for everybody. */
  ending: AbortSignal
}

/** A route's life: read and check, ask, answer. */
export function handler(route: Route, settings: HandlerSettings) {
  const { audit, cache, cloud, compression, deadlines, drained, keysInUrl, limits } = settings
  const wishOf = compression.for(route)
  const find = cache.for(route)
  const outdate = cache.outdating(route)
  const read = requestReader(route, cloud.endpoints, keysInUrl)
  const most = route.method === 'GET' ? deadlines.read : deadlines.write

  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { notes, raw } = request
    const query = readQuery(searchOf(raw.url))
    const params = request.params as Record<string, string>
    // With a slash at its end, a list's path looks like that of an item without a name.
    if (Object.values(params).includes('')) throw nothingHere(request, request.server)
    const intake = read({ headers: raw.headers, params, query, body: request.body }, notes)
    const handed = handedOver(raw)
    if (!handed) limits.byCaller(notes, reply)
    const audited = audit && auditedFor(audit, settings.outside, request, route.path)
    const asker = askerFor(
      cloud,
      intake.caller,
      notes,
      route.path,
      languageOf(raw.headers),
      audited,
      handed?.made,
    )
    const seconds = secondsFor(raw.headers, most)
    // A list that is read page by page has a deadline for each; only the caller's own is one for all.
    const whole = intake.list ? secondsFor(raw.headers, Number.POSITIVE_INFINITY) : seconds
    const time = handed ? (handed.until - settings.outside.elapsed()) / 1_000 : whole
    const limit = deadline(reply.raw, time, route.method === 'GET', settings.outside, settings.ending)
    const left = leaving(reply, drained)
    const call = callFor(request, intake, asker, limit, left, reply, settings)
    const wish = wishOf?.(raw.headers, reply)
    try {
      if (route.list && intake.list) {
        const { shown } = call
        const work = { row: route.list, list: intake.list, intake, asker, settings, shown }
        const outcome = listOutcome({ ...work, over: limit.signal, pageMs: seconds * 1_000 })
        await answerWith(reply, outcome, false, wish)
        return
      }
      const sought = find && soughtBy(request, route, intake, call, asker, limit)
      if (sought) {
        const found = await find(sought)
        limit.end()
        if ('kept' in found) await answerKept(reply, found, wish, cache.form)
        else await answerWith(reply, found, false, wish)
        return
      }
      const outcome = await route.run(call)
      limit.end()
      await answerWith(
        reply,
        await waitedFor(outcome, route, intake, call, settings.log),
        intake.wantsResponseId,
        wish,
      )
    } finally {
      if (outdate && intake.caller) outdate(intake.caller)
      limit.end()
      left.end()
      if (handed) dropMade(handed)
    }
  }
}
