import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const create = (ecs: Ecs, body: object) => ecs.ims('POST', '/v2/cloudimages/action', body)
const jobOf = async (ecs: Ecs, id: string) => (await ecs.ims('GET', `/v1/${ecs.project}/jobs/${id}`)).body

test('a stopped server becomes an image, from which servers can be made', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud, 'cn-south-1')
  const image_tags = [{ key: 'env', value: 'dev' }]
  const wanted = { name: 'golden', description: 'mine', instance_id: ID, image_tags, min_ram: 1024 }
  const { status, body } = await create(ecs, wanted)
  expect([status, Object.keys(body)]).toEqual([200, ['job_id']])
  cloud.pass(5_000)
  expect(await jobOf(ecs, body.job_id)).toMatchObject({
    job_type: 'createImageByInstance',
    status: 'RUNNING',
    end_time: '',
    entities: { image_name: 'golden', process_percent: 0.5, current_task: 'CreateImageByInstanceTask' },
  })
  const busy = (await ecs.show(ID)).body.server
  expect([busy.status, busy['OS-EXT-STS:task_state']]).toEqual(['SHUTOFF', 'image_snapshot'])
  const [saving] = (await ecs.ims('GET', '/v2/cloudimages?name=golden')).body.images
  expect(saving.status).toBe('saving')
  expect((await ecs.ims('DELETE', `/v2/images/${saving.id}`)).body.error.code).toBe('IMG.0090')
  expect((await create(ecs, { ...wanted, name: 'second' })).body.error.code).toBe('IMG.0010')

  cloud.pass(5_000)
  const { entities } = await jobOf(ecs, body.job_id)
  expect(entities).toMatchObject({
    image_id: saving.id,
    process_percent: 1,
    results: [{ image_id: saving.id, project_id: ecs.project, status: 'success' }],
  })
  const { job_id } = body
  expect((await ecs.ims('GET', `/v1/cloudimages/job/${job_id}`)).body.entities).toMatchObject({
    image_id: saving.id,
    subJobId: expect.stringMatching(/^ff8080/),
  })
  expect((await ecs.job(job_id)).body.error.code).toBe('Common.0011')
  const image = (await ecs.ims('GET', `/v2/images/${saving.id}`)).body
  expect(image).toMatchObject({
    status: 'active',
    visibility: 'private',
    __imagetype: 'private',
    __os_type: 'Linux',
    __data_origin: `instance,${ID}`,
    __description: 'mine',
    owner: ecs.project,
    min_disk: 40,
    min_ram: 1024,
    max_ram: '0',
    tags: ['env=dev'],
    protected: false,
  })
  const id = await ecs.made({
    imageRef: saving.id,
    flavorRef: 's6.large.2',
    root_volume: { volumetype: 'SSD' },
  })
  expect((await ecs.show(id)).body.server.metadata).toMatchObject({
    image_name: 'golden',
    'metering.imagetype': 'private',
  })
})

test('data disks become images of their own', async () => {
  const ecs = ecsIn(await startCloud())
  const volume = { availability_zone: 'cn-east-2a', volume_type: 'SSD', size: 20 }
  const [volume_id] = (await ecs.evs('POST', 'v2.1', 'cloudvolumes', { volume })).body.volume_ids
  const { body } = await create(ecs, { data_images: [{ name: 'data', volume_id, tags: ['a.b'] }] })
  const { entities, job_type } = await jobOf(ecs, body.job_id)
  expect(job_type).toBe('createImageByVolume')
  const image = (await ecs.ims('GET', `/v2/images/${entities.image_id}`)).body
  expect(image).toMatchObject({ virtual_env_type: 'DataImage', min_disk: 20, tags: ['a=b'] })
  expect((await ecs.evs('GET', 'v2', `cloudvolumes/${volume_id}`)).body.volume.status).toBe('available')
})

test('a disk that is not done makes no image', async () => {
  const ecs = ecsIn(await startCloud({ by: 'clock' }))
  const volume = { availability_zone: 'cn-east-2a', volume_type: 'SSD', size: 20 }
  const [volume_id] = (await ecs.evs('POST', 'v2.1', 'cloudvolumes', { volume })).body.volume_ids
  const heard = await create(ecs, { data_images: [{ name: 'data', volume_id }] })
  expect([heard.status, heard.body.error.code]).toEqual([400, 'IMG.0022'])
})

test.each([
  [{ instance_id: ID }, '0013'],
  [{ name: 7, instance_id: ID }, '0062'],
  [{ name: 'x'.repeat(129), instance_id: ID }, '0002'],
  [{ name: ' x', instance_id: ID }, '0003'],
  [{ name: 'x', instance_id: ID, description: 'x'.repeat(1_025) }, '0004'],
  [{ name: 'x', instance_id: ID, description: '<b>' }, '0054'],
  [{ name: 'x' }, '0012'],
  [{ name: 'x', instance_id: 'nobody' }, '0005'],
  [{ name: 'x', instance_id: ID }, '0008'],
  [{ name: 'x', instance_id: ID, min_ram: 2, max_ram: 1 }, '0055'],
  [{ name: 'x', instance_id: ID, min_ram: '2' }, '0055'],
  [{ name: 'x', instance_id: ID, tags: ['a.b'], image_tags: [] }, '0116'],
  [{ name: 'x', instance_id: ID, image_tags: [{ key: 'a=b' }] }, '0115'],
  [{ name: 'x', instance_id: ID, enterprise_project_id: 'other' }, '0155'],
  [{ name: 'x', instance_id: [] }, '0001'],
  [{ data_images: [{ name: 'x', volume_id: 'nobody' }] }, '0120'],
  [{ name: 'x', image_url: 'bucket:object', min_disk: 40 }, '0121'],
])('the image %j is refused', async (body, code) => {
  const ecs = ecsIn(await startCloud())
  const heard = await create(ecs, body)
  expect([heard.status, heard.body.error.code]).toEqual([400, `IMG.${code}`])
})

test('a name is given once, and a quota holds', async () => {
  const ecs = ecsIn(await startCloud(), 'cn-south-1')
  await create(ecs, { name: 'golden', instance_id: ID })
  expect((await create(ecs, { name: 'golden', instance_id: ID })).body.error.code).toBe('IMG.0009')
  const { images } = ecs.holdings()
  const [any] = images.values()
  for (let number = images.size; any && number < 100; number++) images.set(`filler ${number}`, any)
  expect((await create(ecs, { name: 'one more', instance_id: ID })).body.error.code).toBe('IMG.0015')
  const [quota] = (await ecs.ims('GET', '/v1/cloudimages/quota')).body.quotas.resources
  expect(quota).toEqual({ type: 'image', used: 100, quota: 100, min: 1, max: 1_000 })
})

test('an image is copied within its region', async () => {
  const ecs = ecsIn(await startCloud(), 'cn-south-1')
  const { job_id } = (await create(ecs, { name: 'golden', instance_id: ID })).body
  const id = (await jobOf(ecs, job_id)).entities.image_id
  const heard = await ecs.ims('POST', `/v1/cloudimages/${id}/copy`, { name: 'copy' })
  const copy = await jobOf(ecs, heard.body.job_id)
  expect([copy.job_type, copy.entities.image_name]).toEqual(['copyImageInRegion', 'copy'])
  expect((await ecs.ims('GET', `/v2/images/${copy.entities.image_id}`)).body).toMatchObject({
    name: 'copy',
    status: 'active',
    min_disk: 40,
  })
  const [gold] = (await ecs.ims('GET', '/v2/cloudimages?__imagetype=gold&limit=1')).body.images
  const theirs = await ecs.ims('POST', `/v1/cloudimages/${gold.id}/copy`, { name: 'mine' })
  expect(theirs.body.error.code).toBe('IMG.0047')
})

test('systems are listed by platform, jobs of others are unknown', async () => {
  const ecs = ecsIn(await startCloud())
  const platforms = (await ecs.ims('GET', '/v1/cloudimages/os_version')).body
  const ubuntu = platforms.find(({ platform }: { platform: string }) => platform === 'Ubuntu')
  expect(ubuntu.version_list[0]).toMatchObject({ platform: 'Ubuntu', os_bit: 64, os_type: 'Linux' })
  const arm = (await ecs.ims('GET', '/v1/cloudimages/os_version?tag=arm')).body
  expect(arm.length).toBeLessThan(platforms.length)
  const { job_id } = (await ecs.act({ 'os-stop': { servers: [{ id: ID }] } })).body
  expect((await ecs.ims('GET', `/v1/cloudimages/job/${job_id}`)).body.error.code).toBe('IMG.0023')
})
