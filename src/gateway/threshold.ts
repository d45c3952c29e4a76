import type { Cloud } from '../huaweicloud/cloud.ts'
import type { Outside } from '../outside.ts'
import { auditReadings } from './audit-readings.ts'
import type { Audit } from './audit-trail.ts'
import { doorkeeper } from './doorkeeper.ts'
import { ofKnownMethod } from './known-method.ts'
import type { Logger } from './log.ts'
import { keepMetrics, type Metrics } from './metrics-kept.ts'
import type { Patience } from './patience.ts'
import type { PressureLimits } from './pressure.ts'
import { buildGate, type Handler } from './pressure-gate.ts'
import type { Taker } from './quick-connection.ts'
import { type SecurityEvents, securityEvents } from './security-events.ts'
import { type Listeners, listenersFor } from './server.ts'
import { watchUpstream } from './upstream-watch.ts'

export interface ThresholdSettings {
  cloud: Cloud
  outside: Outside
  log: Logger
  /** Lines that could not be written. */
  logLinesDropped(): number
  pressure: PressureLimits
  /** Keeps what was written; left out, nothing is. */
  audit?: Audit
  version: string
  tls?: { cert: string; key: string }
  keepAliveMs: number
  patience: Patience
  allowedOrigins: readonly string[]
}

/** What a request passes before there is one: sockets, the parser, the gate. And what is counted on the way. */
export interface Threshold {
  readonly listeners: Listeners
  readonly metrics: Metrics
  readonly events: SecurityEvents
  /** The first server, with everything in front of the handler. */
  create(handler: Handler, take: Taker): ReturnType<Listeners['create']>
  isOverloaded(): boolean
  /** Calls when memory runs short. */
  onShortage(forget: () => void): void
  close(): void
}

export function buildThreshold(settings: ThresholdSettings): Threshold {
  const { outside, log } = settings
  const watch = watchUpstream(settings.cloud)
  const metrics = keepMetrics(settings.version, {
    ...watch.readings,
    hca_log_lines_dropped_total: settings.logLinesDropped,
    hca_event_loop_delay_seconds: () => gate.delay(),
    ...auditReadings(settings.audit),
  })
  watch.begin(log, metrics)
  const events = securityEvents(log, outside)
  const listeners = listenersFor({
    tls: settings.tls,
    keepAliveMs: settings.keepAliveMs,
    elapsed: outside.elapsed,
    patience: settings.patience,
    door: doorkeeper(outside, metrics, events),
  })
  const forgettable: (() => void)[] = []
  const gate = buildGate({
    ...settings.pressure,
    outside,
    log,
    allowedOrigins: settings.allowedOrigins,
    working: metrics.working,
    count: metrics.shed,
    relieve: () => {
      for (const forget of forgettable) forget()
    },
  })
  return {
    listeners,
    metrics,
    events,
    create: (handler, take) =>
      listeners.create(gate.before(ofKnownMethod(handler, outside, metrics.refused)), (unseen, sender, url) =>
        gate.letsIn(() => take(unseen, sender, url)),
      ),
    isOverloaded: gate.isOverloaded,
    onShortage: (forget) => void forgettable.push(forget),
    close() {
      gate.close()
      metrics.close()
      events.close()
    },
  }
}
