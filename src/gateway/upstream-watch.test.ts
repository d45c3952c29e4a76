import { expect, test } from 'vitest'
import type { Cloud } from '../huaweicloud/cloud.ts'
import { NOBODY, type Observer } from '../huaweicloud/observer.ts'
import type { Logger } from './log.ts'
import { watchUpstream } from './upstream-watch.ts'

function watched() {
  let observer: Observer = NOBODY
  const said: unknown[] = []
  const cloud: Pick<Cloud, 'load' | 'observe'> = {
    load: () => ({ inFlight: 0, waiting: 0 }),
    observe(by) {
      observer = by
    },
  }
  const watch = watchUpstream(cloud)
  const log: Pick<Logger, 'warn'> = { warn: (_: unknown, text?: string) => void said.push(text) }
  watch.begin(log, { repeated() {}, breakerOpened() {} })
  return { observer, said, readings: watch.readings }
}

test('the same service and region at two addresses are two places', () => {
  const { observer, readings } = watched()
  const where = { service: 'ecs', region: 'cn-north-4', origin: 'https://real' }
  observer.breaker(where, true)
  observer.breaker({ ...where, origin: 'http://sandbox' }, true)
  expect(readings.hca_upstream_breakers_open?.()).toBe(2)
  observer.breaker(where, false)
  expect(readings.hca_upstream_breakers_open?.()).toBe(1)
})

test('a clock that is put right again is not said to be wrong', () => {
  const { observer, said, readings } = watched()
  observer.clockSet(3_600)
  observer.clockSet(0)
  expect(said).toEqual([expect.stringContaining('is wrong'), 'the clock of this machine is right again'])
  expect(readings.hca_upstream_clock_skew_seconds?.()).toBe(0)
})
