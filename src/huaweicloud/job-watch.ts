import { setMaxListeners } from 'node:events'
import type { Outside } from '../outside.ts'
import type { Caller, Identify } from './caller.ts'
import type { Service } from './endpoints.ts'
import { type Circumstances, NotAskable, UpstreamFailure } from './failure.ts'
import { hasEnded, type Job, jobOperation, UNKNOWN_JOB } from './jobs.ts'
import type { Operation } from './operation.ts'
import { isThrottled } from './throttled.ts'
import type { Answer } from './transport.ts'
import { wholeBody } from './whole-body.ts'
import { within } from './within.ts'

export interface JobAsk {
  caller: Caller
  region: string
  projectId?: string
  jobId: string
  /** Asked in turn until one knows the job. */
  services: readonly Service[]
}

/** A job as one poll found it. */
export interface SeenJob {
  /** Huawei's own text. */
  readonly bytes: Buffer
  readonly job: Job
  readonly ended: boolean
  readonly requestId?: string
}

export interface Follower {
  /** Called for the state of each poll, the last known one at once. */
  seen(seen: SeenJob): void
  /** Called once, instead of anything further: asking again would bring the same. */
  failed(error: unknown): void
  /** Called for a poll that failed and is tried again. */
  troubled?(error: unknown): void
}

export interface JobWatch {
  /** Polls for as long as anybody follows. Returns the function that ends it for this one. */
  follow(ask: JobAsk, follower: Follower): () => void
  /**
   * Resolves when the job has ended, or to what was seen last when `enough` is aborted. Rejects as the poll
   * did when nothing was ever seen.
   */
  until(ask: JobAsk, enough: AbortSignal): Promise<SeenJob>
  close(): void
}

/** How long a job is left alone between two polls, by how often it was asked: people watch the first minute. */
const PACE_MS = [
  { polls: 15, ms: 1_000 },
  { polls: 60, ms: 2_000 },
  { polls: Number.POSITIVE_INFINITY, ms: 5_000 },
] as const

/** So that jobs begun together are not asked for together. */
const JITTER = 0.2

interface Watched {
  readonly followers: Set<Follower>
  last?: SeenJob
  trouble?: unknown
}

type Call = (operation: Operation, ask: Ask) => Promise<Answer>
type Ask = Omit<JobAsk, 'jobId' | 'services'> & { params: Record<string, string>; signal: AbortSignal }

/**
 * Watches jobs with one poll each, however many wait for one, shared only among callers with the same keys:
 * a stranger must not be shown what he may not ask.
 */
export function buildJobWatch(call: Call, identify: Identify, outside: Outside, pollMs: number): JobWatch {
  const watching = new Map<string, Watched>()
  const closing = new AbortController()
  setMaxListeners(0, closing.signal)

  async function poll(key: string, ask: JobAsk, watched: Watched): Promise<void> {
    let services = ask.services
    for (let polls = 0; watched.followers.size > 0; polls += 1) {
      try {
        const { seen, service } = await look({ ...ask, services })
        services = [service]
        watched.last = seen
        delete watched.trouble
        for (const follower of [...watched.followers]) follower.seen(seen)
        if (seen.ended) watched.followers.clear()
      } catch (error) {
        if (!mayPass(error)) {
          watching.delete(key)
          for (const follower of [...watched.followers]) follower.failed(error)
          return
        }
        watched.trouble = error
        for (const follower of [...watched.followers]) follower.troubled?.(error)
      }
      // Also after the end: who asks again at once is told what is known.
      const [pace] = PACE_MS.filter((step) => polls < step.polls)
      await outside.sleep((pace?.ms ?? 0) * (1 + JITTER * outside.random()), closing.signal)
      if (watched.last?.ended) break
    }
    watching.delete(key)
  }

  function look({ jobId, services, ...ask }: JobAsk): Promise<{ seen: SeenJob; service: Service }> {
    return within(pollMs, async (signal) => {
      const { answer, service } = await firstThatKnows(services, (service) =>
        call(jobOperation(service), { ...ask, params: { job_id: jobId }, signal }),
      )
      return { seen: await seenIn(answer, jobOperation(service), ask.region, signal), service }
    })
  }

  const follow: JobWatch['follow'] = (ask, follower) => {
    const key = identify(ask.caller, ask.region, ask.projectId ?? '', ask.jobId, ...ask.services)
    const known = watching.get(key)
    const watched: Watched = known ?? { followers: new Set() }
    const ended = watched.last?.ended === true
    if (!ended) watched.followers.add(follower)
    if (watched.last) follower.seen(watched.last)
    else if (watched.trouble !== undefined) follower.troubled?.(watched.trouble)
    if (!known) {
      watching.set(key, watched)
      // Only closing ends the sleep early.
      poll(key, ask, watched).catch(() => watching.delete(key))
    }
    return () => watched.followers.delete(follower)
  }

  return {
    follow,
    until(ask, enough) {
      const { promise, resolve, reject } = Promise.withResolvers<SeenJob>()
      let last: SeenJob | undefined
      let trouble: unknown
      // Nothing seen and nothing wrong yet: the first poll, which has its own deadline, decides.
      const settleIfEnough = () => {
        if (last && (last.ended || enough.aborted)) resolve(last)
        else if (trouble !== undefined && enough.aborted) reject(trouble)
      }
      const leave = follow(ask, {
        seen(seen) {
          last = seen
          settleIfEnough()
        },
        failed: reject,
        troubled(error) {
          trouble = error
          settleIfEnough()
        },
      })
      enough.addEventListener('abort', settleIfEnough)
      return promise.finally(() => {
        enough.removeEventListener('abort', settleIfEnough)
        leave()
      })
    },
    close: () => closing.abort(new Error('closing')),
  }
}

/** Asks the services in turn; the first one's word counts when none knows the job. */
export async function firstThatKnows(
  services: readonly Service[],
  ask: (service: Service) => Promise<Answer>,
): Promise<{ answer: Answer; service: Service }> {
  let first: unknown
  for (const service of services) {
    try {
      return { answer: await ask(service), service }
    } catch (error) {
      if (!isUnknownJob(error)) throw error
      first ??= error
    }
  }
  throw first
}

const isUnknownJob = (error: unknown) =>
  error instanceof UpstreamFailure &&
  error.failure.kind === 'refused' &&
  error.failure.refusal.code === UNKNOWN_JOB

/** Whether the next poll may do better. A refusal stays one; a broken line or a crowd passes. */
function mayPass(error: unknown): boolean {
  if (error instanceof NotAskable || !(error instanceof UpstreamFailure)) return false
  const { failure } = error
  if (failure.kind === 'refused') return failure.status >= 500 || isThrottled(failure)
  return failure.kind !== 'cancelled' && !(failure.kind === 'unreachable' && failure.why === 'tls')
}

async function seenIn(
  answer: Answer,
  operation: Operation,
  region: string,
  signal: AbortSignal,
): Promise<SeenJob> {
  const circumstances: Circumstances = { operation, region, host: answer.host, sent: true }
  const bytes = await wholeBody(answer, circumstances, signal)
  const job = parsed(bytes)
  if (!job) throw new UpstreamFailure({ kind: 'nonsense', why: 'protocol' }, circumstances)
  const { requestId } = answer
  return { bytes, job, ended: hasEnded(job), ...(requestId ? { requestId } : {}) }
}

function parsed(bytes: Buffer): Job | undefined {
  try {
    const job: unknown = JSON.parse(bytes.toString())
    return typeof job === 'object' && job !== null && typeof Reflect.get(job, 'status') === 'string'
      ? (job as Job)
      : undefined
  } catch {
    return undefined
  }
}
