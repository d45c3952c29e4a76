import { expect, test } from 'vitest'
import type { Pair } from '../wire/signature.ts'
import { projectIn, startCloud, type TestCloud } from './test-client.ts'

interface Flavor {
  id: string
  vcpus: string
  ram: number
}

const call = (cloud: TestCloud, path: string, query: Pair[]) =>
  cloud.call({
    host: 'ecs.cn-east-2.myhuaweicloud.com',
    path: `/v1/${projectIn('cn-east-2')}/cloudservers/${path}`,
    query,
  })
const resizes = (cloud: TestCloud, ...query: Pair[]) => call(cloud, 'resize_flavors', query)
const idsOf = (body: { flavors: Flavor[] }) => body.flavors.map(({ id }) => id)

test('a server can become what is sold in its zone for its architecture', async () => {
  const cloud = await startCloud()
  const { status, body } = await resizes(cloud, ['instance_uuid', 'ins-r8hr2upy'])
  expect(status).toBe(200)
  const ids = idsOf(body)
  expect(ids).toEqual(ids.toSorted())
  expect(ids).toContain('c7.large.2')
  for (const id of [
    's6.large.2',
    'kc1.large.2',
    'c3.large.2',
    'pi2.2xlarge.4',
    'i3.2xlarge.8',
    'g6.xlarge.4',
  ])
    expect(ids).not.toContain(id)
  expect(body.flavors[0]).not.toHaveProperty('attachableQuantity')
  expect(body.flavors[0]).not.toHaveProperty('os_extra_specs')
  expect(body.flavors[0].extra_specs['ecs:performancetype']).toBe('computingv3')
  expect(body.flavors[0].links).toHaveLength(2)
})

test('the server wins over the source flavor, and that works by id and by name', async () => {
  const cloud = await startCloud()
  const byServer = idsOf(
    (await resizes(cloud, ['instance_uuid', 'ins-r8hr2upy'], ['source_flavor_id', 'kc1.large.2'])).body,
  )
  expect(byServer).toContain('c7.large.2')
  const byId = idsOf((await resizes(cloud, ['source_flavor_id', 'kc1.large.2'])).body)
  expect(byId).toContain('km1.large.8')
  expect(byId).not.toContain('c7.large.2')
  expect(idsOf((await resizes(cloud, ['source_flavor_name', 'kc1.large.2'])).body)).toEqual(byId)
})

test('disks inside a machine keep it as it is, and cards among their like', async () => {
  const cloud = await startCloud()
  expect(idsOf((await resizes(cloud, ['source_flavor_id', 'd3.xlarge.8'])).body)).toEqual([])
  const cards = idsOf((await resizes(cloud, ['source_flavor_id', 'p2s.2xlarge.8'])).body)
  expect(cards).toContain('p2s.4xlarge.8')
  expect(cards.every((id) => id.startsWith('p2s.'))).toBe(true)
})

test('order, limit and marker', async () => {
  const cloud = await startCloud()
  const from: Pair = ['source_flavor_id', 's6.large.2']
  const rows = async (...query: Pair[]): Promise<Flavor[]> =>
    (await resizes(cloud, from, ...query)).body.flavors
  const byMemory = (await rows(['sort_key', 'memory_mb'], ['sort_dir', 'desc'])).map(({ ram }) => ram)
  expect(byMemory).toEqual(byMemory.toSorted((a, b) => b - a))
  const byCores = (await rows(['sort_key', 'vcpus'])).map(({ vcpus }) => Number(vcpus))
  expect(byCores).toEqual(byCores.toSorted((a, b) => a - b))
  const all = (await rows(['sort_dir', 'desc'])).map(({ id }) => id)
  expect(all).toEqual(all.toSorted().toReversed())
  const page = await rows(['sort_dir', 'desc'], ['limit', '3'], ['marker', all[4] ?? ''])
  expect(page.map(({ id }) => id)).toEqual(all.slice(5, 8))
})

test('what cannot be asked is refused', async () => {
  const cloud = await startCloud()
  const codeOf = async (...query: Pair[]) => {
    const { status, body } = await resizes(cloud, ...query)
    return [status, body.error.code]
  }
  const from: Pair = ['source_flavor_id', 's6.large.2']
  expect(await codeOf()).toEqual([400, 'Ecs.0005'])
  expect(await codeOf(['instance_uuid', 'nobody'])).toEqual([404, 'Ecs.0114'])
  expect(await codeOf(['source_flavor_id', 'z9.huge'])).toEqual([400, 'Ecs.0029'])
  for (const query of [
    ['sort_key', 'taste'],
    ['sort_key', 'constructor'],
    ['sort_dir', 'up'],
    ['limit', 'many'],
    ['marker', 'nobody'],
  ] as Pair[])
    expect([query, await codeOf(from, query)]).toEqual([query, [400, 'Ecs.0005']])
})

test('capacity is told by zone, in the regions asked for', async () => {
  const cloud = await startCloud()
  const here = await call(cloud, 'flavors/s6.large.2/resources', [['count', '2']])
  expect(here.body.resources[0]).toEqual({
    region_id: 'cn-east-2',
    availability_zone: 'cn-east-2a',
    prefer: true,
  })
  const { body } = await call(cloud, 'flavors/s6.large.2/resources', [
    ['region_ids', 'cn-north-4,cn-south-1'],
  ])
  const places = body.resources as { region_id: string; prefer: boolean }[]
  expect(new Set(places.map(({ region_id }) => region_id))).toEqual(new Set(['cn-north-4', 'cn-south-1']))
  expect(places.filter(({ prefer }) => prefer)).toHaveLength(2)
  expect((await call(cloud, 'flavors/pi2.2xlarge.4/resources', [])).body.resources).toEqual([])
  const refused = async (id: string, ...query: Pair[]) =>
    (await call(cloud, `flavors/${id}/resources`, query)).body.error.code
  expect(await refused('z9.huge')).toBe('Ecs.0029')
  expect(await refused('s6.large.2', ['count', '0'])).toBe('Ecs.0005')
  expect(await refused('s6.large.2', ['region_ids', 'mars'])).toBe('Ecs.0005')
})

test('spot policies are listed by flavor, zone and state', async () => {
  const cloud = await startCloud()
  const policies = async (...query: Pair[]) => (await call(cloud, 'flavor-sell-policies', query)).body
  const all = await policies()
  expect(all.count).toBe(all.sell_policies.length)
  expect(all.sell_policies[0]).toEqual({
    id: 1,
    flavor_id: expect.stringMatching(/^c6\./),
    sell_status: expect.stringMatching(/^(available|sellout)$/),
    availability_zone_id: expect.stringMatching(/^cn-east-2/),
    sell_mode: 'spot',
    spot_options: {
      longest_spot_duration_hours: expect.any(Number),
      largest_spot_duration_count: expect.any(Number),
      interruption_policy: expect.stringMatching(/^(immediate|delay)$/),
    },
  })
  const page = await policies(['limit', '2'], ['marker', '2'])
  expect(page.count).toBe(all.count)
  expect(page.sell_policies.map(({ id }: { id: number }) => id)).toEqual([3, 4])

  const every = async (pick: (policy: (typeof all.sell_policies)[0]) => boolean, ...query: Pair[]) => {
    const { count, sell_policies: found } = await policies(...query)
    expect(count).toBe(all.sell_policies.filter(pick).length)
    expect(found.every(pick)).toBe(true)
    return count
  }
  expect(await every((policy) => policy.flavor_id.startsWith('s6.'), ['flavor_id', 's6.'])).toBeGreaterThan(0)
  expect(
    await every((policy) => policy.sell_status === 'sellout', ['sell_status', 'sellout']),
  ).toBeGreaterThan(0)
  await every(
    (policy) => policy.availability_zone_id === 'cn-east-2a',
    ['availability_zone_id', 'cn-east-2a'],
  )
  await every(
    (policy) => policy.spot_options.interruption_policy === 'delay',
    ['interruption_policy', 'delay'],
  )
  await every(
    (policy) => policy.spot_options.longest_spot_duration_hours > 3,
    ['longest_spot_duration_hours_gt', '3'],
  )
  await every(
    (policy) => policy.spot_options.largest_spot_duration_count === 2,
    ['largest_spot_duration_count', '2'],
  )
  expect((await policies(['sell_mode', 'auction'])).count).toBe(0)
  for (const query of [
    ['limit', 'x'],
    ['marker', 'x'],
    ['sell_status', 'maybe'],
    ['interruption_policy', 'never'],
    ['longest_spot_duration_hours', 'long'],
  ] as Pair[])
    expect([query, (await policies(query)).error.code]).toEqual([query, 'Ecs.0005'])
})

test('extra specs are those of the list', async () => {
  const cloud = await startCloud()
  const project = projectIn('cn-east-2')
  const show = (id: string) =>
    cloud.call({
      host: 'ecs.cn-east-2.myhuaweicloud.com',
      path: `/v2.1/${project}/flavors/${id}/os-extra_specs`,
    })
  const [flavor] = (await call(cloud, 'flavors', [['flavor_id', 's6.large.2']])).body.flavors
  expect((await show('s6.large.2')).body).toEqual({ extra_specs: flavor.os_extra_specs })
  expect((await show('z9.huge')).status).toBeGreaterThanOrEqual(400)
})
