import type * as Library from 'prom-client'
import { type Metric, type MetricName, metrics, type Named } from './metrics.ts'
import { Counter, Gauge, Histogram, Registry } from './metrics-library.ts'

/** Metrics that are not kept but looked up when somebody asks. */
export type Readings = Partial<Record<Named<'counter' | 'gauge'>, () => number>>

export interface Registered {
  readonly contentType: string
  counter(name: Named<'counter'>): Library.Counter
  gauge(name: Named<'gauge'>): Library.Gauge
  histogram(name: Named<'histogram'>): Library.Histogram
  text(): Promise<string>
}

/** The table's metrics for one server: two in one process share none. */
export function register(readings: Readings): Registered {
  const registry = new Registry()
  for (const [name, row] of Object.entries<Metric>(metrics)) {
    const read = readings[name as keyof Readings]
    const { help, labels = [] } = row
    const common = { name, help, labelNames: labels, registers: [registry] }
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
