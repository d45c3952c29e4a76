import type { FastifyReply, FastifyRequest } from 'fastify'
import { GLOBAL } from '../huaweicloud/cloud.ts'
import { CallerLeft } from '../huaweicloud/why-failed.ts'
import type { Asker } from './asker.ts'
import type { Limit } from './deadline.ts'
import type { HandlerSettings } from './handle.ts'
import type { Intake } from './intake.ts'
import { type JobWaiting, jobWaiting } from './job-waiting.ts'
import { languageOf } from './language.ts'
import { allowSilence } from './patience.ts'
import { render } from './problem.ts'
import { problemOf } from './problem-of.ts'
import type { Call } from './route.ts'
import { hiderFor } from './secrets.ts'

/** A request as routes see it. */
export function callFor(
  request: FastifyRequest,
  intake: Intake,
  asker: Asker,
  { signal, until }: Limit,
  left: Leaving,
  reply: FastifyReply,
  { cloud, outside, rests }: HandlerSettings,
): Call<never> {
  const { caller, regionId, projectId } = intake
  const { raw } = request
  const region = regionId ?? GLOBAL
  return {
    cloud,
    outside,
    fields: intake.fields as never,
    passed: intake.passed,
    headers: raw.headers,
    ...(caller ? { accessKey: caller.accessKey } : {}),
    ...(regionId ? { regionId } : {}),
    ask: (operation, asked = {}) => asker(operation, asked, { region, projectId, signal, until }),
    get jobs(): JobWaiting {
      if (!caller) throw new TypeError('jobs are asked for with keys')
      const language = languageOf(raw.headers)
      return jobWaiting({
        watch: cloud.jobs,
        ask: { caller, region, ...(projectId ? { projectId } : {}), ...(language ? { language } : {}) },
        over: left.signal,
        outside,
        // Its limit on silence is for those who send nothing, not for those who wait.
        hold: () => allowSilence(raw.socket),
        rests,
      })
    },
    deadline: signal,
    announce: (headers) => void reply.headers(headers),
    shown: (error) => render(problemOf(error), hiderFor(request)),
  }
}

export interface Leaving {
  readonly signal: AbortSignal
  end(): void
}

/** A signal for when the caller leaves or `drained` is aborted; made when it is first looked at, as few calls wait. */
export function leaving(reply: FastifyReply, drained: AbortSignal): Leaving {
  let signal: AbortSignal | undefined
  let end = () => {}
  return {
    get signal() {
      if (!signal) {
        const left = new AbortController()
        const leave = () => left.abort(new CallerLeft())
        if (reply.raw.closed) leave()
        else reply.raw.once('close', leave)
        end = () => reply.raw.off('close', leave)
        signal = AbortSignal.any([left.signal, drained])
      }
      return signal
    },
    end: () => end(),
  }
}
