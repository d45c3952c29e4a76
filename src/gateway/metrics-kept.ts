import type { Socket } from 'node:net'
import { version as node } from 'node:process'
import type { MetricsOfCache } from './cache.ts'
import type { RequestLine } from './log.ts'
import { inFlight } from './metrics-in-flight.ts'
import { observer } from './metrics-observer.ts'
import { processReadings } from './metrics-readings.ts'
import { reasonLabels } from './metrics-reasons.ts'
import { type Readings, register } from './metrics-registry.ts'
import type { Numbers } from './metrics-sum.ts'
import type { MetricsOfUpstream } from './upstream-watch.ts'

/** What limits count, and what they count by. */
export interface MetricsOfLimits {
  limited(by: 'caller' | 'address' | 'wrong-tokens'): void
  shed(why: 'delay' | 'in-flight' | 'heap'): void
  /** A request in flight only waits, until the function it returns is called. */
  rests(): () => void
  /** Requests in flight that do not. */
  working(): number
}

export interface MetricsOfAgents {
  toolCalled(tool: string, outcome: 'ok' | 'error'): void
}

/** The numbers of one server. */
export interface Metrics extends MetricsOfLimits, MetricsOfAgents, MetricsOfUpstream, MetricsOfCache {
  readonly contentType: string
  began(socket: Socket): void
  /** Huawei Cloud is asked for one on the quick way, known by its bytes or read by Node. */
  wentQuick(how: 'unread' | 'read'): void
  /** Its answer is out, or its connection gone. */
  ended(socket: Socket): void
  /** Counts what a log line says, so that the two agree. */
  tell(line: RequestLine): void
  /** Counts what was no request, and a connection that was too many. */
  refused(reason: string): void
  dropped(): void
  text(): Promise<string>
  /** The same, to be put together with those of other processes. */
  numbers(): Promise<Numbers>
  close(): void
}

/** What is looked up once for a route, and not for each request. */
interface OfRoute {
  took(seconds: number): void
  upstreamTook(seconds: number): void
  readonly tallies: Tally[]
}

/** Requests of one route that ended alike: the library is told how many when somebody asks, which costs less. */
interface Tally {
  readonly method: string
  readonly status: number
  readonly label: string
  untold: number
}

/** Made when first used: a route that never asks Huawei Cloud has no time of its answers. */
function lazily(make: () => (value: number) => void): (value: number) => void {
  let made: ((value: number) => void) | undefined
  return (value) => {
    made ??= make()
    made(value)
  }
}

/** `others` are read elsewhere. */
export function keepMetrics(version: string, others: Readings = {}): Metrics {
  const under = inFlight()
  const self = processReadings()
  let quick = 0
  let unread = 0
  const registered = register({
    ...self.readings,
    ...others,
    hca_http_requests_in_flight: under.count,
    hca_http_quick_total: () => quick,
    hca_http_unread_total: () => unread,
  })
  registered.gauge('hca_build_info').set({ version, node: node.slice(1) }, 1)

  const requests = registered.counter('hca_http_requests_total')
  const limited = registered.counter('hca_rate_limited_total')
  const shed = registered.counter('hca_http_requests_shed_total')
  const durations = registered.histogram('hca_http_request_duration_seconds')
  const upstream = registered.histogram('hca_upstream_duration_seconds')
  const refusals = registered.counter('hca_http_refused_total')
  const repeats = registered.counter('hca_upstream_repeated_total')
  const breakers = registered.counter('hca_upstream_breaker_opened_total')
  const origins = registered.counter('hca_cache_answers_total')
  const tools = registered.counter('hca_agent_tool_calls_total')
  const held = registered.gauge('hca_cache_bytes')
  const drops = registered.counter('hca_connections_dropped_total')
  const labelOf = reasonLabels()
  const sheds = new Map<string, { inc(): void }>()
  const known = new Map<string, OfRoute>()

  function of(route: string): OfRoute {
    const found = known.get(route)
    if (found) return found
    const made: OfRoute = {
      took: observer(durations, { route }),
      upstreamTook: lazily(() => observer(upstream, { route })),
      tallies: [],
    }
    known.set(route, made)
    return made
  }

  function settle(): void {
    for (const [route, { tallies }] of known)
      for (const tally of tallies) {
        if (tally.untold === 0) continue
        requests.labels(route, tally.method, String(tally.status), tally.label).inc(tally.untold)
        tally.untold = 0
      }
  }

  return {
    contentType: registered.contentType,
    began: under.began,
    ended: under.ended,
    wentQuick(how) {
      quick += 1
      if (how === 'unread') unread += 1
    },
    rests: under.rests,
    working: under.working,
    limited: (by) => limited.labels(by).inc(),
    shed(why) {
      const counter = sheds.get(why) ?? shed.labels(why)
      sheds.set(why, counter)
      counter.inc()
    },
    tell({ route, method, status, reason, ms, upstreamMs }) {
      const { tallies, took, upstreamTook } = of(route)
      const label = labelOf(reason)
      const isAlike = (one: Tally) => one.status === status && one.label === label && one.method === method
      const tally = tallies.find(isAlike)
      if (tally) tally.untold += 1
      else tallies.push({ method, status, label, untold: 1 })
      took(ms / 1_000)
      if (upstreamMs !== undefined) upstreamTook(upstreamMs / 1_000)
    },
    refused: (reason) => refusals.inc({ reason: labelOf(reason) }),
    repeated: (cause) => repeats.inc({ cause }),
    breakerOpened: (service) => breakers.inc({ service }),
    dropped: () => drops.inc(),
    cached: (route, origin) => origins.labels(route, origin).inc(),
    toolCalled: (tool, outcome) => tools.labels(tool, outcome).inc(),
    cacheHolds: (bytes) => held.set(bytes),
    async text() {
      settle()
      const text = await registered.text()
      self.readAll()
      return text
    },
    async numbers() {
      settle()
      const numbers = await registered.numbers()
      self.readAll()
      return numbers
    },
    close: self.close,
  }
}
