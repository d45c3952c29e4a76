import { expect, test } from 'vitest'
import { choicesOf, narrowed } from '../../parts/table/facets.ts'
import { en } from '../../text/en.ts'
import { facetsOf } from './facets.ts'
import type { Instance } from './facts.ts'

const server = (id: string, more: Partial<Instance>): Instance => ({ id, regionId: 'cn-east-2', ...more })
const servers = [
  server('a', { status: 'ACTIVE', flavor: { id: 's6.large.2' }, tags: ['env=test', '__type_virtual'] }),
  server('b', { status: 'SHUTOFF', flavor: { id: 's6.large.2' }, tags: ['env=live'] }),
  server('c', { status: 'ACTIVE', metadata: { os_type: 'Windows', image_name: 'Windows Server 2022' } }),
]
const facets = facetsOf(en)

test('values of one facet are alternatives, facets narrow each other', () => {
  expect(narrowed(servers, facets, { tag: ['env=test', 'env=live'] }).map(({ id }) => id)).toEqual(['a', 'b'])
  expect(narrowed(servers, facets, { status: ['ACTIVE'], flavor: ['s6.large.2'] })).toEqual([servers[0]])
  expect(narrowed(servers, facets, { image: ['Windows'] })).toEqual([servers[2]])
})

test('the tags of Huawei itself are not offered', () => {
  const tags = facets.find(({ id }) => id === 'tag')
  expect(tags && choicesOf(tags, servers, []).map(({ value }) => value)).toEqual(['env=live', 'env=test'])
})
