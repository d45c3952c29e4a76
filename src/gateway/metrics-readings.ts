import { monitorEventLoopDelay } from 'node:perf_hooks'
import { cpuUsage, memoryUsage } from 'node:process'
import type { Readings } from './metrics-registry.ts'

/** Between two looks at the event loop. They cost no JavaScript and keep nothing alive. */
const TICK_MS = 20

/**
 * What every Node process can tell of itself, read when somebody asks. The library's own collectors would load
 * OpenTelemetry, and leave an observer behind for each server that ever ran.
 */
export function processReadings() {
  const delay = monitorEventLoopDelay({ resolution: TICK_MS })
  delay.enable()
  // Its values are the time from one look to the next.
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - TICK_MS / 1_000)
  const readings = {
    process_cpu_seconds_total: () => {
      const { user, system } = cpuUsage()
      return (user + system) / 1e6
    },
    process_resident_memory_bytes: () => memoryUsage.rss(),
    process_start_time_seconds: () => performance.timeOrigin / 1_000,
    nodejs_heap_size_used_bytes: () => memoryUsage().heapUsed,
    nodejs_external_memory_bytes: () => memoryUsage().external,
    nodejs_eventloop_lag_p50_seconds: () => late(delay.percentile(50)),
    nodejs_eventloop_lag_p99_seconds: () => late(delay.percentile(99)),
    nodejs_eventloop_lag_max_seconds: () => late(delay.max),
  } satisfies Readings
  return { readings, readAll: () => delay.reset(), close: () => void delay.disable() }
}
