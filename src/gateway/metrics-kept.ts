import type { Socket } from 'node:net'
import { version as node } from 'node:process'
import type { RequestLine } from './log.ts'
import { inFlight } from './metrics-in-flight.ts'
import { processReadings } from './metrics-readings.ts'
import { reasonLabels } from './metrics-reasons.ts'
import { register } from './metrics-registry.ts'

/** The numbers of one server. */
export interface Metrics {
  readonly contentType: string
  began(socket: Socket): void
  /** Its answer is out, or its connection gone. */
  ended(socket: Socket): void
  /** Counts what a log line says, so that the two agree. */
  tell(line: RequestLine): void
  text(): Promise<string>
  close(): void
}

/** What is looked up once for a route, and not for each request. */
interface OfRoute {
  took(seconds: number): void
  upstreamTook(seconds: number): void
  readonly counted: Map<string, { inc(): void }>
}

export function keepMetrics(version: string): Metrics {
  const under = inFlight()
  const self = processReadings()
  const registered = register({ ...self.readings, hca_http_requests_in_flight: under.count })
  registered.gauge('hca_build_info').set({ version, node: node.slice(1) }, 1)

  const requests = registered.counter('hca_http_requests_total')
  const durations = registered.histogram('hca_http_request_duration_seconds')
  const upstream = registered.histogram('hca_upstream_duration_seconds')
  const labelOf = reasonLabels()
  const known = new Map<string, OfRoute>()

  function of(route: string): OfRoute {
    const found = known.get(route)
    if (found) return found
    const made: OfRoute = {
      took: durations.labels(route).observe,
      upstreamTook: upstream.labels(route).observe,
      counted: new Map(),
    }
    known.set(route, made)
    return made
  }

  return {
    contentType: registered.contentType,
    began: under.began,
    ended: under.ended,
    tell({ route, method, status, reason, ms, upstreamMs }) {
      const { counted, took, upstreamTook } = of(route)
      const label = labelOf(reason)
      const key = `${method} ${status} ${label}`
      let counter = counted.get(key)
      if (!counter) {
        counter = requests.labels(route, method, String(status), label)
        counted.set(key, counter)
      }
      counter.inc()
      took(ms / 1_000)
      if (upstreamMs !== undefined) upstreamTook(upstreamMs / 1_000)
    },
    async text() {
      const text = await registered.text()
      self.readAll()
      return text
    },
    close: self.close,
  }
}
