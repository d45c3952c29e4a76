import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const V21 = 'application/openstack-images-v2.1-json-patch'

async function mine(ecs: Ecs, name = 'golden'): Promise<string> {
  const { body } = await ecs.ims('POST', '/v2/cloudimages/action', { name, instance_id: ID })
  return (await ecs.ims('GET', `/v1/${ecs.project}/jobs/${body.job_id}`)).body.entities.image_id
}
const patch = (ecs: Ecs, id: string, changes: object) => ecs.ims('PATCH', `/v2/cloudimages/${id}`, changes)
const glance = (ecs: Ecs, id: string, changes: object, type = V21) =>
  ecs.ims('PATCH', `/v2/images/${id}`, changes, type)
const gold = async (ecs: Ecs) =>
  (await ecs.ims('GET', '/v2/cloudimages?__imagetype=gold&limit=1')).body.images[0].id

test('an image changes by patches of two dialects and three types', async () => {
  const ecs = ecsIn(await startCloud(), 'cn-south-1')
  const id = await mine(ecs)
  const first = await patch(ecs, id, [
    { op: 'replace', path: '/name', value: 'new name' },
    { op: 'add', path: '/__support_kvm_gpu_type', value: 'P100_passthrough' },
    { op: 'replace', path: '/min_ram', value: '2048' },
    { op: 'replace', path: '/max_ram', value: 4096 },
  ])
  expect([first.status, first.body]).toMatchObject([
    200,
    { id, name: 'new name', __support_kvm_gpu_type: 'P100_passthrough', min_ram: 2048, max_ram: '4096' },
  ])
  expect(
    (await glance(ecs, id, [{ op: 'remove', path: '/__support_kvm_gpu_type' }])).body,
  ).not.toHaveProperty('__support_kvm_gpu_type')
  const old = 'application/openstack-images-v2.0-json-patch'
  expect((await glance(ecs, id, [{ replace: '/protected', value: true }], old)).body.protected).toBe(true)
  expect((await ecs.ims('GET', '/v2/cloudimages?name=new%20name')).body.images).toHaveLength(1)
})

test('what cannot be changed is refused in the words of each dialect', async () => {
  const ecs = ecsIn(await startCloud(), 'cn-south-1')
  const id = await mine(ecs)
  const value = 'x'
  for (const [changes, code] of [
    [{}, '0001'],
    [[], '0001'],
    [[{ op: 'move', path: '/name', value }], '0001'],
    [[{ op: 'replace', path: '/__support_xen', value }], '0035'],
    [[{ op: 'replace', path: '/owner', value }], '0035'],
    [[{ op: 'remove', path: '/name' }], '0035'],
    [[{ op: 'replace', path: '/name', value: '<x>' }], '0003'],
    [[{ op: 'replace', path: '/__description', value: 'a\nb' }], '0054'],
    [[{ op: 'replace', path: '/min_ram', value: 'much' }], '0055'],
  ] as [object, string][]) {
    const heard = await patch(ecs, id, changes)
    expect([changes, heard.status, heard.body.error.code]).toEqual([changes, 400, `IMG.${code}`])
  }
  expect((await ecs.ims('PATCH', `/v2/cloudimages/${id}`)).body.error.code).toBe('IMG.0007')
  const change = [{ op: 'replace', path: '/name', value }]
  expect((await patch(ecs, 'nobody', change)).body.error.code).toBe('IMG.0027')
  expect((await patch(ecs, await gold(ecs), change)).body.error.code).toBe('IMG.0047')
  const conflict = await glance(ecs, id, [{ op: 'replace', path: '/owner', value }])
  expect([conflict.status, conflict.body.error.code]).toEqual([409, 'IMG.0035'])
  expect((await glance(ecs, 'nobody', change)).status).toBe(404)
  expect((await glance(ecs, await gold(ecs), change)).status).toBe(403)
  expect((await glance(ecs, id, change, 'application/json')).status).toBe(415)
})

test('an image that is not done cannot be changed', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud, 'cn-south-1')
  await ecs.ims('POST', '/v2/cloudimages/action', { name: 'golden', instance_id: ID })
  const [image] = (await ecs.ims('GET', '/v2/cloudimages?name=golden')).body.images
  const change = [{ op: 'replace', path: '/name', value: 'x' }]
  expect((await patch(ecs, image.id, change)).body.error.code).toBe('IMG.0046')
})

test('only images of ones own are deleted, and only without protection', async () => {
  const ecs = ecsIn(await startCloud(), 'cn-south-1')
  const id = await mine(ecs)
  const remove = (image: string) => ecs.ims('DELETE', `/v2/images/${image}`)
  const answers = async (image: string) => {
    const { status, body } = await remove(image)
    return [status, body.error.code]
  }
  expect(await answers(await gold(ecs))).toEqual([403, 'IMG.0094'])
  const [market] = (await ecs.ims('GET', '/v2/cloudimages?__imagetype=market&limit=1')).body.images
  expect(await answers(market.id)).toEqual([403, 'IMG.0093'])
  expect(await answers('nobody')).toEqual([404, 'IMG.0027'])
  await patch(ecs, id, [{ op: 'replace', path: '/protected', value: 'true' }])
  expect(await answers(id)).toEqual([403, 'IMG.0091'])
  await patch(ecs, id, [{ op: 'replace', path: '/protected', value: 'false' }])
  const gone = await remove(id)
  expect([gone.status, gone.text]).toEqual([204, ''])
  expect((await ecs.ims('GET', `/v2/images/${id}`)).status).toBe(404)
})

test('images have tags and are found by them', async () => {
  const ecs = ecsIn(await startCloud(), 'cn-south-1')
  const id = await mine(ecs)
  const path = `/v2/${ecs.project}/images`
  const tag = { key: 'env', value: 'dev' }
  expect((await ecs.ims('POST', `${path}/${id}/tags`, { tag })).status).toBe(204)
  const more = { action: 'create', tags: [{ key: 'team', value: 'a' }] }
  expect((await ecs.ims('POST', `${path}/${id}/tags/action`, more)).status).toBe(204)
  expect((await ecs.ims('GET', `${path}/${id}/tags`)).body.tags).toEqual([tag, ...more.tags])
  expect((await ecs.ims('GET', `${path}/tags`)).body.tags).toEqual([
    { key: 'env', values: ['dev'] },
    { key: 'team', values: ['a'] },
  ])
  expect((await ecs.ims('GET', '/v2/cloudimages?tag=env%3Ddev')).body.images).toHaveLength(1)
  const search = { action: 'filter', tags: [{ key: 'env', values: ['dev'] }] }
  const found = (await ecs.ims('POST', `${path}/resource_instances/action`, search)).body
  expect([found.total_count, found.resources[0].resource_id]).toEqual([1, id])
  expect((await ecs.ims('DELETE', `${path}/${id}/tags/env`)).status).toBe(204)
  const absent = await ecs.ims('DELETE', `${path}/${id}/tags/env`)
  expect([absent.status, absent.body.error.code]).toEqual([404, 'IMG.0116'])
  const many = Array.from({ length: 11 }, (_, index) => ({ key: `k${index}` }))
  const tooMany = await ecs.ims('POST', `${path}/${id}/tags/action`, { action: 'create', tags: many })
  expect(tooMany.body.error.code).toBe('IMG.0116')
  const bad = await ecs.ims('POST', `${path}/${id}/tags`, { tag: { key: 'a=b' } })
  expect(bad.body.error.code).toBe('IMG.0115')
})
