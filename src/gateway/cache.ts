import { type Caller, identifier } from '../huaweicloud/caller.ts'
import type { Cloud, Language, Pair } from '../huaweicloud/cloud.ts'
import { UpstreamFailure } from '../huaweicloud/failure.ts'
import type { Operation } from '../huaweicloud/operation.ts'
import type { Answer } from '../huaweicloud/transport.ts'
import { whyFailed } from '../huaweicloud/why-failed.ts'
import type { Outside } from '../outside.ts'
import { buildFlights } from './cache-flights.ts'
import { gatherer } from './cache-gather.ts'
import { buildStore, type Kept, type Store, tagged } from './cache-store.ts'
import type { Limit } from './deadline.ts'
import { enveloped } from './envelope.ts'
import type { Route } from './route.ts'

export interface CacheSettings {
  /** How long what is kept; 0 is not at all. */
  readonly ttlMs: Readonly<Record<NonNullable<Route['cached']>, number>>
  readonly mostBytes: number
}

/** How a caller came by a kept answer: it was there, Huawei was asked for him, or for somebody who asked just before. */
export type Origin = 'hit' | 'miss' | 'shared'

export interface MetricsOfCache {
  cached(route: string, origin: Origin): void
  cacheHolds(bytes: number): void
}

/** A question whose answer may be kept. */
export interface Sought {
  readonly caller: Caller
  readonly operation: Operation
  readonly region: string
  readonly projectId?: string | undefined
  readonly language?: Language | undefined
  readonly query: readonly Pair[]
  /** The caller wants no kept answer. */
  readonly anew: boolean
  readonly limit: Pick<Limit, 'signal' | 'until'>
  send(signal: AbortSignal, until: number): Promise<Answer>
  /** Counts as time that Huawei took. */
  time<T>(act: () => Promise<T>): Promise<T>
}

/** `age`, milliseconds, of one that was there; `answer` is too long to be kept. */
export type Found = { kept: Kept; age?: number } | { answer: Answer }

export interface AnswerCache extends Pick<Store, 'form' | 'clear'> {
  /** Undefined where nothing is kept of this route. */
  for(route: Route): ((sought: Sought) => Promise<Found>) | undefined
  /** Undefined where a route changes nothing that is kept. */
  outdating(route: Route): ((caller: Caller) => void) | undefined
}

/** Of all bytes, one answer's; and so many answers may be gathered at once, before it is known how long they are. */
const SHARES = 8

const NOTHING: CacheSettings = { ttlMs: { flavors: 0, images: 0 }, mostBytes: 0 }

export const mayBeCached = ({ cached }: Pick<Route, 'cached'>, { ttlMs }: CacheSettings): boolean =>
  cached !== undefined && ttlMs[cached] > 0

/**
 * Keeps whole answers for whoever asks the same with the same keys. What a pair got is found by a keyed hash over access
 * key, secret and token, and only as long as Huawei has not rejected that pair: who has a wrong secret finds nothing, and
 * who is not known yet is asked for.
 */
export function buildCache(
  settings: CacheSettings = NOTHING,
  cloud: Pick<Cloud, 'acceptance' | 'endpoints'>,
  outside: Pick<Outside, 'elapsed'>,
  metrics: MetricsOfCache,
): AnswerCache {
  const identify = identifier()
  const store = buildStore(settings.mostBytes, metrics.cacheHolds)
  const flights = buildFlights<Kept | Passing>()
  const gather = gatherer(Math.floor(settings.mostBytes / SHARES), SHARES)

  const finder = (kind: NonNullable<Route['cached']>, path: string) => async (sought: Sought) => {
    const { caller, region, projectId = '', language = '', operation, query, anew, limit } = sought
    const pair = identify(caller)
    const parts = [kind, region, projectId, language, operation.name, operation.path, JSON.stringify(query)]
    const topic = { pair, kind, key: identify(caller, ...parts) }
    const known = anew ? undefined : store.find(topic, cloud.acceptance(caller), outside.elapsed())
    if (known) {
      metrics.cached(path, 'hit')
      return known
    }
    const begin = async (signal: AbortSignal, isCurrent: () => boolean): Promise<Kept | Passing> => {
      metrics.cached(path, 'miss')
      const answer = await sought.send(signal, limit.until)
      const acceptance = cloud.acceptance(caller)
      const value = await gather(answer, { operation, region }, signal)
      if (!value) return passing(answer)
      const kept = tagged(enveloped(value), answer.requestId)
      if (acceptance && isCurrent())
        store.keep(topic, kept, acceptance, outside.elapsed(), settings.ttlMs[kind])
      return kept
    }
    const { value, began } = await sought
      .time(() => flights.join(topic, { signal: limit.signal, anew, begin }))
      .catch((error) => {
        throw error === limit.signal.reason ? stopped(sought, hostOf(sought), error) : error
      })
    if ('tag' in value) {
      if (!began) metrics.cached(path, 'shared')
      return { kept: value }
    }
    const answer = value.take()
    if (answer) return { answer }
    metrics.cached(path, 'miss')
    return { answer: await sought.send(limit.signal, limit.until) }
  }

  const hostOf = ({ operation: { service }, region, caller }: Sought) =>
    cloud.endpoints.find(service, region, caller.accessKey)?.host ?? ''

  return {
    for: (route) =>
      route.cached && mayBeCached(route, settings) ? finder(route.cached, route.path) : undefined,
    outdating({ outdates: kind }) {
      if (!kind || settings.ttlMs[kind] === 0) return undefined
      return (caller) => {
        const which = { kind, pair: identify(caller) }
        flights.part(which)
        store.forget(which)
      }
    },
    form: store.form,
    clear: store.clear,
  }
}

/** A stream, for one of those who wait for it. */
interface Passing {
  take(): Answer | undefined
}

function passing(answer: Answer): Passing {
  let left: Answer | undefined = answer
  return {
    take() {
      const taken = left
      left = undefined
      return taken
    },
  }
}

const stopped = ({ operation, region }: Sought, host: string, why: unknown) =>
  new UpstreamFailure(whyFailed(why, true), { operation, region, host, sent: true })
