import { expect, test } from 'vitest'
import { chosenType } from './chosen.ts'
import { NO_FILTER, offered, saleOf } from './offered.ts'

const x86 = chosenType({
  id: 's6.large.2',
  vcpus: '2',
  ram: 4_096,
  os_extra_specs: { 'cond:operation:az': 'a(sellout),b(normal)', 'cond:operation:status': 'abandon' },
})
const arm = chosenType({
  id: 'kc1.large.2',
  vcpus: '2',
  ram: 4_096,
  os_extra_specs: { 'ecs:instance_architecture': 'arm64' },
})
const image = { id: 'i', name: 'i', minDisk: 0, minRam: 0, isArm: false, isMarket: false, isWindows: false }

test('one zone that is chosen counts, else the best of all', () => {
  expect([saleOf(x86, 'a', ['a', 'b']), saleOf(x86, '', ['a', 'b'])]).toEqual(['sellout', 'normal'])
})

test('what does not fit the image, or was withdrawn, is not offered', () => {
  expect(offered([x86, arm], image, NO_FILTER, '', ['a', 'b'])).toEqual([x86])
  expect(offered([x86, arm], { ...image, isArm: true }, NO_FILTER, '', ['a'])).toEqual([arm])
  expect(offered([x86, arm], undefined, NO_FILTER, 'c', ['c'])).toEqual([arm])
  expect(offered([x86], { ...image, minRam: 8_192 }, NO_FILTER, '', ['b'])).toEqual([])
})

test('filters', () => {
  const all = { ...NO_FILTER }
  expect(offered([x86, arm], undefined, { ...all, family: 'kc1' }, 'b', ['b'])).toEqual([arm])
  expect(offered([x86, arm], undefined, { ...all, vcpus: '4' }, 'b', ['b'])).toEqual([])
  expect(offered([x86, arm], undefined, { ...all, memory: '4', wanted: 'S6' }, 'b', ['b'])).toEqual([x86])
})
