import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const OTHER = 'ins-5d8a23rs'
type Tag = { key: string; value?: string }
const change = (ecs: Ecs, action: string, tags: Tag[], id = ID) =>
  ecs.call('POST', 'v1', `cloudservers/${id}/tags/action`, { action, tags })
const shown = async (ecs: Ecs) => (await ecs.call('GET', 'v1', `cloudservers/${ID}/tags`)).body.tags

test('tags are added, replaced and taken away, as often as one likes', async () => {
  const ecs = ecsIn(await startCloud())
  const first = [
    { key: 'env', value: 'dev' },
    { key: 'team', value: 'a' },
  ]
  const heard = await change(ecs, 'create', first)
  expect([heard.status, heard.text]).toEqual([204, ''])
  await change(ecs, 'create', [{ key: 'env', value: 'prod' }])
  expect(await shown(ecs)).toEqual([
    { key: 'team', value: 'a' },
    { key: 'env', value: 'prod' },
  ])
  expect((await ecs.show(ID)).body.server.tags).toEqual(['team=a', 'env=prod', '__type_virtual'])
  await change(ecs, 'delete', [{ key: 'team', value: 'b' }])
  await change(ecs, 'delete', [{ key: 'env' }])
  expect((await change(ecs, 'delete', [{ key: 'env' }])).status).toBe(204)
  expect(await shown(ecs)).toEqual([{ key: 'team', value: 'a' }])
})

test.each([
  [Array.from({ length: 11 }, (_, index) => ({ key: `k${index}` })), 'Ecs.0905'],
  [[{ key: 'x'.repeat(37) }], 'Ecs.0906'],
  [[{ key: 'a=b' }], 'Ecs.0907'],
  [[{ key: 'a' }, { key: 'a' }], 'Ecs.0908'],
])('the tags %j are refused', async (tags, code) => {
  const ecs = ecsIn(await startCloud())
  const heard = await change(ecs, 'create', tags)
  expect([heard.status, heard.body.error.code]).toEqual([400, code])
})

test('servers are found by their tags', async () => {
  const ecs = ecsIn(await startCloud())
  await change(ecs, 'create', [
    { key: 'env', value: 'dev' },
    { key: 'team', value: 'a' },
  ])
  await change(ecs, 'create', [{ key: 'env', value: 'prod' }], OTHER)
  expect((await ecs.call('GET', 'v1', 'cloudservers/tags')).body.tags).toEqual([
    { key: 'env', values: ['dev', 'prod'] },
    { key: 'team', values: ['a'] },
  ])
  const search = (body: object) => ecs.call('POST', 'v1', 'cloudservers/resource_instances/action', body)
  const found = async (body: object) =>
    (await search({ action: 'filter', limit: '100', offset: '0', ...body })).body.resources.map(
      (each: { resource_id: string }) => each.resource_id,
    )
  expect(await found({ tags: [{ key: 'env', values: [] }] })).toEqual([OTHER, ID])
  expect(await found({ tags: [{ key: 'env', values: ['dev'] }] })).toEqual([ID])
  expect(await found({ not_tags: [{ key: 'team', values: [] }] })).toEqual([OTHER])
  expect(await found({ tags_any: [{ key: 'team' }, { key: 'env', values: ['prod'] }] })).toEqual([OTHER, ID])
  expect(await found({ matches: [{ key: 'resource_name', value: 'r8hr' }] })).toEqual([ID])
  expect(await found({ tags: [{ key: 'env', values: [] }], limit: '1', offset: '1' })).toEqual([ID])
  expect((await search({ action: 'count', tags: [{ key: 'env' }] })).body).toEqual({ total_count: 2 })
  expect((await search({ action: 'other' })).body.error.code).toBe('Ecs.0005')
  expect((await search({ action: 'filter', matches: [{ key: 'x', value: 'y' }] })).status).toBe(400)
})
