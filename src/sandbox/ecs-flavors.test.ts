import { expect, test } from 'vitest'
import type { Pair } from '../wire/signature.ts'
import { projectIn, startCloud, type TestCloud } from './test-client.ts'

const flavors = (cloud: TestCloud, region: string, ...query: Pair[]) =>
  cloud.call({
    host: `ecs.${region}.myhuaweicloud.com`,
    path: `/v1/${projectIn(region)}/cloudservers/flavors`,
    query,
  })
const idsOf = (body: { flavors: { id: string }[] }) => body.flavors.map(({ id }) => id)

test('cn-south-1 begins and ends with the documented flavors', async () => {
  const cloud = await startCloud()
  const { status, body } = await flavors(cloud, 'cn-south-1')
  expect(status).toBe(200)
  expect(JSON.stringify(body.flavors[0])).toBe(JSON.stringify(documentedFirst))
  expect(JSON.stringify(body.flavors.at(-1))).toBe(JSON.stringify(documentedLast))
  expect(body.flavors.length).toBeGreaterThan(30)
  expect(new Set(idsOf(body)).size).toBe(body.flavors.length)
})

test('each flavor keeps to the types of the field table', async () => {
  const cloud = await startCloud()
  for (const flavor of (await flavors(cloud, 'ap-southeast-1')).body.flavors) {
    expect(typeof flavor.vcpus).toBe('string')
    expect(typeof flavor.ram).toBe('number')
    expect(flavor.links[0].href).toBe(
      `https://ecs.ap-southeast-1.myhuaweicloud.com/v1.0/${projectIn('ap-southeast-1')}/flavors/${flavor.id}`,
    )
    for (const value of Object.values(flavor.os_extra_specs)) expect(typeof value).toBe('string')
  }
})

test('with a zone only what can be had there is listed', async () => {
  const cloud = await startCloud()
  const all = idsOf((await flavors(cloud, 'cn-south-1')).body)
  const here = idsOf((await flavors(cloud, 'cn-south-1', ['availability_zone', 'cn-south-1a'])).body)
  expect(all).toEqual(expect.arrayContaining(here))
  expect(here).toContain('s6.large.2')
  expect(here).not.toContain('t6.xlarge.4')
  expect(here).not.toContain('c3.large.2')
  expect(idsOf((await flavors(cloud, 'cn-south-1', ['availability_zone', 'mars-1a'])).body)).toEqual([])
  const east = idsOf((await flavors(cloud, 'cn-east-2', ['availability_zone', 'cn-east-2a'])).body)
  expect(east).toContain('ac6.12xlarge.2')
})

test('flavor_id, limit and marker narrow the list', async () => {
  const cloud = await startCloud()
  const all = idsOf((await flavors(cloud, 'cn-north-4')).body)
  expect(idsOf((await flavors(cloud, 'cn-north-4', ['flavor_id', 's6.large.2'])).body)).toEqual([
    's6.large.2',
  ])
  expect(idsOf((await flavors(cloud, 'cn-north-4', ['limit', '3'], ['marker', all[4] ?? ''])).body)).toEqual(
    all.slice(5, 8),
  )
  expect((await flavors(cloud, 'cn-north-4', ['limit', 'x'])).body.error.code).toBe('Ecs.0005')
})

test('zones are listed in both forms', async () => {
  const cloud = await startCloud()
  const host = 'ecs.cn-south-1.myhuaweicloud.com'
  const nova = await cloud.call({ host, path: `/v2.1/${projectIn('cn-south-1')}/os-availability-zone` })
  expect(nova.body.availabilityZoneInfo).toContainEqual({
    zoneState: { available: true },
    hosts: null,
    zoneName: 'cn-south-2b',
  })
  const own = await cloud.call({ host, path: `/v1/${projectIn('cn-south-1')}/availability-zones` })
  expect(own.body.availability_zones).toHaveLength(nova.body.availabilityZoneInfo.length)
})

const linksOf = (id: string) => [
  {
    href: `https://ecs.cn-south-1.myhuaweicloud.com/v1.0/ded721d4e0204e3880aa06dccddf65c0/flavors/${id}`,
    rel: 'self',
    type: '',
  },
  {
    href: `https://ecs.cn-south-1.myhuaweicloud.com/ded721d4e0204e3880aa06dccddf65c0/flavors/${id}`,
    rel: 'bookmark',
    type: '',
  },
]

const documentedFirst = {
  'OS-FLV-DISABLED:disabled': false,
  'OS-FLV-EXT-DATA:ephemeral': 0,
  attachableQuantity: { free_blk: 24, free_disk: 24, free_nic: 8, free_scsi: 0 },
  disk: '0',
  id: 'ac6.12xlarge.2',
  links: linksOf('ac6.12xlarge.2'),
  name: 'ac6.12xlarge.2',
  'os-flavor-access:is_public': true,
  os_extra_specs: {
    'cond:compute': 'autorecovery',
    'cond:operation:az':
      'cn-south-1a(abandon),cn-south-2b(abandon),cn-south-1f(obt_sellout),cn-south-1e(abandon),cn-south-1(abandon),cn-south-1c(abandon)',
    'cond:operation:roles': 'op_gated_ecs_c6a',
    'cond:operation:status': 'abandon',
    'ecs:generation': 'c6',
    'ecs:performancetype': 'computingv3',
    'ecs:virtualization_env_types': 'CloudCompute',
    'hw:numa_nodes': '1',
    'info:cpu:name': 'AMD EPYC 7742 2.25GHz',
    'quota:max_pps': '2500000',
    'quota:max_rate': '24000',
    'quota:min_rate': '8000',
    resource_type: 'IOoptimizedaC6_2',
  },
  ram: 98304,
  rxtx_cap: '',
  rxtx_factor: 1,
  rxtx_quota: '',
  swap: '',
  vcpus: '48',
}

const documentedLast = {
  'OS-FLV-DISABLED:disabled': false,
  'OS-FLV-EXT-DATA:ephemeral': 0,
  attachableQuantity: { free_blk: 24, free_disk: 60, free_nic: 2, free_scsi: 60 },
  disk: '0',
  id: 't6.xlarge.4',
  links: linksOf('t6.xlarge.4'),
  name: 't6.xlarge.4',
  'os-flavor-access:is_public': true,
  os_extra_specs: {
    'cond:compute': 'autorecovery',
    'cond:operation:az': 'cn-south-1a(sellout),cn-south-2b(abandon),cn-south-1c(sellout)',
    'cond:operation:status': 'abandon',
    'ecs:generation': 's6',
    'ecs:performancetype': 'entry',
    'ecs:virtualization_env_types': 'CloudCompute',
    'hw:numa_nodes': '1',
    'info:cpu:name': 'Intel SkyLake 6161 2.2GHz',
    'quota:max_pps': '200000',
    'quota:max_rate': '1000',
    'quota:min_rate': '200',
    resource_type: 'IOoptimizedT6',
  },
  ram: 16384,
  rxtx_cap: '',
  rxtx_factor: 1,
  rxtx_quota: '',
  swap: '',
  vcpus: '4',
}
