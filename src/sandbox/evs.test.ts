import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const ZONE = 'cn-east-2a'
const make = (ecs: Ecs, more = {}, beside = {}) =>
  ecs.evs('POST', 'v2.1', 'cloudvolumes', {
    volume: { availability_zone: ZONE, volume_type: 'SSD', size: 20, ...more },
    ...beside,
  })
const show = (ecs: Ecs, id: string) => ecs.evs('GET', 'v2', `cloudvolumes/${id}`)
const list = async (ecs: Ecs, query = '') => (await ecs.evs('GET', 'v2', `cloudvolumes/detail${query}`)).body

test('a disk comes by a job of its own host', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const { status, body } = await make(ecs, { name: 'data', tags: { env: 'dev' } })
  expect([status, body.volume_ids.length]).toEqual([202, 1])
  const [id] = body.volume_ids
  expect((await show(ecs, id)).body.volume.status).toBe('creating')
  cloud.pass(4_000)
  const { volume } = (await show(ecs, id)).body
  expect(volume).toMatchObject({
    id,
    name: 'data',
    status: 'available',
    size: 20,
    volume_type: 'SSD',
    bootable: 'false',
    shareable: 'false',
    multiattach: false,
    attachments: [],
    tags: { env: 'dev' },
    created_at: '2026-01-01T00:00:00.000000',
  })
  const job = (await ecs.evs('GET', 'v1', `jobs/${body.job_id}`)).body
  expect(job).toMatchObject({
    job_type: 'createVolume',
    status: 'SUCCESS',
    entities: { volume_id: id, name: 'data', size: 20, volume_type: 'SSD' },
  })
  const onEcs = await ecs.job(body.job_id)
  expect([onEcs.status, onEcs.body.error.code]).toEqual([400, 'Common.0011'])
})

test('several disks come by several sub jobs, a system disk from an image', async () => {
  const ecs = ecsIn(await startCloud())
  const { body } = await make(ecs, { name: 'many', count: 3 })
  const job = (await ecs.evs('GET', 'v1', `jobs/${body.job_id}`)).body
  expect([job.job_type, job.entities.sub_jobs.length]).toEqual(['batchCreateVolume', 3])
  expect((await list(ecs, '?name=many')).volumes.map(({ name }: { name: string }) => name)).toEqual([
    'many-0003',
    'many-0002',
    'many-0001',
  ])
  const [image] = (await ecs.ims('GET', '/v2/cloudimages?__imagetype=gold&limit=1')).body.images
  const [id] = (await make(ecs, { imageRef: image.id, size: 40 })).body.volume_ids
  expect((await show(ecs, id)).body.volume).toMatchObject({
    bootable: 'true',
    volume_image_metadata: { image_id: image.id, image_name: image.name },
  })
})

test('a disk made for a server is on it at once', async () => {
  const ecs = ecsIn(await startCloud())
  const [id] = (await make(ecs, {}, { server_id: ID })).body.volume_ids
  expect((await show(ecs, id)).body.volume).toMatchObject({
    status: 'in-use',
    attachments: [{ server_id: ID, device: '/dev/vdb' }],
  })
  const elsewhere = await make(ecs, { availability_zone: 'cn-east-2b' }, { server_id: ID })
  expect(elsewhere.body.error.code).toBe('EVS.5400')
  expect((await make(ecs, {}, { server_id: 'nobody' })).body.error.code).toBe('EVS.5404')
})

test('the list has pages by row or by marker, filters and an order', async () => {
  const ecs = ecsIn(await startCloud())
  await make(ecs, { name: 'a', size: 30, metadata: { role: 'db' } })
  await make(ecs, { name: 'b', size: 10, availability_zone: 'cn-east-2b', multiattach: true })
  const namesOf = async (query: string) =>
    (await list(ecs, query)).volumes.map(({ name }: { name: string }) => name)
  const page = await list(ecs, '?limit=1&offset=1')
  expect([page.count, page.volumes.length, page.volumes[0].name]).toEqual([4, 1, 'a'])
  expect(page.volumes_links[0].rel).toBe('next')
  expect(await namesOf(`?limit=1&marker=${page.volumes[0].id}`)).toEqual(['ecs-5d8a23rs-volume-0000'])
  expect(await namesOf('?status=available&sort_key=size&sort_dir=asc')).toEqual(['b', 'a'])
  for (const query of [
    'availability_zone=cn-east-2b',
    'multiattach=true',
    'name=b&status=available',
    `ids=${encodeURIComponent(`['${(await list(ecs, '?name=b')).volumes[0].id}']`)}`,
  ])
    expect([query, await namesOf(`?${query}`)]).toEqual([query, ['b']])
  expect(await namesOf(`?metadata=${encodeURIComponent('{"role":"db"}')}`)).toEqual(['a'])
  expect(await namesOf(`?server_id=${ID}`)).toEqual(['ecs-r8hr2upy-volume-0000'])
  expect(await namesOf('?dedicated_storage_id=x')).toEqual([])
  const path = 'cloudvolumes/detail'
  for (const query of ['limit=x', 'offset=x', 'marker=x', 'sort_key=x', 'sort_dir=x', 'metadata=x'])
    expect((await ecs.evs('GET', 'v2', `${path}?${query}`)).body.error.code).toBe('EVS.5400')
})

test.each([
  [{ size: 9 }, 400, 'EVS.1010'],
  [{ size: 32_769 }, 400, 'EVS.1010'],
  [{ name: 'x'.repeat(65) }, 400, 'EVS.1003'],
  [{ description: 'x'.repeat(86) }, 400, 'EVS.1004'],
  [{ volume_type: 'nonsense' }, 400, 'EVS.5400'],
  [{ volume_type: 'ESSD2', availability_zone: 'cn-east-2d' }, 400, 'EVS.5400'],
  [{ availability_zone: 'nowhere' }, 400, 'EVS.5400'],
  [{ count: 101 }, 400, 'EVS.5400'],
  [{ backup_id: 'x' }, 400, 'EVS.1006'],
  [{ snapshot_id: 'x' }, 404, 'EVS.5404'],
  [{ imageRef: 'x' }, 404, 'EVS.5404'],
  [{ size: 32_768, count: 100 }, 413, 'EVS.5413'],
])('the disk %j is refused', async (more, status, code) => {
  const ecs = ecsIn(await startCloud())
  const heard = await make(ecs, more)
  expect([heard.status, heard.body.error.code]).toEqual([status, code])
})

test('a disk is renamed, grown and deleted, but not while it is in use', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const [id] = (await make(ecs)).body.volume_ids
  cloud.pass(4_000)
  const renamed = await ecs.evs('PUT', 'v2', `cloudvolumes/${id}`, { volume: { name: 'new' } })
  expect([renamed.status, renamed.body.name]).toEqual([200, 'new'])
  const empty = await ecs.evs('PUT', 'v2', `cloudvolumes/${id}`, { volume: {} })
  expect(empty.body.error.code).toBe('EVS.1007')
  const grow = (new_size: number) =>
    ecs.evs('POST', 'v2.1', `cloudvolumes/${id}/action`, { 'os-extend': { new_size } })
  expect((await grow(20)).body.error.code).toBe('EVS.1010')
  expect((await grow(50)).status).toBe(202)
  expect((await show(ecs, id)).body.volume).toMatchObject({ status: 'extending', size: 20 })
  expect((await grow(60)).body.error.code).toBe('EVS.5400')
  cloud.pass(2_000)
  expect((await show(ecs, id)).body.volume).toMatchObject({ status: 'available', size: 50 })

  const { body } = await ecs.evs('DELETE', 'v2', `cloudvolumes/${id}`)
  expect((await show(ecs, id)).body.volume.status).toBe('deleting')
  cloud.pass(2_000)
  expect((await ecs.evs('GET', 'v1', `jobs/${body.job_id}`)).body).toMatchObject({
    job_type: 'deleteVolume',
    entities: { volume_id: id },
  })
  const gone = await show(ecs, id)
  expect([gone.status, gone.body.error.code]).toEqual([404, 'EVS.5404'])
  const [system] = (await list(ecs, `?server_id=${ID}`)).volumes
  const used = await ecs.evs('DELETE', 'v2', `cloudvolumes/${system.id}`)
  expect([used.status, used.body.error.code]).toEqual([400, 'EVS.5400'])
})

test('disks have tags and are found by them', async () => {
  const ecs = ecsIn(await startCloud())
  const [id] = (await make(ecs)).body.volume_ids
  const path = `cloudvolumes/${id}/tags`
  const tags = [{ key: 'env', value: 'dev' }]
  expect((await ecs.evs('POST', 'v2', `${path}/action`, { action: 'create', tags })).status).toBe(204)
  expect((await ecs.evs('GET', 'v2', path)).body).toEqual({ tags })
  expect((await ecs.evs('GET', 'v2', 'cloudvolumes/tags')).body).toEqual({ tags: { env: ['dev'] } })
  const search = { action: 'filter', limit: 10, offset: 0, tags: [{ key: 'env', values: ['dev'] }] }
  const found = (await ecs.evs('POST', 'v2', 'cloudvolumes/resource_instances/action', search)).body
  expect([found.total_count, found.resources[0].resource_id]).toEqual([1, id])
  await ecs.evs('POST', 'v2', `${path}/action`, { action: 'delete', tags: [{ key: 'env' }] })
  expect((await ecs.evs('GET', 'v2', path)).body).toEqual({ tags: [] })
})

test('types, zones and quotas can be asked for', async () => {
  const ecs = ecsIn(await startCloud())
  const { volume_types } = (await ecs.evs('GET', 'v2', 'types')).body
  expect(volume_types.map(({ name }: { name: string }) => name)).toContain('GPSSD')
  const zones = (await ecs.evs('GET', 'v2', 'os-availability-zone')).body.availabilityZoneInfo
  expect(zones[0]).toEqual({ zoneName: ZONE, zoneState: { available: true } })
  const quota = (await ecs.evs('GET', 'v2', `os-quota-sets/${ecs.project}?usage=True`)).body.quota_set
  expect(quota).toMatchObject({
    volumes: { in_use: 2 },
    gigabytes: { in_use: 80 },
    volumes_SAS: { in_use: 2 },
  })
  expect((await ecs.evs('GET', 'v2', 'os-quota-sets/other')).body.error.code).toBe('EVS.5403')
})

test('the disks of another project are nobody elses business', async () => {
  const cloud = await startCloud()
  const host = 'evs.cn-east-2.myhuaweicloud.com'
  const { status, body } = await cloud.call({ host, path: '/v2/nobody/cloudvolumes/detail' })
  expect([status, body.error.code]).toEqual([400, 'EVS.0001'])
})
