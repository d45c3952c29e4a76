import { describe, expect, test } from 'vitest'
import { errorOf } from './helpers/house.ts'
import {
  type Bad,
  ID_FORM,
  isRefusedByUs,
  isSaid,
  NO_IDS,
  type Said,
  startSandboxHouse,
  valueIn,
} from './helpers/sandbox-house.ts'

const IMAGE = '88faab67-9e31-48d9-8027-f8a025da94de'
const ID = 'ins-r8hr2upy'
const GONE = '11111111-2222-4333-8444-555555555555'

const said: Said[] = [
  [`GET /api/images/${IMAGE}`, {}, `GET /v2/images/${IMAGE}`, {}],
  [`DELETE /api/images/${IMAGE}`, {}, `DELETE /v2/images/${IMAGE}`, {}],
  [
    `DELETE /api/images/${IMAGE}`,
    { deleteBackup: true },
    `DELETE /v2/images/${IMAGE}`,
    { body: { delete_backup: true } },
  ],
  [
    `DELETE /api/images/${IMAGE}`,
    { deleteBackup: false },
    `DELETE /v2/images/${IMAGE}`,
    { body: { delete_backup: false } },
  ],
  [
    'POST /api/images',
    { name: 'golden', instanceId: ID },
    'POST /v2/cloudimages/action',
    { body: { name: 'golden', instance_id: ID } },
  ],
  [
    'POST /api/images',
    {
      name: 'golden',
      instanceId: ID,
      description: '',
      tags: { env: 'test' },
      dataImages: [
        { name: 'd', volumeId: 'v-1', description: 'data' },
        { name: 'e', volumeId: 'v-2' },
      ],
      enterpriseProjectId: '0',
      minRam: 0,
      maxRam: 4096,
    },
    'POST /v2/cloudimages/action',
    {
      body: {
        name: 'golden',
        instance_id: ID,
        description: '',
        image_tags: [{ key: 'env', value: 'test' }],
        data_images: [
          { name: 'd', volume_id: 'v-1', description: 'data' },
          { name: 'e', volume_id: 'v-2' },
        ],
        enterprise_project_id: '0',
        min_ram: 0,
        max_ram: 4096,
      },
    },
  ],
]

test.each(said)('%s with %j is said in Huawei’s words', (...row) => isSaid(row))

test('one image is told as it is, without a name around it', async () => {
  const { value } = await startSandboxHouse()
  expect(await value(`/api/images/${IMAGE}`)).toMatchObject({
    id: IMAGE,
    status: 'active',
    visibility: 'public',
    __os_type: 'Linux',
  })
})

test('an image is made of a stopped instance, and deleted again', async () => {
  const { post, put, del, get, value } = await startSandboxHouse()
  await put('/api/instances/stop', { servers: [{ id: ID }] })
  const asks = { name: 'golden', instanceId: ID, description: 'as of today', tags: { env: 'test' } }
  const { job_id } = valueIn(await post('/api/images', asks))
  const job = await value(`/api/jobs/${job_id}?service=ims`)
  expect(job).toMatchObject({ job_id, status: 'SUCCESS' })
  const path = `/api/images/${job.entities.image_id}`
  expect(await value(path)).toMatchObject({
    name: 'golden',
    status: 'active',
    visibility: 'private',
    __imagetype: 'private',
    __description: 'as of today',
    tags: ['env=test'],
  })
  expect(valueIn(await del(path))).toEqual({})
  expect((await get(path)).status).toBe(404)
  const { images } = await value('/api/images?__imagetype=private')
  expect(images.map(({ name }: { name: string }) => name)).not.toContain('golden')
})

describe('Huawei refuses', () => {
  test('an image of an instance that runs', async () => {
    const { post } = await startSandboxHouse()
    const error = errorOf(await post('/api/images', { name: 'golden', instanceId: ID }))
    expect(error).toMatchObject({
      status: 'FAILED_PRECONDITION',
      reason: 'IMG.0008',
      domain: 'ims.cn-east-2.myhuaweicloud.com',
    })
  })

  test('an image of an instance that is not there', async () => {
    const { post } = await startSandboxHouse()
    const error = errorOf(await post('/api/images', { name: 'golden', instanceId: GONE }))
    expect(error.reason).toBe('IMG.0005')
  })

  test.each(['name ', 'a<b', 'x'.repeat(129)])('the name %j', async (name) => {
    const { post, put } = await startSandboxHouse()
    await put('/api/instances/stop', { servers: [{ id: ID }] })
    const error = errorOf(await post('/api/images', { name, instanceId: ID }))
    expect(error).toMatchObject({ status: 'INVALID_ARGUMENT', reason: expect.stringMatching(/^IMG\./) })
  })

  test('to delete a public image, which stays', async () => {
    const { del, value } = await startSandboxHouse()
    const error = errorOf(await del(`/api/images/${IMAGE}`))
    expect(error.metadata.operation).toBe('GlanceDeleteImage')
    expect(['PERMISSION_DENIED', 'INVALID_ARGUMENT']).toContain(error.status)
    expect(await value(`/api/images/${IMAGE}`)).toMatchObject({ id: IMAGE })
  })

  test.each(['get', 'del'] as const)('to %s an image that is not there', async (method) => {
    const house = await startSandboxHouse()
    expect(errorOf(await house[method](`/api/images/${GONE}`)).status).toBe('NOT_FOUND')
  })
})

describe('is refused by us, and nothing is sent', () => {
  const OK = { name: 'golden', instanceId: ID }

  test.each<Bad>([
    ...NO_IDS.flatMap((name): Bad[] => [
      [`GET /api/images/${name}`, {}, 'imageId', ID_FORM],
      [`DELETE /api/images/${name}`, {}, 'imageId', ID_FORM],
    ]),
    [`GET /api/images/${IMAGE}?limit=1`, {}, 'limit', /is not a known field/],
    [`DELETE /api/images/${IMAGE}?deleteBackup=maybe`, {}, 'deleteBackup', /true or false/],
    [`DELETE /api/images/${IMAGE}?delete_backup=true`, {}, 'delete_backup', /did you mean deleteBackup\?/],
    ['POST /api/images', {}, 'name', /is required/],
    ['POST /api/images', {}, 'instanceId', /is required/],
    ['POST /api/images', { ...OK, instance_id: ID }, 'instance_id', /did you mean instanceId\?/],
    ['POST /api/images', { ...OK, instanceId: '../x' }, 'instanceId', ID_FORM],
    ['POST /api/images', { ...OK, minRam: '1' }, 'minRam', /whole number/],
    ['POST /api/images', { ...OK, minRam: 1.5 }, 'minRam', /whole number/],
    ['POST /api/images', { ...OK, description: null }, 'description', /must be a string/],
    ['POST /api/images', { ...OK, tags: ['a.b'] }, 'tags', /must be \{"key": "value"\} or/],
    ['POST /api/images', { ...OK, dataImages: [{ name: 'd' }] }, 'dataImages[0].volumeId', /is required/],
  ])('%s with %j: %s', (...bad) => isRefusedByUs(bad))
})
