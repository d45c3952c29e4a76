import { expect, test } from 'vitest'
import type { Instance } from './facts.ts'
import { filtered, fromAddress, inAddress, optionsFor } from './filters.ts'

const server = (id: string, more: Partial<Instance>): Instance => ({ id, regionId: 'cn-east-2', ...more })
const servers = [
  server('a', { status: 'ACTIVE', flavor: { id: 's6.large.2' }, tags: ['env=test', '__type_virtual'] }),
  server('b', { status: 'SHUTOFF', flavor: { id: 's6.large.2' }, tags: ['env=live'] }),
  server('c', { status: 'ACTIVE', metadata: { os_type: 'Windows', image_name: 'Windows Server 2022' } }),
]
const none = { status: [], flavor: [], image: [], tag: [] }

test('values of one filter are alternatives, filters narrow each other', () => {
  expect(filtered(servers, none)).toBe(servers)
  expect(filtered(servers, { ...none, tag: ['env=test', 'env=live'] }).map(({ id }) => id)).toEqual([
    'a',
    'b',
  ])
  expect(filtered(servers, { ...none, status: ['ACTIVE'], flavor: ['s6.large.2'] })).toEqual([servers[0]])
  expect(filtered(servers, { ...none, image: ['Windows'] })).toEqual([servers[2]])
})

test('a choice is what there is and what is chosen, without the tags of Huawei itself', () => {
  expect(optionsFor('status', servers, ['ERROR'])).toEqual([
    { value: 'ACTIVE', count: 2 },
    { value: 'SHUTOFF', count: 1 },
    { value: 'ERROR', count: 0 },
  ])
  expect(optionsFor('tag', servers, []).map(({ value }) => value)).toEqual(['env=live', 'env=test'])
})

test('commas and percent signs get through the address', () => {
  const values = ['a,b', '100%', '50%2C', 'plain']
  expect(fromAddress(inAddress(values).join(',').split(','))).toEqual(values)
})
