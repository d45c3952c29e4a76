import { expect, test } from 'vitest'
import { batchesOf, reasonsOf, sortedFor, whyNot } from './power.ts'

test('an action is for instances in the state that it changes', () => {
  expect(whyNot('start', { status: 'SHUTOFF' })).toBeUndefined()
  expect(whyNot('start', { status: 'ACTIVE' })).toBe('running')
  expect(whyNot('stop', { status: 'ACTIVE' })).toBeUndefined()
  expect(whyNot('reboot', { status: 'SHUTOFF' })).toBe('stopped')
  expect(whyNot('stop', { status: 'ERROR' })).toBe('inError')
  expect(whyNot('stop', { status: 'ACTIVE', 'OS-EXT-STS:task_state': 'rebooting' })).toBe('busy')
})

test('what is broken can be terminated, but not what is locked, paid ahead or going already', () => {
  expect(whyNot('terminate', { status: 'ERROR' })).toBeUndefined()
  expect(whyNot('terminate', { status: 'ACTIVE', locked: true })).toBe('locked')
  expect(whyNot('terminate', { status: 'ACTIVE', metadata: { charging_mode: '1' } })).toBe('prepaid')
  expect(whyNot('terminate', { status: 'ACTIVE', 'OS-EXT-STS:task_state': 'deleting' })).toBe('busy')
})

test('of many, those that fit are told from the others', () => {
  const servers = ['ACTIVE', 'SHUTOFF', 'SHUTOFF', 'ERROR'].map((status) => ({ status }))
  const { fit, unfit } = sortedFor('stop', servers)
  expect(fit).toHaveLength(1)
  expect(reasonsOf(unfit)).toEqual([
    ['stopped', 2],
    ['inError', 1],
  ])
})

test('one call goes to each region, and no more than a thousand in one', () => {
  const targets = Array.from({ length: 1_502 }, (_, n) => ({
    id: `ins-${n}`,
    name: `web-${n}`,
    regionId: n < 2 ? 'cn-east-2' : 'cn-north-4',
  }))
  expect(batchesOf(targets).map((batch) => [batch[0]?.regionId, batch.length])).toEqual([
    ['cn-east-2', 2],
    ['cn-north-4', 1_000],
    ['cn-north-4', 500],
  ])
})
