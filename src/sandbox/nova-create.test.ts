import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'
import { novaIn } from './test-nova.ts'

const image = '88faab67-9e31-48d9-8027-f8a025da94de'

test('a server asked for in few words is taken at once, and is the same by ECS', async () => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const heard = await nova.create(await nova.wanted({ metadata: { purpose: 'test' } }))
  expect(heard.status).toBe(202)
  expect(heard.headers).toMatchObject({
    'openstack-api-version': 'compute 2.1',
    'x-openstack-nova-api-version': '2.1',
  })
  const { id, adminPass, links, ...rest } = heard.body.server
  expect(rest).toEqual({ 'OS-DCF:diskConfig': 'MANUAL', security_groups: [{ name: 'default' }] })
  expect(adminPass).toMatch(/^\w{13}$/)
  expect(links[0]).toEqual({
    rel: 'self',
    href: `https://ecs.cn-east-2.myhuaweicloud.com/v2.1/${nova.project}/servers/${id}`,
  })
  const { server } = (await nova.show(id)).body
  expect(server).toMatchObject({
    id,
    name: 'test',
    status: 'ACTIVE',
    progress: 100,
    key_name: null,
    tenant_id: nova.project,
    image: { id: image },
    flavor: { id: 'ac6.12xlarge.2' },
    metadata: { purpose: 'test' },
    'OS-EXT-STS:vm_state': 'active',
    'OS-EXT-STS:power_state': 1,
  })
  expect(server).not.toHaveProperty('fault')
  const [addresses] = Object.values<{ version: number }[]>(server.addresses)
  expect(addresses?.[0]).toMatchObject({ version: 4, 'OS-EXT-IPS:type': 'fixed' })
  expect((await ecsIn(cloud).show(id)).body.server.name).toBe('test')
})

test('several at once are numbered, and can be had by their reservation', async () => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const wanted = await nova.wanted({ min_count: 2, max_count: '3', return_reservation_id: true })
  const { reservation_id } = (await nova.create(wanted)).body
  const { servers } = (await nova.get('/servers', ['reservation_id', reservation_id])).body
  expect(servers.map(({ name }: { name: string }) => name)).toEqual(['test-0003', 'test-0002', 'test-0001'])
})

test('disks are devices, a port can be brought along', async () => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const devices = [
    { source_type: 'image', uuid: image, boot_index: '0', volume_size: 80, volume_type: 'SSD' },
    { source_type: 'blank', destination_type: 'volume', volume_size: '20', delete_on_termination: true },
  ]
  const { imageRef: _, ...rest } = await nova.wanted({ block_device_mapping_v2: devices })
  const id = (await nova.create(rest)).body.server.id
  const disks = (await nova.get(`/servers/${id}/os-volume_attachments`)).body.volumeAttachments
  expect(disks.map(({ device }: { device: string }) => device)).toEqual(['/dev/vda', '/dev/vdb'])
  expect(disks[0]).toEqual({
    id: disks[0].volumeId,
    volumeId: disks[0].volumeId,
    serverId: id,
    device: '/dev/vda',
  })
  const [nic] = (await nova.get(`/servers/${id}/os-interface`)).body.interfaceAttachments
  const again = await nova.create(await nova.wanted({ networks: [{ port: nic.port_id }] }))
  expect([again.status, again.body.conflictingRequest.message]).toEqual([
    409,
    `Port ${nic.port_id} is still in use.`,
  ])
})

test('without a network the only one there is is taken', async () => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const { networks, ...rest } = await nova.wanted()
  const { id } = (await nova.create(rest)).body.server
  const [nic] = (await nova.get(`/servers/${id}/os-interface`)).body.interfaceAttachments
  expect(nic.net_id).toBe(networks[0]?.uuid)
})

const uuid = '11111111-2222-4333-8444-555555555555'
test.for<[string, object, number, RegExp]>([
  ['no name', { name: '' }, 400, /name/],
  ['a flavor nobody has', { flavorRef: 'nobody' }, 400, /flavor/],
  ['an image nobody has', { imageRef: uuid }, 400, /^Can not find requested image$/],
  ['no image at all', { imageRef: '' }, 400, /Boot sequence/],
  ['a network nobody has', { networks: [{ uuid }] }, 400, /could not be found/],
  ['a port nobody has', { networks: [{ port: uuid }] }, 400, /could not be found/],
  ['a network without a name', { networks: [{}] }, 400, /uuid or a port/],
  ['no network', { networks: 'none' }, 400, /network/],
  ['a group nobody has', { security_groups: [{ name: 'nobody' }] }, 400, /^Unable to find security_group/],
  ['a zone nobody has', { availability_zone: 'mars' }, 400, /zone is not available/],
  ['a key nobody has', { key_name: 'nobody' }, 400, /^Invalid key_name provided\.$/],
  ['more at least than at most', { min_count: 3, max_count: 2 }, 400, /min_count must be <= max_count/],
  ['none', { min_count: 0 }, 400, /min_count/],
  ['more than the quota', { min_count: 500 }, 403, /Quota exceeded/],
  ['a weak password', { adminPass: 'weak' }, 400, /password/],
  [
    'too small a disk',
    { block_device_mapping_v2: [{ source_type: 'image', boot_index: 0, volume_size: 1 }] },
    400,
    /smaller/,
  ],
  [
    'a blank disk without a size',
    { block_device_mapping_v2: [{ source_type: 'blank' }] },
    400,
    /volume_size/,
  ],
])('refused: %s', async ([, changes, status, message]) => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const heard = await nova.create(await nova.wanted(changes))
  const fault = heard.body[status === 400 ? 'badRequest' : 'forbidden']
  expect([heard.status, fault.code]).toEqual([status, status])
  expect(fault.message).toMatch(message)
  expect((await nova.get('/servers')).body.servers).toHaveLength(2)
})

test('a server from a volume is refused plainly', async () => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const devices = [{ source_type: 'volume', uuid, boot_index: 0 }]
  const heard = await nova.create(await nova.wanted({ block_device_mapping_v2: devices }))
  expect([heard.status, heard.body.notImplemented?.code]).toEqual([501, 501])
})
