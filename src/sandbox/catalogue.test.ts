import { expect, test } from 'vitest'
import type { Pair } from '../wire/signature.ts'
import { regions } from './regions.ts'
import { projectIn, startCloud, type TestCloud } from './test-client.ts'

interface Flavor {
  id: string
  vcpus: string
  ram: number
  os_extra_specs: Record<string, string>
  attachableQuantity: Record<string, number>
}

const flavorsIn = async (cloud: TestCloud, region: string, ...query: Pair[]): Promise<Flavor[]> =>
  (
    await cloud.call({
      host: `ecs.${region}.myhuaweicloud.com`,
      path: `/v1/${projectIn(region)}/cloudservers/flavors`,
      query,
    })
  ).body.flavors

test('every region sells at least 300 flavors of 25 families, in some zone each', async () => {
  const cloud = await startCloud()
  expect(regions).toHaveLength(33)
  for (const { id, zones } of regions) {
    const flavors = await flavorsIn(cloud, id)
    expect(new Set(flavors.map((flavor) => flavor.id)).size).toBe(flavors.length)
    expect(flavors.length).toBeGreaterThanOrEqual(300)
    expect(new Set(flavors.map((flavor) => flavor.id.split('.')[0])).size).toBeGreaterThanOrEqual(25)
    expect(flavors.map((flavor) => flavor.id)).toContain('s6.large.2')
    expect(zones.length).toBeGreaterThanOrEqual(2)
    expect(zones.length).toBeLessThanOrEqual(4)
  }
})

test('every region has at least 60 public images, for both architectures', async () => {
  const cloud = await startCloud()
  for (const { id } of regions) {
    const { body } = await cloud.call({
      host: `ims.${id}.myhuaweicloud.com`,
      path: '/v2/cloudimages',
      query: [['__imagetype', 'gold']],
    })
    expect(body.images.length).toBeGreaterThanOrEqual(60)
    const platforms = new Set(body.images.map((image: { __platform: string }) => image.__platform))
    expect(platforms.size).toBeGreaterThanOrEqual(12)
    const forArm = body.images.filter((image: { __support_arm?: string }) => image.__support_arm === 'true')
    expect(forArm.length).toBeGreaterThanOrEqual(6)
  }
})

test('a flavor says how much of everything it has', async () => {
  const cloud = await startCloud()
  const flavors = new Map((await flavorsIn(cloud, 'cn-north-4')).map((flavor) => [flavor.id, flavor]))
  const sizeOf = (id: string) => {
    const flavor = flavors.get(id)
    return [flavor?.vcpus, flavor?.ram, flavor?.os_extra_specs['quota:max_rate']]
  }
  expect(sizeOf('s6.large.2')).toEqual(['2', 4_096, '1500'])
  expect(sizeOf('c7.32xlarge.4')).toEqual(['128', 524_288, '42000'])
  expect(sizeOf('c3.15xlarge.2')).toEqual(['60', 131_072, '16000'])
  expect(sizeOf('kc1.15xlarge.2')).toEqual(['60', 122_880, '30000'])
  expect(sizeOf('e3.52xlarge.20')).toEqual(['208', 4_194_304, '40000'])
  expect(sizeOf('x1.2u.8g')).toEqual(['2', 8_192, '1500'])
  expect(sizeOf('s1.medium')).toEqual(['1', 4_096, '300'])
  expect(flavors.get('s6.large.2')?.os_extra_specs).toMatchObject({
    'ecs:generation': 's6',
    'ecs:performancetype': 'normal',
    'ecs:virtualization_env_types': 'CloudCompute',
    'info:cpu:name': 'Intel Cascade Lake 2.6GHz',
    'quota:max_pps': '150000',
    'quota:min_rate': '200',
    'quota:vif_max_num': '2',
    resource_type: 'IOoptimizedS6',
  })
  expect(flavors.get('s6.large.2')?.attachableQuantity).toEqual({
    free_blk: 24,
    free_disk: 60,
    free_nic: 2,
    free_scsi: 60,
  })
  const specOf = (id: string, name: string) => flavors.get(id)?.os_extra_specs[name]
  expect(specOf('d3.4xlarge.8', 'quota:local_disk')).toBe('hdd:8:1675:False')
  expect(specOf('i3.2xlarge.8', 'quota:nvme_ssd')).toBe('i3:large:1:1600:False')
  expect(specOf('pi2.4xlarge.4', 'pci_passthrough:alias')).toBe('nvidia-t4:2')
  expect(specOf('kc1.large.2', 'ecs:instance_architecture')).toBe('arm64')
  expect(specOf('c7.large.2', 'quota:sub_network_interface_max_num')).toBe('16')
  expect(specOf('s1.medium', 'ecs:virtualization_env_types')).toBe('FusionCompute')
})

test('there are flavors in every state of sale', async () => {
  const cloud = await startCloud()
  const flavors = await flavorsIn(cloud, 'cn-north-4')
  const states = new Set(
    flavors.flatMap(({ os_extra_specs: specs }) =>
      [...(specs['cond:operation:az'] ?? '').matchAll(/\((\w+)\)/g)].map(([, state]) => state),
    ),
  )
  expect([...states].sort()).toEqual(['abandon', 'normal', 'obt', 'obt_sellout', 'promotion', 'sellout'])
  const here = await flavorsIn(cloud, 'cn-north-4', ['availability_zone', 'cn-north-4a'])
  expect(here.length).toBeGreaterThan(200)
  expect(here.length).toBeLessThan(flavors.length)
})
