import type * as Library from 'prom-client'
import { type Metric, type MetricName, metrics, type Named } from './metrics.ts'
import { Counter, Gauge, Histogram, Registry } from './metrics-library.ts'
import type { Numbers } from './metrics-sum.ts'

/** Metrics that are not kept but looked up when somebody asks. */
export type Readings = Partial<Record<Named<'counter' | 'gauge'>, () => number>>

export interface Registered {
  readonly contentType: string
  counter(name: Named<'counter'>): Library.Counter
  gauge(name: Named<'gauge'>): Library.Gauge
  histogram(name: Named<'histogram'>): Library.Histogram
  text(): Promise<string>
  /** To be put together with those of other processes. */
  numbers(): Promise<Numbers>
}

/** The table's metrics for one server: two in one process share none. */
export function register(readings: Readings): Registered {
  const registry = new Registry()
  for (const [name, row] of Object.entries<Metric>(metrics)) {
    const read = readings[name as keyof Readings]
    const { help, labels = [] } = row
    const together: Library.Aggregator = row.together ?? 'sum'
    const common = { name, help, labelNames: labels, registers: [registry], aggregator: together }
    if (row.type === 'histogram') new Histogram({ ...common, buckets: [...(row.buckets ?? [])] })
    else if (row.type === 'gauge') new Gauge({ ...common, ...(read ? { collect: settingTo(read) } : {}) })
    else new Counter({ ...common, ...(read ? { collect: countingTo(read) } : {}) })
  }
  const one = (name: MetricName): unknown => registry.getSingleMetric(name)
  return {
    contentType: registry.contentType,
    counter: (name) => one(name) as Library.Counter,
    gauge: (name) => one(name) as Library.Gauge,
    histogram: (name) => one(name) as Library.Histogram,
    text: () => registry.metrics(),
    numbers: () => registry.getMetricsAsJSON() as Promise<unknown> as Promise<Numbers>,
  }
}

const settingTo = (read: () => number) =>
  function (this: Library.Gauge) {
    this.set(read())
  }

const countingTo = (read: () => number) =>
  function (this: Library.Counter) {
    this.reset()
    this.inc(read())
  }
