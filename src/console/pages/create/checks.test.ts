import { expect, test } from 'vitest'
import { faultsOf, isDone } from './checks.ts'
import { EMPTY } from './form.ts'

test('an empty form misses what has no default', () => {
  const faults = faultsOf(EMPTY)
  expect(Object.keys(faults)).toEqual(['regionId', 'image', 'type', 'vpcId', 'subnetId', 'password', 'name'])
  expect([isDone('disks', faults), isDone('network', faults)]).toEqual([true, false])
})

test('a system disk holds the image', () => {
  const image = {
    id: 'i',
    name: 'i',
    minDisk: 60,
    minRam: 0,
    isArm: false,
    isMarket: false,
    isWindows: false,
  }
  expect(faultsOf({ ...EMPTY, image, rootSize: '40' })).toHaveProperty('rootSize', 'badSize')
  expect(faultsOf({ ...EMPTY, image, rootSize: '60' })).not.toHaveProperty('rootSize')
})

test('an address, a count and tags', () => {
  expect(faultsOf({ ...EMPTY, ipAddress: '10.0.0.300' })).toHaveProperty('ipAddress')
  expect(faultsOf({ ...EMPTY, ipAddress: '10.0.0.30' })).not.toHaveProperty('ipAddress')
  expect(faultsOf({ ...EMPTY, count: '0' })).toHaveProperty('count')
  const tag = { key: 'a', value: '' }
  expect(faultsOf({ ...EMPTY, tags: [tag, tag] })).toHaveProperty('tags')
})

test('how long is paid for in advance, and the most an hour of the spot market may cost', () => {
  const prePaid = { ...EMPTY, charging: 'prePaid', periodNum: '5' } as const
  expect(faultsOf(prePaid)).not.toHaveProperty('periodNum')
  expect(faultsOf({ ...prePaid, periodType: 'year' })).toHaveProperty('periodNum', 'badPeriod')
  expect(faultsOf({ ...prePaid, count: '101' })).toHaveProperty('count')
  const spot = { ...EMPTY, charging: 'spot', periodNum: '0' } as const
  expect(faultsOf(spot)).not.toHaveProperty('periodNum')
  expect(faultsOf({ ...spot, spotPrice: 'cheap' })).toHaveProperty('spotPrice')
})
