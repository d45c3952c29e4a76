import { setMaxListeners } from 'node:events'
import type { Outside } from '../outside.ts'
import type { Identify } from './caller.ts'
import { UpstreamFailure } from './failure.ts'
import { type JobAsk, lookAtJob, mayPassLater, type SeenJob } from './job-look.ts'
import { jobOperation } from './jobs.ts'
import { within } from './within.ts'

export type { JobAsk, SeenJob }

export interface Follower {
  /** Called for the state of each poll, the last known one at once. */
  seen(seen: SeenJob): void
  /** Called once, instead of anything further: asking again would bring the same. */
  failed(error: unknown): void
  /** Called for a poll that failed and is tried again. */
  troubled(error: unknown): void
}

export interface JobWatch {
  /** Polls for as long as anybody follows. Returns the function that ends it for this one. */
  follow(ask: JobAsk, follower: Follower): () => void
  /**
   * Resolves when the job has ended, or to what was seen last when `enough` is aborted. When nothing was seen by then,
   * rejects as the polls did, or as a timeout.
   */
  until(ask: JobAsk, enough: AbortSignal): Promise<SeenJob>
  /** Resolves to what the next look, or one of a moment ago, has found. */
  once(ask: JobAsk): Promise<SeenJob>
  close(): void
}

export interface WatchSettings {
  call: Parameters<typeof lookAtJob>[0]
  /** The project that stands for a region, so that a job is one job, with its project named or not. */
  projectOf(ask: JobAsk, signal: AbortSignal): Promise<string>
  identify: Identify
  outside: Outside
  /** How long one look may take. */
  lookMs: number
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
  /** Where it is found among the watched. */
  readonly keys: Set<string>
  last?: SeenJob
  trouble?: unknown
  /** Who polls for its followers now. */
  moved?: Watched
}

/**
 * Watches jobs with one poll each, however many wait for one, shared only among callers with the same keys:
 * a stranger must not be shown what he may not ask.
 */
export function buildJobWatch({ call, projectOf, identify, outside, lookMs }: WatchSettings): JobWatch {
  const watching = new Map<string, Watched>()
  const closing = new AbortController()
  setMaxListeners(0, closing.signal)

  const keyOf = ({ caller, region, projectId, language, jobId, services }: JobAsk) =>
    identify(caller, region, projectId ?? '', language ?? '', jobId, ...services)

  function forget(watched: Watched): void {
    for (const key of watched.keys) if (watching.get(key) === watched) watching.delete(key)
  }

  async function poll(asked: JobAsk, watched: Watched): Promise<void> {
    let ask = asked
    for (let polls = 0; watched.followers.size > 0; polls += 1) {
      const until = outside.elapsed() + lookMs
      try {
        const seen = await within(lookMs, async (signal) => {
          ask = { ...ask, projectId: ask.projectId ?? (await projectOf(ask, signal)) }
          return lookAtJob(call, ask, { signal, until })
        })
        ask = { ...ask, services: [seen.service] }
        watched.last = seen
        delete watched.trouble
        for (const follower of [...watched.followers]) follower.seen(seen)
        if (seen.ended) watched.followers.clear()
        if (merged(ask, watched)) return
      } catch (error) {
        if (!mayPassLater(error)) {
          forget(watched)
          for (const follower of [...watched.followers]) follower.failed(error)
          return
        }
        watched.trouble = error
        for (const follower of [...watched.followers]) follower.troubled(error)
      }
      // Also after the end: who asks again at once is told what is known.
      const [pace] = PACE_MS.filter((step) => polls < step.polls)
      await outside.sleep((pace?.ms ?? 0) * (1 + JITTER * outside.random()), closing.signal)
      if (watched.last?.ended) break
    }
    forget(watched)
  }

  /** Once project and service are known, those who asked for the job in other words join, and one of them polls. */
  function merged(ask: JobAsk, watched: Watched): boolean {
    const key = keyOf(ask)
    const other = watching.get(key) ?? watched
    if (other === watched) {
      watching.set(key, watched)
      watched.keys.add(key)
      return false
    }
    for (const alias of watched.keys) {
      watching.set(alias, other)
      other.keys.add(alias)
    }
    for (const follower of watched.followers) other.followers.add(follower)
    watched.moved = other
    return true
  }

  const follow: JobWatch['follow'] = (ask, follower) => {
    const key = keyOf(ask)
    const known = watching.get(key)
    const watched: Watched = known ?? { followers: new Set(), keys: new Set([key]) }
    const ended = watched.last?.ended === true
    if (!ended) watched.followers.add(follower)
    if (watched.last) follower.seen(watched.last)
    else if (watched.trouble !== undefined) follower.troubled(watched.trouble)
    if (!known) {
      watching.set(key, watched)
      // Only closing ends the sleep early.
      poll(ask, watched).catch(() => forget(watched))
    }
    return () => {
      for (let at: Watched | undefined = watched; at; at = at.moved) at.followers.delete(follower)
    }
  }

  function first(ask: JobAsk, isEnough: (seen: SeenJob) => boolean, enough?: AbortSignal): Promise<SeenJob> {
    const { promise, resolve, reject } = Promise.withResolvers<SeenJob>()
    let last: SeenJob | undefined
    let trouble: unknown
    const stop = () => {
      if (last) resolve(last)
      else reject(trouble ?? unseen(ask))
    }
    const leave = follow(ask, {
      seen(seen) {
        last = seen
        if (isEnough(seen)) resolve(seen)
      },
      failed: reject,
      troubled(error) {
        trouble = error
        if (!enough) reject(error)
      },
    })
    enough?.addEventListener('abort', stop)
    if (enough?.aborted) stop()
    return promise.finally(() => {
      enough?.removeEventListener('abort', stop)
      leave()
    })
  }

  return {
    follow,
    until: (ask, enough) => first(ask, ({ ended }) => ended, enough),
    once: (ask) => first(ask, () => true),
    close: () => closing.abort(new Error('closing')),
  }
}

function unseen({ services: [service = 'ecs'], region }: JobAsk): UpstreamFailure {
  return new UpstreamFailure(
    { kind: 'timeout' },
    { operation: jobOperation(service), region, host: '', sent: true },
  )
}
