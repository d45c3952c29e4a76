import type * as Library from 'prom-client'

/** What the library keeps for one set of labels. */
interface Kept {
  readonly labels: Record<string, string>
  readonly bucketValues: Record<number, number>
  sum: number
  count: number
}

/**
 * Counts into what the library keeps for one set of labels, as its `observe` does; that makes an object and a text of
 * the labels each time, to find it again, which was four times all the rest of counting a request.
 */
export function observer(
  histogram: Library.Histogram,
  labels: Record<string, string>,
): (value: number) => void {
  histogram.zero(labels)
  const all = Object.values(Reflect.get(histogram, 'hashMap') as Record<string, Kept>)
  const kept = all.find((one) => Object.entries(labels).every(([name, value]) => one.labels[name] === value))
  if (!kept) return (value) => histogram.observe(labels, value)
  const bounds = Reflect.get(histogram, 'upperBounds') as number[]
  return (value) => {
    kept.sum += value
    kept.count += 1
    for (const bound of bounds)
      if (value <= bound) {
        kept.bucketValues[bound] = (kept.bucketValues[bound] ?? 0) + 1
        return
      }
  }
}
