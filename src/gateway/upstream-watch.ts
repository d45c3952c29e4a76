import type { Cloud } from '../huaweicloud/cloud.ts'
import type { Logger } from './log.ts'
import type { Readings } from './metrics-registry.ts'

/** What the watch counts. */
export interface MetricsOfUpstream {
  repeated(cause: string): void
  breakerOpened(service: string): void
}

export interface UpstreamWatch {
  readonly readings: Readings
  /** From now on what goes wrong on the way to Huawei Cloud is counted, and logged where it lasts. */
  begin(log: Pick<Logger, 'warn'>, metrics: MetricsOfUpstream): void
}

/** Watches what is dealt with below us, so that it does not go unnoticed. */
export function watchUpstream(cloud: Pick<Cloud, 'load' | 'observe'>): UpstreamWatch {
  const open = new Set<string>()
  let skew = 0
  return {
    readings: {
      hca_upstream_breakers_open: () => open.size,
      hca_upstream_calls_in_flight: () => cloud.load().inFlight,
      hca_upstream_calls_queued: () => cloud.load().waiting,
      hca_upstream_clock_skew_seconds: () => skew,
    },
    begin(log, metrics) {
      cloud.observe({
        repeated: metrics.repeated,
        breaker({ service, region, origin }, isOpen) {
          const where = `${service} ${region} ${origin}`
          if (isOpen) open.add(where)
          else open.delete(where)
          if (isOpen) metrics.breakerOpened(service)
          log.warn(
            { service, region },
            isOpen ? 'breaker open: calls fail again and again' : 'breaker closed',
          )
        },
        clockSet(seconds) {
          skew = seconds
          log.warn(
            { seconds },
            seconds === 0
              ? 'the clock of this machine is right again'
              : 'the clock of this machine is wrong; requests are signed with the time of Huawei Cloud',
          )
        },
      })
    },
  }
}
