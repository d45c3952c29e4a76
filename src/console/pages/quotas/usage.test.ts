import { expect, test } from 'vitest'
import { byFullness, isIdle, kindAndType, levelOf, type Usage, usagesOf } from './usage.ts'

const usage = (limit: number, used?: number): Usage => ({
  kind: 'subnet',
  unit: 'count',
  limit,
  ...(used === undefined ? {} : { used }),
})

test('how full a quota is', () => {
  expect(levelOf(usage(-1, 5_000))).toBe('unlimited')
  expect(levelOf(usage(16))).toBe('limit')
  expect(levelOf(usage(0, 0))).toBe('none')
  expect(levelOf(usage(10, 7))).toBe('fine')
  expect(levelOf(usage(10, 8))).toBe('near')
  expect(levelOf(usage(10, 10))).toBe('full')
  expect(levelOf(usage(10, 12))).toBe('full')
})

test('the fullest come first, limits without a use last', () => {
  const ordered = [usage(16), usage(-1, 0), usage(10, 1), usage(-1, 3), usage(10, 9)].sort(byFullness)
  expect(ordered).toEqual([usage(10, 9), usage(10, 1), usage(-1, 3), usage(-1, 0), usage(16)])
})

test('of ecs, limits find their use; what vpc owns is left to it', () => {
  const absolute = {
    maxTotalInstances: 2048,
    totalInstancesUsed: 2,
    maxTotalRAMSize: 1024,
    totalRAMUsed: 512,
    maxTotalKeypairs: -1,
    maxSecurityGroups: 100,
    limit_by_flavor: [],
  }
  expect(usagesOf({ absolute })).toEqual([
    { kind: 'maxTotalInstances', limit: 2048, used: 2, unit: 'count' },
    { kind: 'maxTotalRAMSize', limit: 1024, used: 512, unit: 'MiB' },
    { kind: 'maxTotalKeypairs', limit: -1, unit: 'count' },
  ])
})

test('of disks, what is reserved counts as used', () => {
  const quota_set = {
    id: 'p',
    gigabytes: { limit: 100, in_use: 80, reserved: 10 },
    per_volume_gigabytes: { limit: 32_768, in_use: 0, reserved: 0 },
    volumes_SAS: { limit: -1, in_use: 0, reserved: 0 },
  }
  const usages = usagesOf({ quota_set })
  expect(usages).toEqual([
    { kind: 'gigabytes', limit: 100, used: 90, unit: 'GiB' },
    { kind: 'per_volume_gigabytes', limit: 32_768, unit: 'GiB' },
    { kind: 'volumes_SAS', limit: -1, used: 0, unit: 'count' },
  ])
  expect(usages.map(isIdle)).toEqual([false, false, true])
})

test('of vpc and ims, resources as they stand', () => {
  const quotas = { resources: [{ type: 'vpc', used: 1, quota: 150 }, { used: 3 }] }
  expect(usagesOf({ quotas })).toEqual([{ kind: 'vpc', limit: 150, used: 1, unit: 'count' }])
})

test('a quota of one type of disk', () => {
  expect(kindAndType('volumes_SAS')).toEqual({ base: 'volumes', type: 'SAS' })
  expect(kindAndType('per_volume_gigabytes')).toEqual({ base: 'per_volume_gigabytes' })
})
