import { expect, test } from 'vitest'
import { Histogram, Registry } from './metrics-library.ts'
import { observer } from './metrics-observer.ts'

const VALUES = [0, 0.001, 0.005, 0.0051, 0.7, 1, 1.5, 99]

test('counts what the library would, for each set of labels by itself', async () => {
  const [ours, theirs] = [new Registry(), new Registry()]
  const common = { name: 'took_seconds', help: 'x', labelNames: ['route'], buckets: [0.005, 0.5, 1] }
  const counted = new Histogram({ ...common, registers: [ours] })
  const told = new Histogram({ ...common, registers: [theirs] })
  for (const route of ['/a', '/b']) {
    const observe = observer(counted, { route })
    for (const value of VALUES) {
      observe(value)
      told.observe({ route }, value)
    }
  }
  expect(await ours.metrics()).toBe(await theirs.metrics())
})
