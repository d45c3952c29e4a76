import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'
import { networkIn } from './test-network.ts'

const codeOf = async (ecs: Ecs, changes: object) => {
  const { status, body } = await ecs.create({ server: await ecs.wanted(changes) })
  return [status, body.error?.code]
}
const imageOf = async (ecs: Ecs, architecture: string) =>
  (await ecs.ims('GET', `/v2/cloudimages?__imagetype=gold&architecture=${architecture}&limit=1`)).body
    .images[0].id
const disks = (count: number, volumetype = 'SSD') =>
  Array.from({ length: count }, () => ({ volumetype, size: 10 }))

test('a key pair must be there, and its user named when the server is prepaid', async () => {
  const ecs = ecsIn(await startCloud())
  expect(await codeOf(ecs, { key_name: 'nobody' })).toEqual([400, 'Ecs.0314'])
  await ecs.keypair('mine')
  expect(await codeOf(ecs, { key_name: 'mine' })).toEqual([200, undefined])
  const extendparam = { chargingMode: 'prePaid', periodType: 'month', periodNum: 1, isAutoPay: 'true' }
  expect(await codeOf(ecs, { key_name: 'mine', extendparam })).toEqual([400, 'Ecs.0005'])
  const metadata = { op_svc_userid: 'me' }
  expect(await codeOf(ecs, { key_name: 'mine', extendparam, metadata })).toEqual([200, undefined])
})

test('an image runs on processors of its own kind only', async () => {
  const ecs = ecsIn(await startCloud())
  const [x86, arm] = [await imageOf(ecs, 'x86'), await imageOf(ecs, 'arm')]
  expect(await codeOf(ecs, { imageRef: arm, flavorRef: 's6.large.2' })).toEqual([400, 'Ecs.0007'])
  expect(await codeOf(ecs, { imageRef: x86, flavorRef: 'kc1.large.2' })).toEqual([400, 'Ecs.0007'])
})

test('a flavor takes so many NICs and disks and no more', async () => {
  const ecs = ecsIn(await startCloud())
  const [nic] = (await ecs.wanted()).nics
  const flavorRef = 's6.large.2'
  expect(await codeOf(ecs, { flavorRef, nics: [nic, nic, nic] })).toEqual([400, 'Ecs.0050'])
  expect(await codeOf(ecs, { data_volumes: disks(24) })).toEqual([400, 'Ecs.0042'])
  expect(await codeOf(ecs, { flavorRef, data_volumes: disks(24) })).toEqual([200, undefined])
})

test('disks of some types cannot be had', async () => {
  const ecs = ecsIn(await startCloud())
  const zones = (await ecs.evs('GET', 'v2', 'os-availability-zone')).body.availabilityZoneInfo
  const last = zones.at(-1).zoneName
  const root = (volumetype: string) => ({ root_volume: { volumetype, size: 60 } })
  expect(await codeOf(ecs, root('nonsense'))).toEqual([400, 'Ecs.0043'])
  expect(await codeOf(ecs, root('co-p1'))).toEqual([400, 'Ecs.0015'])
  expect(await codeOf(ecs, { ...root('ESSD2'), availability_zone: last })).toEqual([400, 'Ecs.0044'])
  const first = zones[0].zoneName
  expect(await codeOf(ecs, { ...root('ESSD2'), availability_zone: first })).toEqual([200, undefined])
})

test('quotas hold for disks, public addresses and bandwidth', async () => {
  const ecs = ecsIn(await startCloud())
  const flavorRef = 's6.large.2'
  const large = {
    flavorRef,
    data_volumes: Array.from({ length: 59 }, () => ({ volumetype: 'SSD', size: 32_768 })),
  }
  expect(await codeOf(ecs, { ...large, count: 2 })).toEqual([400, 'Ecs.0021'])
  const publicip = (size: number) => ({ eip: { iptype: '5_bgp', bandwidth: { size, sharetype: 'PER' } } })
  expect(await codeOf(ecs, { flavorRef, count: 51, publicip: publicip(1) })).toEqual([400, 'Ecs.0013'])
  expect(await codeOf(ecs, { publicip: publicip(2_001) })).toEqual([400, 'Ecs.0045'])
})

test('spot servers have rules and quotas of their own', async () => {
  const ecs = ecsIn(await startCloud())
  const imageRef = await imageOf(ecs, 'x86')
  const spot = (extendparam: object, more = {}) => ({
    imageRef,
    flavorRef: 's6.large.2',
    extendparam: { marketType: 'spot', ...extendparam },
    ...more,
  })
  expect(await codeOf(ecs, spot({}, { count: 21 }))).toEqual([400, 'Ecs.0001'])
  expect(await codeOf(ecs, spot({ support_auto_recovery: true }))).toEqual([400, 'Ecs.0903'])
  expect(await codeOf(ecs, spot({ spot_duration_hours: 7 }))).toEqual([400, 'Ecs.0076'])
  expect(await codeOf(ecs, spot({ spot_duration_count: 11 }))).toEqual([400, 'Ecs.0077'])
  const market = { imageRef: (await ecs.wanted()).imageRef, flavorRef: 's6.large.2' }
  expect(await codeOf(ecs, { ...market, extendparam: { marketType: 'spot' } })).toEqual([400, 'Ecs.0902'])
})

test('servers are spread over zones when that is wanted', async () => {
  const ecs = ecsIn(await startCloud())
  const spread = { flavorRef: 's6.large.2', count: 4, batch_create_in_multi_az: true }
  const { body } = await ecs.create({ server: await ecs.wanted(spread) })
  const zoneOf = async (id: string) => (await ecs.show(id)).body.server['OS-EXT-AZ:availability_zone']
  const zones = await Promise.all(body.serverIds.map(zoneOf))
  expect(new Set(zones).size).toBeGreaterThan(1)
  const { volumes } = (await ecs.evs('GET', 'v2', `cloudvolumes/detail?server_id=${body.serverIds[1]}`)).body
  expect(volumes[0].availability_zone).toBe(zones[1])
  expect(await codeOf(ecs, { ...spread, availability_zone: zones[0] })).toEqual([400, 'Ecs.0005'])
})

test('disks are as fast as was asked, and hold what was asked', async () => {
  const ecs = ecsIn(await startCloud())
  const root_volume = { volumetype: 'GPSSD2', size: 60, iops: 3_000, throughput: 125 }
  const encrypted = { volumetype: 'SSD', size: 10, metadata: { __system__encrypted: '1' } }
  const id = await ecs.made({ root_volume, data_volumes: [encrypted] })
  const { volumes } = (await ecs.evs('GET', 'v2', `cloudvolumes/detail?server_id=${id}`)).body
  expect(volumes).toMatchObject([
    { encrypted: true },
    { encrypted: false, iops: { total_val: 3_000 }, throughput: { total_val: 125 } },
  ])
  for (const disk of [
    { volumetype: 'SSD', iops: 3_000 },
    { volumetype: 'ESSD2', throughput: 125 },
    { volumetype: 'GPSSD2', iops: 1 },
    { volumetype: 'SSD', extendparam: { snapshotId: 'x' } },
    { volumetype: 'SSD', cluster_id: 'x' },
  ])
    expect(await codeOf(ecs, { root_volume: { size: 60, ...disk } })).toEqual([400, 'Ecs.0005'])
  const nothing = { volumetype: 'SSD', size: 10, data_image_id: 'nobody' }
  expect(await codeOf(ecs, { data_volumes: [nothing] })).toEqual([400, 'Ecs.0031'])
})

test('threads and the way to metadata are the wishes of the creator, the latter changed later', async () => {
  const ecs = ecsIn(await startCloud())
  const id = await ecs.made({
    cpu_options: { 'hw:cpu_threads': 1 },
    metadata_options: { http_tokens: 'required' },
  })
  const list = await ecs.call('GET', 'v1.1', `cloudservers/detail?id=${id}&expect-fields=cpu_options`)
  expect(list.body.servers[0].cpu_options).toEqual({ 'hw:cpu_threads': 1 })
  const path = `cloudservers/${id}/metadata-options`
  expect((await ecs.call('GET', 'v1', path)).body).toEqual({
    http_endpoint: 'enabled',
    http_tokens: 'required',
  })
  await ecs.call('PUT', 'v1', path, { http_endpoint: 'disabled' })
  expect((await ecs.call('GET', 'v1', path)).body.http_endpoint).toBe('disabled')
})

test('a NIC has the groups and further addresses it is given, and IPv6 is refused rather than forgotten', async () => {
  const cloud = await startCloud()
  const [ecs, net] = [ecsIn(cloud), networkIn(cloud)]
  const group = (await net.post('/v1/{p}/security-groups', { security_group: { name: 'own' } })).body
    .security_group
  const [nic] = (await ecs.wanted({})).nics as object[]
  const nicWith = (more: object) => ({ nics: [{ ...nic, ...more }] })
  const pairs = [{ ip_address: '10.9.0.0/24' }]
  const wanted = nicWith({ security_groups: [{ id: group.id }], allowed_address_pairs: pairs })
  const { body } = await ecs.create({ server: await ecs.wanted(wanted) })
  const ports = (await net.get('/v1/{p}/ports', ['device_id', body.serverIds[0]])).body.ports
  expect(ports).toMatchObject([{ security_groups: [group.id], allowed_address_pairs: pairs }])
  expect(await codeOf(ecs, nicWith({ ipv6_enable: true }))).toEqual([400, 'Ecs.0005'])
  expect(await codeOf(ecs, nicWith({ security_groups: [{ id: 'none' }] }))).toEqual([400, 'Ecs.0014'])
  expect(await codeOf(ecs, nicWith({ allowed_address_pairs: [{ ip_address: 'x' }] }))).toEqual([
    400,
    'Ecs.0005',
  ])
})
