import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Cloud } from '../huaweicloud/cloud.ts'
import type { Outside } from '../outside.ts'
import { outcomeOfAnswer } from './audit-outcome.ts'
import { type Audit, auditedFor } from './audit-trail.ts'
import { type Deadlines, deadline, secondsFor } from './deadline.ts'
import { goOn } from './go-on.ts'
import type { TokenScope } from './grants.ts'
import { languageOf } from './language.ts'
import type { RateLimits } from './rate-limits.ts'
import { sendRaw } from './raw-answer.ts'
import { MOST_BYTES, RawBodies } from './raw-body.ts'
import { isSafe, RAW_METHODS, readRawRequest } from './raw-intake.ts'
import { readRawPath } from './raw-path.ts'
import type { WorkUnderWay } from './work-under-way.ts'

export interface RawSettings {
  cloud: Cloud
  deadlines: Deadlines
  limits: RateLimits
  outside: Outside
  ending: AbortSignal
  work: WorkUnderWay
  audit?: Audit
}

/** Any operation of any service, in Huawei's own words: signed, and nothing else done to it. */
export function mountRaw(
  app: FastifyInstance,
  { audit, cloud, deadlines, ending, limits, outside, work }: RawSettings,
): void {
  const bodies = new RawBodies()
  app.register(async (raw) => {
    raw.removeAllContentTypeParsers()
    raw.addContentTypeParser('*', (_request, _body, done) => done(null)) // read below, once the rest is found good
    raw.route({
      method: [...RAW_METHODS],
      url: '/api/raw/*',
      config: { kind: 'raw', scope: scopeOf },
      handler: work.counted(pass),
    })
  })

  async function pass(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { raw, method, notes } = request
    const { operation, headers, ...asked } = readRawRequest(request, cloud.endpoints)
    limits.byCaller(notes, reply)
    const language = languageOf(raw.headers)
    const seconds = secondsFor(raw.headers, isSafe(method) ? deadlines.read : deadlines.write)
    const proceed = () => goOn(raw, reply.raw, MOST_BYTES)
    const answer = await bodies.whileHeld(raw, proceed, async (body) => {
      const limit = deadline(reply.raw, seconds, isSafe(method), outside, ending)
      try {
        const send = () =>
          notes.upstream.time(() =>
            cloud.raw(operation, {
              ...asked,
              headers: headers.signed,
              unsigned: headers.unsigned,
              ...(body ? { body } : {}),
              ...(language ? { language } : {}),
              signal: limit.signal,
              until: limit.until,
              onRepeat: () => {
                notes.repeats += 1
              },
            }),
          )
        if (!audit || !operation.write) return await send()
        const { region, projectId } = asked
        const write = { operation, region, projectId, clientToken: headers.signed['x-client-token'] }
        return await auditedFor(audit, outside, request, '/api/raw/*')(
          write,
          limit.signal,
          send,
          outcomeOfAnswer,
        )
      } finally {
        limit.end()
      }
    })
    if (answer.requestId) notes.upstreamRequestId = answer.requestId
    sendRaw(reply, answer)
  }
}

/** Services that hand out identity: with them, everything else could be had. */
const IDENTITY = /^(?:iam|sts|iamaccessanalyzer|identitycenter.*|organizations|ram|rgc)$/

const scopeOf = ({ raw }: FastifyRequest): TokenScope =>
  IDENTITY.test(readRawPath(raw.url ?? '').service) ? 'iam' : 'admin'
