import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const TOKEN = '46436810-d999-454c-bd85-e515fd258600'

test('the documented create becomes a job and a server that runs when the job has ended', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const { status, body } = await ecs.create({ server: await ecs.wanted() })
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['job_id', 'serverIds'])
  expect(body.job_id).toMatch(/^ff8080[0-9a-f]{26}$/)
  const [id] = body.serverIds
  const stateOf = async () => {
    const { server } = (await ecs.show(id)).body
    return [server.status, server['OS-EXT-STS:vm_state'], server['OS-EXT-STS:task_state']]
  }
  expect((await ecs.job(body.job_id)).body).toMatchObject({ status: 'INIT', end_time: '', entities: {} })
  expect(await stateOf()).toEqual(['BUILD', 'building', 'scheduling'])
  cloud.pass(2_000)
  expect(await stateOf()).toEqual(['BUILD', 'building', 'block_device_mapping'])
  expect((await ecs.job(body.job_id)).body.status).toBe('RUNNING')
  cloud.pass(60_000)
  expect(await stateOf()).toEqual(['ACTIVE', 'active', null])
  const time = { begin_time: '2026-01-01T00:00:00.000Z', end_time: '2026-01-01T00:00:06.000Z' }
  expect((await ecs.job(body.job_id)).body).toEqual({
    job_id: body.job_id,
    job_type: 'createServer',
    status: 'SUCCESS',
    ...time,
    error_code: null,
    fail_reason: null,
    entities: {
      sub_jobs_total: 1,
      sub_jobs: [
        {
          job_id: expect.stringMatching(/^ff8080[0-9a-f]{26}$/),
          job_type: 'createSingleServer',
          status: 'SUCCESS',
          ...time,
          error_code: null,
          fail_reason: null,
          entities: { server_id: id },
        },
      ],
    },
  })
})

test('by poll the third look finds the job done', async () => {
  const cloud = await startCloud({ by: 'poll', polls: 3 })
  const ecs = ecsIn(cloud)
  const { body } = await ecs.create({ server: await ecs.wanted() })
  const seen = []
  for (let look = 0; look < 4; look++) seen.push((await ecs.job(body.job_id)).body.status)
  expect(seen).toEqual(['RUNNING', 'RUNNING', 'SUCCESS', 'SUCCESS'])
})

test('what was asked for is what the server shows', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  await ecs.keypair('KeyPair-3b38')
  const { body } = await ecs.createPostPaid({
    server: await ecs.wanted({
      name: '生产-web.01',
      description: 'front',
      availability_zone: 'cn-east-2b',
      data_volumes: [{ volumetype: 'SSD', size: 100 }],
      metadata: { owner: 'me' },
      tags: ['team.a.b'],
      server_tags: [{ key: 'env', value: 'dev' }],
      adminPass: 'Example-Pass1',
      key_name: 'KeyPair-3b38',
      user_data: 'aGVsbG8=',
      'os:scheduler_hints': { tenancy: 'shared' },
      publicip: { eip: { iptype: '5_bgp', bandwidth: { size: 5, sharetype: 'PER', chargemode: 'traffic' } } },
      extendparam: { chargingMode: 0, regionID: 'cn-east-2' },
    }),
  })
  const heard = await ecs.show(body.serverIds[0])
  const { server } = heard.body
  expect(server).toMatchObject({
    name: '生产-web.01',
    description: 'front',
    'OS-EXT-AZ:availability_zone': 'cn-east-2b',
    tags: ['team=a.b', 'env=dev', '__type_virtual'],
    key_name: 'KeyPair-3b38',
    'OS-EXT-SRV-ATTR:user_data': 'aGVsbG8=',
    'os:scheduler_hints': { tenancy: ['shared'] },
    security_groups: [{ name: 'default' }],
    image: { id: '88faab67-9e31-48d9-8027-f8a025da94de' },
  })
  expect(server.metadata).toMatchObject({ owner: 'me', charging_mode: '0', os_type: 'Linux' })
  expect(server['os-extended-volumes:volumes_attached']).toMatchObject([
    { device: '/dev/vda', bootIndex: '0', delete_on_termination: 'true' },
    { device: '/dev/vdb', bootIndex: '1', delete_on_termination: 'false' },
  ])
  const addresses = Object.values<{ 'OS-EXT-IPS:type': string }[]>(server.addresses)[0]
  expect(addresses?.map((address) => address['OS-EXT-IPS:type'])).toEqual(['fixed', 'floating'])
  expect(heard.text).not.toContain('Example-Pass1')
})

test('several servers are numbered, on from the number the name ends in', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const namesFor = async (changes: object) => {
    const wanted = await ecs.wanted({ flavorRef: 's6.large.2', ...changes })
    const { serverIds } = (await ecs.create({ server: wanted })).body
    return Promise.all(serverIds.map(async (id: string) => (await ecs.show(id)).body.server.name))
  }
  expect(await namesFor({ count: 3 })).toEqual(['test-0001', 'test-0002', 'test-0003'])
  expect(await namesFor({ count: 2, name: 'web-0041' })).toEqual(['web-0041', 'web-0042'])
  expect(await namesFor({ count: 2, isAutoRename: true })).toEqual(['test', 'test'])
  expect(await namesFor({ count: 1, name: 'web-0041' })).toEqual(['web-0041'])
})

test('a dry run that passes is a 202 without a body and makes nothing', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const { status, text } = await ecs.create({ dry_run: true, server: await ecs.wanted() })
  expect([status, text]).toEqual([202, ''])
  expect((await ecs.list()).body.count).toBe(2)
  const refused = await ecs.create({ dry_run: true, server: await ecs.wanted({ name: '' }) })
  expect(refused.status).toBe(400)
})

test('the same client token and parameters give the first answer again', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const server = await ecs.wanted()
  const headers = { 'X-Client-Token': TOKEN }
  const first = await ecs.create({ server }, headers)
  const again = await ecs.create({ server }, headers)
  expect(again.text).toBe(first.text)
  expect((await ecs.list()).body.count).toBe(3)
  const changed = await ecs.create({ server: { ...server, name: 'other' } }, headers)
  expect([changed.status, changed.body.error.code]).toEqual([400, 'Ecs.0122'])
  const bad = await ecs.create({ server }, { 'X-Client-Token': TOKEN.toUpperCase().replace('4', 'Z') })
  expect([bad.status, bad.body.error.code]).toEqual([400, 'Ecs.0123'])
  cloud.pass(8 * 3_600_000 + 1)
  const late = await ecs.create({ server }, headers)
  expect([late.status, late.body.error.code]).toEqual([400, 'Ecs.0124'])
})

test('a refused create leaves its client token free', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const headers = { 'X-Client-Token': TOKEN }
  expect((await ecs.create({ server: await ecs.wanted({ flavorRef: 'none' }) }, headers)).status).toBe(400)
  expect((await ecs.create({ server: await ecs.wanted() }, headers)).status).toBe(200)
})

test('prepaid without automatic payment waits for it; paid at once it cannot be deleted', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const period = { chargingMode: 'prePaid', periodType: 'month', periodNum: 1 }
  const waiting = (await ecs.create({ server: await ecs.wanted({ extendparam: period }) })).body
  expect(Object.keys(waiting)).toEqual(['order_id', 'job_id'])
  expect((await ecs.job(waiting.job_id)).body.status).toBe('PENDING_PAYMENT')
  const paid = (
    await ecs.create({ server: await ecs.wanted({ extendparam: { ...period, isAutoPay: 'true' } }) })
  ).body
  expect(paid.order_id).toMatch(/^CS\d{10}[A-Z0-9]{5}$/)
  const [id] = paid.serverIds
  expect((await ecs.show(id)).body.server.metadata.charging_mode).toBe('1')
  const refused = await ecs.remove({ servers: [{ id }] })
  expect([refused.status, refused.body.error.code]).toEqual([400, 'Ecs.0513'])
})

test('a way of paying nobody knows fails in the job and leaves a server in ERROR', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const bandwidth = { size: 5, sharetype: 'PER', chargemode: 'barter' }
  const { body } = await ecs.create({
    server: await ecs.wanted({ publicip: { eip: { iptype: '5_bgp', bandwidth } } }),
  })
  const job = (await ecs.job(body.job_id)).body
  expect([job.status, job.entities.sub_jobs[0].error_code]).toEqual(['FAIL', 'Ecs.0219'])
  const { server } = (await ecs.show(body.serverIds[0])).body
  expect([server.status, server.fault.code]).toEqual(['ERROR', 500])
})

const uuid = 'b37fd80e-ac67-4d02-b9f1-9891c9c0fabf'
const tooMany = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ key: `k${index}`, value: '' }))
const refusals: [what: string, changes: object, code: string][] = [
  ['a missing name', { name: undefined }, 'Ecs.0005'],
  ['a missing image', { imageRef: undefined }, 'Ecs.0005'],
  ['no nics', { nics: [] }, 'Ecs.0005'],
  ['a count that is text', { count: '2' }, 'Ecs.0005'],
  ['an unknown image', { imageRef: uuid }, 'Ecs.0031'],
  ['an unknown flavor', { flavorRef: 'x9.huge' }, 'Ecs.0029'],
  ['a flavor sold out', { flavorRef: 'pi2.2xlarge.4' }, 'Ecs.0018'],
  ['a flavor withdrawn', { flavorRef: 'c3.large.2' }, 'Ecs.0019'],
  ['an unknown zone', { availability_zone: 'mars-1a' }, 'Ecs.0005'],
  ['an empty name', { name: '' }, 'Ecs.0914'],
  ['a long name', { name: 'x'.repeat(129) }, 'Ecs.0914'],
  ['a long name for several', { name: 'x'.repeat(60), count: 2 }, 'Ecs.0914'],
  ['a name with a blank', { name: 'a b' }, 'Ecs.0915'],
  ['a VPC that is no uuid', { vpcid: 'default' }, 'Ecs.0005'],
  ['an unknown VPC', { vpcid: uuid }, 'Ecs.0014'],
  ['an unknown subnet', { nics: [{ subnet_id: uuid }] }, 'Ecs.0038'],
  ['too many data disks', { data_volumes: Array(60).fill({ volumetype: 'SSD', size: 10 }) }, 'Ecs.0042'],
  ['an unknown disk type', { root_volume: { volumetype: 'TAPE' } }, 'Ecs.0043'],
  ['a root disk below the image', { root_volume: { volumetype: 'SSD', size: 39 } }, 'Ecs.0005'],
  ['an unknown security group', { security_groups: [{ id: uuid }] }, 'Ecs.0014'],
  ['none', { count: 0 }, 'Ecs.0913'],
  ['too many', { count: 501 }, 'Ecs.0913'],
  ['more than the quota', { count: 500 }, 'Ecs.0001'],
  ['a weak password', { adminPass: 'password' }, 'Ecs.0011'],
  ['the user name in the password', { adminPass: 'Xx1-Root-x' }, 'Ecs.0011'],
  ['a long description', { description: 'x'.repeat(86) }, 'Ecs.0041'],
  ['markup in the description', { description: '<b>' }, 'Ecs.0041'],
  ['too many tags', { server_tags: tooMany(11) }, 'Ecs.0905'],
  ['a tag key too long', { server_tags: [{ key: 'k'.repeat(37), value: '' }] }, 'Ecs.0906'],
  ['a tag with an equals sign', { server_tags: [{ key: 'a=b', value: '' }] }, 'Ecs.0907'],
  ['a tag key twice', { server_tags: [...tooMany(1), ...tooMany(1)] }, 'Ecs.0908'],
  ['user data that is no base64', { user_data: '%%%' }, 'Ecs.0005'],
  ['an end in a wrong format', { auto_terminate_time: 'tomorrow' }, 'Ecs.0082'],
  ['a number as charging mode', { extendparam: { chargingMode: 0 } }, 'Ecs.0005'],
  ['prepaid without a period', { extendparam: { chargingMode: 'prePaid' } }, 'Ecs.0005'],
  ['another region', { extendparam: { regionID: 'cn-north-4' } }, 'Ecs.0005'],
  [
    'a public address twice',
    { publicip: { id: uuid, eip: { iptype: '5_bgp', bandwidth: { size: 1, sharetype: 'PER' } } } },
    'Ecs.0005',
  ],
]

test.for(refusals)('refused: %s', async ([, changes, code]) => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const { status, body } = await ecs.create({ server: await ecs.wanted(changes) })
  expect([status, body.error?.code]).toEqual([400, code])
  expect((await ecs.list()).body.count).toBe(2)
})

test('an end in the past is forbidden', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const heard = await ecs.create({
    server: await ecs.wanted({ auto_terminate_time: '2025-12-31T00:00:00Z' }),
  })
  expect([heard.status, heard.body.error.code]).toEqual([403, 'Ecs.0083'])
})

test('an image that is not active cannot be used', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const found = await cloud.call({
    host: 'ims.cn-east-2.myhuaweicloud.com',
    path: '/v2/images',
    query: [['status', 'saving']],
  })
  const heard = await ecs.create({ server: await ecs.wanted({ imageRef: found.body.images[0].id }) })
  expect([heard.status, heard.body.error.code]).toEqual([400, 'Ecs.0032'])
})

test('an address must lie in the subnet and be free', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const withAddress = async (ip_address: string) => {
    const { nics } = await ecs.wanted()
    return ecs.create({ server: await ecs.wanted({ nics: [{ ...nics[0], ip_address }] }) })
  }
  const outside = await withAddress('10.0.0.9')
  expect(outside.body.error).toMatchObject({ code: 'Ecs.0005', details: [{ code: 'Ecs.0039' }] })
  expect(outside.body.error.message).toMatch(/^privateIp \[10\.0\.0\.9\] is not in this subnet \[/)
  expect((await withAddress('192.168.0.77')).status).toBe(200)
  expect((await withAddress('192.168.0.77')).body.error.code).toBe('Ecs.0010')
})

test('a flavor not on sale in the zone asked for is refused though others have it', async () => {
  const cloud = await startCloud()
  const south = ecsIn(cloud, 'cn-south-1')
  const documented = await south.create({ server: await south.wanted() })
  expect(documented.body.error.code).toBe('Ecs.0018')
  expect(await codeIn(south, 'cn-south-1a')).toBe('Ecs.0019')
  expect(await codeIn(south, 'cn-south-1f')).toBe('Ecs.0018')
})

test('a small subnet of another VPC: not with this VPC, not for more than it has room for', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const onVpc = (path: string, body: object) =>
    cloud.call({
      host: 'vpc.cn-east-2.myhuaweicloud.com',
      method: 'POST',
      path: `/v1/${ecs.project}/${path}`,
      body,
    })
  const { vpc } = (await onVpc('vpcs', { vpc: { name: 'own', cidr: '10.0.0.0/16' } })).body
  const wanted = { name: 'small', cidr: '10.0.0.0/28', gateway_ip: '10.0.0.1', vpc_id: vpc.id }
  const { subnet } = (await onVpc('subnets', { subnet: wanted })).body
  const nics = [{ subnet_id: subnet.id }]
  const mixed = await ecs.create({ server: await ecs.wanted({ nics }) })
  expect(mixed.body.error.code).toBe('Ecs.0064')
  const crowd = { nics, vpcid: vpc.id, flavorRef: 's6.large.2', count: 14 }
  expect((await ecs.create({ server: await ecs.wanted(crowd) })).body.error.code).toBe('Ecs.0012')
  expect((await ecs.create({ server: await ecs.wanted({ ...crowd, count: 13 }) })).status).toBe(200)
  const manyNics = await ecs.wanted({ ...crowd, nics: Array(13).fill(nics[0]), count: 1 })
  expect((await ecs.create({ server: manyNics })).body.error.code).toBe('Ecs.0050')
})

async function codeIn(ecs: Ecs, availability_zone: string): Promise<string> {
  return (await ecs.create({ server: await ecs.wanted({ availability_zone }) })).body.error.code
}
