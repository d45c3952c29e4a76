import { expect, test } from 'vitest'
import type { Pair } from '../wire/signature.ts'
import { regions } from './regions.ts'
import { projectIn, startCloud, type TestCloud } from './test-client.ts'

const FIRST = '88faab67-9e31-48d9-8027-f8a025da94de'
const LAST = '81d3fbb5-9f44-47f3-9ce2-9fe43658f027'

function images(cloud: TestCloud, query: Pair[] = [], path = '/v2/images', region = 'cn-south-1') {
  return cloud.call({ host: `ims.${region}.myhuaweicloud.com`, path, query })
}

test('the first page of cn-south-1 is the documented one', async () => {
  const cloud = await startCloud()
  const { status, body } = await images(cloud)
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['first', 'images', 'next', 'schema'])
  expect(body.first).toBe('/v2/images?__isregistered=true')
  expect(body.next).toBe(`/v2/images?__isregistered=true&marker=${LAST}`)
  expect(body.schema).toBe('/v2/schemas/images')
  expect(body.images).toHaveLength(25)
  expect(JSON.stringify(body.images[0])).toBe(JSON.stringify(documentedFirst))
  expect(JSON.stringify(body.images[24])).toBe(JSON.stringify(documentedLast))
})

test('following next shows every image once, the last page without next', async () => {
  const cloud = await startCloud()
  const seen: string[] = []
  let next: string | undefined = '/v2/images?limit=7'
  while (next !== undefined) {
    const url: URL = new URL(next, 'http://images')
    const { body } = await images(cloud, [...url.searchParams])
    seen.push(...body.images.map(({ id }: { id: string }) => id))
    next = body.next
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBeGreaterThanOrEqual(40)
  const everything = await images(cloud, [], '/v2/cloudimages')
  expect(Object.keys(everything.body)).toEqual(['images'])
  expect(everything.body.images.map(({ id }: { id: string }) => id)).toEqual(seen)
})

test('links carry further parameters unescaped, after the marker', async () => {
  const cloud = await startCloud()
  const { body } = await images(cloud, [
    ['__platform', 'Rocky Linux'],
    ['limit', '1'],
  ])
  expect(body.first).toBe('/v2/images?__isregistered=true&__platform=Rocky Linux&limit=1')
  expect(body.next).toBeUndefined()
  const gold = await images(cloud, [
    ['__imagetype', 'gold'],
    ['limit', '2'],
  ])
  const marker = gold.body.images[1].id
  expect(gold.body.next).toBe(`/v2/images?__isregistered=true&marker=${marker}&__imagetype=gold&limit=2`)
  const second = await images(cloud, [
    ['marker', marker],
    ['__imagetype', 'gold'],
    ['limit', '2'],
  ])
  expect(second.body.first).toBe('/v2/images?__isregistered=true&__imagetype=gold&limit=2')
})

test('both documented images are in every region', async () => {
  const cloud = await startCloud()
  for (const { id } of regions)
    for (const image of [FIRST, LAST])
      expect((await images(cloud, [], `/v2/images/${image}`, id)).status).toBe(200)
})

test('filters choose', async () => {
  const cloud = await startCloud()
  const names = async (...query: Pair[]) =>
    (await images(cloud, query, '/v2/cloudimages')).body.images.map(({ name }: { name: string }) => name)
  expect(await names(['name', 'CentOS 7.9 64bit'])).toEqual(['CentOS 7.9 64bit'])
  expect(await names(['name', 'CentOS'])).toEqual([])
  expect((await names(['__os_type', 'Windows'])).every((name: string) => name.startsWith('Windows'))).toBe(
    true,
  )
  expect(await names(['visibility', 'private'])).toEqual(['web-base-next', 'web-base'])
  expect(await names(['owner', projectIn('cn-south-1')])).toEqual(['web-base-next', 'web-base'])
  expect(await names(['protected', 'false'], ['status', 'active'])).toEqual(['web-base'])
  expect(await names(['__imagetype', 'market'])).toHaveLength(2)
  expect(await names(['created_at', 'gte:2022-04-28 10:47:20'])).toEqual(['COPY_远程授权激活系统镜像文件'])
  expect(await names(['created_at', 'lt:2022-02-02T00:00:00Z'])).toEqual(['web-base'])
  expect(await names(['architecture', 'arm'], ['__platform', 'CentOS'])).toEqual([
    'CentOS 7.6 64bit with ARM',
  ])
  expect(await names(['flavor_id', 'kc1.large.2'], ['__imagetype', 'gold'])).toHaveLength(6)
  expect(await names(['flavor_id', 'ac6.12xlarge.2'], ['id', FIRST])).toHaveLength(1)
  expect(await names(['nobody_knows', 'this'])).toEqual(await names())
})

test('order is by any key in either direction', async () => {
  const cloud = await startCloud()
  const sorted = async (...query: Pair[]) =>
    (await images(cloud, query, '/v2/cloudimages')).body.images.map(({ name }: { name: string }) => name)
  const ascending = await sorted(['sort_key', 'name'], ['sort_dir', 'asc'])
  expect(ascending).toEqual(ascending.toSorted())
  expect(await sorted(['sort_key', 'name'], ['sort_dir', 'desc'])).toEqual(ascending.toReversed())
})

test('what cannot be asked is refused', async () => {
  const cloud = await startCloud()
  for (const query of [
    ['limit', 'many'],
    ['limit', '-1'],
    ['marker', 'nobody'],
    ['sort_key', 'taste'],
    ['sort_dir', 'up'],
    ['created_at', 'yesterday'],
    ['created_at', 'constructor:2022-02-02T00:00:00Z'],
  ] as Pair[]) {
    const { status, body } = await images(cloud, [query])
    expect([query, status, body.error.code]).toEqual([query, 400, 'IMG.0017'])
  }
  const absent = await images(cloud, [], '/v2/images/nobody')
  expect(absent.status).toBe(404)
})

const documentedFirst = {
  __account_code: '',
  __data_origin: 'image,cn-south-1,25604208-2d47-498b-a054-6d8d36dbd3b4',
  __image_size: '1848573952',
  __image_source_type: 'uds',
  __imagetype: 'market',
  __is_offshelved: 'false',
  __isregistered: 'true',
  __lazyloading: 'True',
  __originalimagename: '25604208-2d47-498b-a054-6d8d36dbd3b4',
  __os_bit: '64',
  __os_feature_list:
    '{"nic_hotplug":"true", "disk_hotplug": "true", "user_data": "true", "ssh_key": "true", "hostname_inject": "true", "onekey_resetpasswd": "true"}',
  __os_type: 'Linux',
  __os_version: 'openEuler 20.03 64bit',
  __platform: 'openEuler',
  __productcode: '0199bc7498734da8a78b8d66f213be00',
  __support_agent_list: 'hss',
  __support_arm: 'true',
  active_at: '2022-04-28T10:47:52Z',
  checksum: '99914b932bd37a50b983c5e7c90ae93b',
  container_format: 'bare',
  created_at: '2022-04-28T10:47:20Z',
  disk_format: 'zvhd2',
  file: '/v2/images/88faab67-9e31-48d9-8027-f8a025da94de/file',
  hw_firmware_type: 'uefi',
  hw_vif_multiqueue_enabled: 'true',
  id: '88faab67-9e31-48d9-8027-f8a025da94de',
  max_ram: '0',
  min_disk: 40,
  min_ram: 1024,
  name: 'COPY_远程授权激活系统镜像文件',
  owner: '055ae22e000025062fe1c00d2c57a287',
  protected: true,
  schema: '/v2/schemas/image',
  self: '/v2/images/88faab67-9e31-48d9-8027-f8a025da94de',
  size: 2,
  status: 'active',
  tags: [],
  updated_at: '2022-04-28T11:25:17Z',
  virtual_env_type: 'FusionCompute',
  visibility: 'public',
}

const documentedLast = {
  __data_origin: 'image,cn-east-2,1bbe7ee1-f280-49a3-b2ac-be9dce37a098',
  __description: '云时通标准套件镜像',
  __image_size: '9260425216',
  __image_source_type: 'uds',
  __imagetype: 'market',
  __is_offshelved: 'false',
  __isregistered: 'true',
  __lazyloading: 'True',
  __originalimagename: '1bbe7ee1-f280-49a3-b2ac-be9dce37a098',
  __os_bit: '64',
  __os_feature_list:
    '{"nic_hotplug":"true", "disk_hotplug": "true", "user_data": "true", "ssh_key":"true", "hostname_inject": "true", "onekey_resetpasswd": "true"}',
  __os_type: 'Linux',
  __os_version: 'CentOS 7.9 64bit',
  __platform: 'CentOS',
  __productcode: '3a11562842d393e4065db612ab1188ba',
  __support_agent_list: 'hss,ces',
  __support_kvm: 'true',
  active_at: '2022-04-01T04:26:35Z',
  checksum: '99914b932bd37a50b983c5e7c90ae93b',
  container_format: 'bare',
  created_at: '2022-04-01T02:12:49Z',
  disk_format: 'zvhd2',
  file: '/v2/images/81d3fbb5-9f44-47f3-9ce2-9fe43658f027/file',
  hw_vif_multiqueue_enabled: 'true',
  id: '81d3fbb5-9f44-47f3-9ce2-9fe43658f027',
  max_ram: '0',
  min_disk: 40,
  min_ram: 1024,
  name: 'cn-south-1_yst-buzi-std',
  owner: '055ae22e000025062fe1c00d2c57a287',
  protected: true,
  schema: '/v2/schemas/image',
  self: '/v2/images/81d3fbb5-9f44-47f3-9ce2-9fe43658f027',
  size: 2,
  status: 'active',
  tags: [],
  updated_at: '2022-04-01T04:35:10Z',
  virtual_env_type: 'FusionCompute',
  visibility: 'public',
}
