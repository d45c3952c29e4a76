import { describe, expect, test } from 'vitest'
import { errorOf, keyHeaders, send, startBoth } from './helpers/house.ts'
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

const ID = 'ins-r8hr2upy'
const ONE = `/api/instances/${ID}`
const SERVER = `/v1/{p}/cloudservers/${ID}`
const VOLUME = '0f9e0d3e-1111-4222-8333-123456789abc'

const said: Said[] = [
  [`GET ${ONE}`, {}, `GET ${SERVER}`, {}],
  [`PUT ${ONE}`, { name: 'a' }, `PUT ${SERVER}`, { body: { server: { name: 'a' } } }],
  [
    `PUT ${ONE}`,
    { name: '云', description: '', hostname: 'h' },
    `PUT ${SERVER}`,
    { body: { server: { name: '云', description: '', hostname: 'h' } } },
  ],
  [`GET ${ONE}/resize`, {}, 'GET /v1/{p}/cloudservers/resize_flavors', { query: { instance_uuid: ID } }],
  [
    `GET ${ONE}/resize`,
    { limit: 5 },
    'GET /v1/{p}/cloudservers/resize_flavors',
    { query: { instance_uuid: ID, limit: '5' } },
  ],
  [
    `PUT ${ONE}/resize`,
    { instanceType: 's6.xlarge.2' },
    `POST /v1.1/{p}/cloudservers/${ID}/resize`,
    { body: { resize: { flavorRef: 's6.xlarge.2' } } },
  ],
  [
    `PUT ${ONE}/resize`,
    { instanceType: 's6.xlarge.2', stopIfRunning: true, dedicatedHostId: 'h-1', autoPay: true },
    `POST /v1.1/{p}/cloudservers/${ID}/resize`,
    {
      body: {
        resize: {
          flavorRef: 's6.xlarge.2',
          dedicated_host_id: 'h-1',
          mode: 'withStopServer',
          extendparam: { isAutoPay: 'true' },
        },
      },
    },
  ],
  [
    `PUT ${ONE}/resize`,
    { instanceType: 's6.xlarge.2', stopIfRunning: false, autoPay: false },
    `POST /v1.1/{p}/cloudservers/${ID}/resize`,
    { body: { resize: { flavorRef: 's6.xlarge.2', extendparam: { isAutoPay: 'false' } } } },
  ],
  [
    `PUT ${ONE}/password`,
    { password: 'Example-Pass-1' },
    `PUT ${SERVER}/os-reset-password`,
    { body: { 'reset-password': { new_password: 'Example-Pass-1' } } },
  ],
  [
    `PUT ${ONE}/password`,
    { password: 'Example-Pass-1', checkPassword: true },
    `PUT ${SERVER}/os-reset-password`,
    { body: { 'reset-password': { new_password: 'Example-Pass-1', is_check_password: true } } },
  ],
  [
    `POST ${ONE}/console`,
    {},
    `POST ${SERVER}/remote_console`,
    { body: { remote_console: { protocol: 'vnc', type: 'novnc' } } },
  ],
  [`GET ${ONE}/tags`, {}, `GET ${SERVER}/tags`, {}],
  [
    `POST ${ONE}/tags`,
    { tags: { env: 'test', empty: '' } },
    `POST ${SERVER}/tags/action`,
    {
      body: {
        action: 'create',
        tags: [
          { key: 'env', value: 'test' },
          { key: 'empty', value: '' },
        ],
      },
    },
  ],
  [
    `POST ${ONE}/tags`,
    { tags: [{ key: 'env', value: 'test' }, { key: 'bare' }] },
    `POST ${SERVER}/tags/action`,
    {
      body: {
        action: 'create',
        tags: [
          { key: 'env', value: 'test' },
          { key: 'bare', value: '' },
        ],
      },
    },
  ],
  [
    `DELETE ${ONE}/tags/${encodeURIComponent('环 境')}`,
    {},
    `POST ${SERVER}/tags/action`,
    { body: { action: 'delete', tags: [{ key: '环 境' }] } },
  ],
  [`GET ${ONE}/volumes`, {}, `GET ${SERVER}/block_device`, {}],
  [
    `POST ${ONE}/volumes`,
    { volumeId: VOLUME },
    `POST ${SERVER}/attachvolume`,
    { body: { volumeAttachment: { volumeId: VOLUME } } },
  ],
  [
    `POST ${ONE}/volumes`,
    { volumeId: VOLUME, device: '/dev/vdb' },
    `POST ${SERVER}/attachvolume`,
    { body: { volumeAttachment: { volumeId: VOLUME, device: '/dev/vdb' } } },
  ],
  [`DELETE ${ONE}/volumes/${VOLUME}`, {}, `DELETE ${SERVER}/detachvolume/${VOLUME}`, {}],
  [
    `DELETE ${ONE}/volumes/${VOLUME}`,
    { force: true },
    `DELETE ${SERVER}/detachvolume/${VOLUME}`,
    { query: { delete_flag: '1' } },
  ],
  [
    `DELETE ${ONE}/volumes/${VOLUME}`,
    { force: false },
    `DELETE ${SERVER}/detachvolume/${VOLUME}`,
    { query: { delete_flag: '0' } },
  ],
  [
    'GET /api/volumes',
    { status: 'available' },
    'GET /v2/{p}/cloudvolumes/detail',
    { query: { status: 'available' } },
  ],
]

test.each(said)('%s with %j is said in Huawei’s words', (...row) => isSaid(row))

describe('one instance', () => {
  test('is told with all its details', async () => {
    const { value } = await startSandboxHouse()
    const { server } = await value(ONE)
    expect(server).toMatchObject({ id: ID, status: 'ACTIVE', flavor: { id: 's6.large.2', ram: '4096' } })
  })

  test('takes a new name, description and host name', async () => {
    const { put, value } = await startSandboxHouse()
    const changes = { name: 'web-1', description: 'first of many', hostname: 'web-1.example' }
    expect(valueIn(await put(ONE, changes)).server).toMatchObject({ id: ID, name: 'web-1' })
    const { server } = await value(ONE)
    expect(server).toMatchObject({
      name: 'web-1',
      description: 'first of many',
      'OS-EXT-SRV-ATTR:hostname': 'web-1.example',
    })
    valueIn(await put(ONE, { description: '' }))
    expect((await value(ONE)).server).toMatchObject({ name: 'web-1', description: '' })
  })

  test('tells what it may become, and becomes it', async () => {
    const { put, value } = await startSandboxHouse()
    const { flavors, count } = await value(`${ONE}/resize?all=true&fields=id,vcpus,ram`)
    expect(count).toBe(flavors.length)
    expect(flavors).toContainEqual({ id: 's6.xlarge.2', vcpus: '4', ram: 8_192 })
    expect(flavors).not.toContainEqual(expect.objectContaining({ id: 's6.large.2' }))
    for (const id of ['kc1.large.2', flavors.at(-1).id]) {
      const may = flavors.some((flavor: { id: string }) => flavor.id === id)
      const { status } = await put(`${ONE}/resize`, { instanceType: id, stopIfRunning: true })
      expect([id, status]).toEqual([id, may ? 200 : 400])
    }
  })

  test('is resized while it runs, if that is wanted, and runs again', async () => {
    const { put, value } = await startSandboxHouse()
    const got = await put(`${ONE}/resize`, { instanceType: 's6.xlarge.2', stopIfRunning: true })
    expect(valueIn(got)).toEqual({ job_id: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect((await value(ONE)).server).toMatchObject({ status: 'ACTIVE', flavor: { id: 's6.xlarge.2' } })
  })

  test.each([{}, { stopIfRunning: false }])(
    'is not resized while it runs, with %j: Huawei’s Ecs.0100',
    async (more) => {
      const { put, value } = await startSandboxHouse()
      const error = errorOf(await put(`${ONE}/resize`, { instanceType: 's6.xlarge.2', ...more }))
      expect(error).toMatchObject({
        status: 'FAILED_PRECONDITION',
        reason: 'Ecs.0100',
        domain: 'ecs.cn-east-2.myhuaweicloud.com',
      })
      expect((await value(ONE)).server).toMatchObject({ status: 'ACTIVE', flavor: { id: 's6.large.2' } })
    },
  )

  test('gets a new password, and the answer is empty', async () => {
    const { put } = await startSandboxHouse()
    expect(valueIn(await put(`${ONE}/password`, { password: 'Example-Pass-1' }))).toEqual({})
  })

  test('a password that Huawei refuses is in neither the answer nor the log', async () => {
    const { put, logged } = await startSandboxHouse()
    const password = 'quiteplain'
    const got = await put(`${ONE}/password`, { password, checkPassword: true })
    expect(errorOf(got).reason).toMatch(/^Ecs\./)
    expect(got.text).not.toContain(password)
    expect(JSON.stringify(await logged(1))).not.toContain(password)
  })

  test('a password that Huawei’s text quotes becomes stars', async () => {
    const { double, url } = await startBoth()
    const password = 'Example-Pass-1'
    const text = `{"error":{"code":"Ecs.0005","message":"reset-password.new_password [${password}] is bad"}}`
    double.answer('PUT /v1/', { status: 400, body: text })
    const got = await send('PUT', `${url}${ONE}/password`, { password, regionId: 'cn-south-1' }, keyHeaders)
    expect(errorOf(got).message).toBe('reset-password.new_password [***] is bad')
    expect(got.text).not.toContain(password)
  })

  test('opens its console, also when nothing is sent in the body', async () => {
    const { url, post } = await startSandboxHouse()
    const console = { type: 'novnc', protocol: 'vnc', url: expect.stringMatching(/^https:.*token=/) }
    expect(valueIn(await post(`${ONE}/console`)).remote_console).toEqual(console)
    const bare = await fetch(`${url}${ONE}/console?regionId=cn-east-2`, {
      method: 'POST',
      headers: {
        'x-access-key': 'SANDBOXACCESSKEY0001',
        'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000001',
      },
    })
    expect(await bare.json()).toMatchObject({ data: { value: { remote_console: console } } })
  })
})

describe('tags', () => {
  test('are added, written over, listed and taken off', async () => {
    const { post, del, value } = await startSandboxHouse()
    const all = async () => (await value(`${ONE}/tags`)).tags
    expect(valueIn(await post(`${ONE}/tags`, { tags: { env: 'test', owner: 'anna' } }))).toEqual({})
    valueIn(await post(`${ONE}/tags`, { tags: [{ key: 'env', value: 'live' }] }))
    const both = await all()
    expect(both).toHaveLength(2)
    expect(both).toContainEqual({ key: 'env', value: 'live' })
    expect(both).toContainEqual({ key: 'owner', value: 'anna' })
    expect(valueIn(await del(`${ONE}/tags/env`))).toEqual({})
    valueIn(await del(`${ONE}/tags/env`))
    expect(await all()).toEqual([{ key: 'owner', value: 'anna' }])
    expect((await value(ONE)).server.tags).toContain('owner=anna')
  })

  test('more than there may be is Huawei’s to refuse', async () => {
    const { post } = await startSandboxHouse()
    const tags = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`k${n}`, 'v']))
    expect(errorOf(await post(`${ONE}/tags`, { tags })).reason).toBe('Ecs.0905')
  })
})

describe('disks', () => {
  const create = {
    name: 'with-disk',
    imageId: '88faab67-9e31-48d9-8027-f8a025da94de',
    instanceType: 'ac6.12xlarge.2',
    vpcId: 'dd7bac93-90f9-4fd3-8d4e-335e178f7aa5',
    nics: [{ subnetId: '3ffaa982-367f-4633-927a-ad4866e2ad4a' }],
    rootVolume: { volumeType: 'SSD', size: 40 },
    dataVolumes: [{ volumeType: 'SSD', size: 100 }],
  }
  const job = { job_id: expect.stringMatching(/^[0-9a-f]{32}$/) }

  test('are detached from one instance and attached to another', async () => {
    const { post, del, value } = await startSandboxHouse()
    const [serverId] = valueIn(await post('/api/instances', create)).serverIds
    const [root, data] = (await value(`/api/instances/${serverId}/volumes`)).volumeAttachments
    expect(root).toMatchObject({ bootIndex: 0, size: 40, serverId })
    expect(data).toMatchObject({ size: 100, serverId })
    const { volumeId } = data

    expect(valueIn(await del(`/api/instances/${serverId}/volumes/${volumeId}?force=false`))).toEqual(job)
    const free = (await value('/api/volumes?status=available')).volumes
    expect(free).toMatchObject([{ id: volumeId, status: 'available', attachments: [] }])

    expect(valueIn(await post(`${ONE}/volumes`, { volumeId, device: '/dev/vdc' }))).toEqual(job)
    const [, attached] = (await value(`${ONE}/volumes`)).volumeAttachments
    expect(attached).toMatchObject({ volumeId, device: '/dev/vdc', serverId: ID })
    expect((await value(`/api/instances/${serverId}/volumes`)).volumeAttachments).toHaveLength(1)
  })

  test('that are attached already, or the system disk of what runs, are Huawei’s to refuse', async () => {
    const { post, del, value } = await startSandboxHouse()
    const [{ volumeId }] = (await value(`${ONE}/volumes`)).volumeAttachments
    const again = errorOf(await post('/api/instances/ins-5d8a23rs/volumes', { volumeId }))
    expect(again).toMatchObject({ reason: 'Ecs.0103', domain: 'ecs.cn-east-2.myhuaweicloud.com' })
    expect(errorOf(await del(`${ONE}/volumes/${volumeId}`)).reason).toMatch(/^Ecs\./)
  })
})

describe('an instance that is not there is Huawei’s 404', () => {
  const GONE = '/api/instances/11111111-2222-4333-8444-555555555555'

  test.each<
    [method: 'get' | 'put' | 'post' | 'del', path: string, fields: Record<string, unknown>, code?: string]
  >([
    ['get', '', {}],
    ['put', '', { name: 'a' }],
    ['get', '/resize', {}],
    ['put', '/resize', { instanceType: 's6.xlarge.2' }],
    // The call for passwords has codes of its own.
    ['put', '/password', { password: 'Example-Pass-1' }, 'Ecs.0614'],
    ['post', '/console', {}],
    ['get', '/tags', {}],
    ['post', '/tags', { tags: { a: 'b' } }],
    ['del', '/tags/a', {}],
    ['get', '/volumes', {}],
    ['post', '/volumes', { volumeId: VOLUME }],
    ['del', `/volumes/${VOLUME}`, {}],
  ])('%s %s', async (method, path, fields, reason = 'Ecs.0114') => {
    const house = await startSandboxHouse()
    const error = errorOf(await house[method](`${GONE}${path}`, fields))
    expect(error).toMatchObject({ status: 'NOT_FOUND', reason })
  })
})

describe('is refused by us, and nothing is sent', () => {
  const noId = (ours: (name: string) => string, field: string): Bad[] =>
    NO_IDS.map((name) => [ours(name), {}, field, ID_FORM])

  test.each<Bad>([
    ...noId((name) => `GET /api/instances/${name}`, 'instanceId'),
    ...noId((name) => `PUT /api/instances/${name}/resize`, 'instanceId'),
    ...noId((name) => `DELETE ${ONE}/volumes/${name}`, 'volumeId'),
    ...['detail', 'flavors', 'limits', 'tags'].map(
      (word): Bad => [`GET /api/instances/${word}`, {}, 'instanceId', /is no instance/],
    ),
    ['PUT /api/instances/server-name', { name: 'a' }, 'instanceId', /is no instance/],
    [`PUT ${ONE}`, {}, 'body', /must hold one of name, description, hostname/],
    [`PUT ${ONE}`, { nmae: 'a' }, 'nmae', /did you mean name\?/],
    [`PUT ${ONE}`, { name: 4 }, 'name', /must be a string/],
    [`PUT ${ONE}`, { name: '' }, 'name', /must not be empty/],
    [`PUT ${ONE}`, { name: null }, 'name', /must be a string/],
    [`PUT ${ONE}`, { name: 'a', instanceId: 'other' }, 'instanceId', /in the path already/],
    [`PUT ${ONE}/resize`, {}, 'instanceType', /is required/],
    [`PUT ${ONE}/resize`, { flavorRef: 'x' }, 'flavorRef', /is not a known field/],
    [`PUT ${ONE}/resize`, { instanceType: 'x', stopIfRuning: true }, 'stopIfRuning', /stopIfRunning\?/],
    [`PUT ${ONE}/resize`, { instanceType: 'x', stopIfRunning: 'true' }, 'stopIfRunning', /true or false/],
    [`PUT ${ONE}/resize`, { instanceType: 'x', dedicatedHostId: '../h' }, 'dedicatedHostId', ID_FORM],
    [`PUT ${ONE}/password`, {}, 'password', /is required/],
    [`PUT ${ONE}/password`, { password: 12345678 }, 'password', /must be a string/],
    [`PUT ${ONE}/password`, { password: 'x', checkPassword: 1 }, 'checkPassword', /true or false/],
    [`POST ${ONE}/console`, { kind: 'vnc' }, 'kind', /is not a known field/],
    [`POST ${ONE}/tags`, {}, 'tags', /is required/],
    [`POST ${ONE}/tags`, { tags: 'a=b' }, 'tags', /must be \{"key": "value"\} or/],
    [`POST ${ONE}/tags`, { tags: { a: 1 } }, 'tags', /must be \{"key": "value"\} or/],
    [`POST ${ONE}/tags`, { tags: [{ value: 'a' }] }, 'tags', /must be \{"key": "value"\} or/],
    ...['.', '%2e%2e', 'a%2Fb', 'a%0A', '%5C', 'a'.repeat(129)].map(
      (key): Bad => [`DELETE ${ONE}/tags/${key}`, {}, 'key', /must be the key of a tag/],
    ),
    [`POST ${ONE}/volumes`, {}, 'volumeId', /is required/],
    [`POST ${ONE}/volumes`, { volumeId: '/etc/passwd' }, 'volumeId', ID_FORM],
    [`DELETE ${ONE}/volumes/v-1?force=perhaps`, {}, 'force', /true or false/],
    [`DELETE ${ONE}/volumes/v-1?fore=true`, {}, 'fore', /did you mean force\?/],
  ])('%s with %j: %s', (...bad) => isRefusedByUs(bad))
})
