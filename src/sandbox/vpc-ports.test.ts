import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'
import { networkIn, refusalOf } from './test-network.ts'

test('a port is made, found by what it has, changed and deleted', async () => {
  const net = networkIn(await startCloud())
  const port = await net.port({ name: 'p', fixed_ips: [{ ip_address: '192.168.0.77' }] })
  expect(port).toMatchObject({ name: 'p', status: 'DOWN', admin_state_up: true, device_id: '' })
  expect(port.mac_address).toMatch(/^fa:16:3e(:[0-9a-f]{2}){3}$/)
  for (const [name, value] of [
    ['id', port.id],
    ['name', 'p'],
    ['mac_address', port.mac_address],
    ['fixed_ips', 'ip_address=192.168.0.77'],
    ['status', 'DOWN'],
  ] as const)
    expect((await net.get('/v1/{p}/ports', [name, value])).body.ports).toEqual([port])
  expect((await net.get('/v1/{p}/ports', ['status', 'DOWN'], ['name', 'q'])).body.ports).toEqual([])
  const pairs = [{ ip_address: '10.0.0.0/8' }]
  const changed = await net.put(`/v1/{p}/ports/${port.id}`, {
    port: { name: 'q', allowed_address_pairs: pairs, security_groups: [] },
  })
  expect(changed.body.port).toMatchObject({
    name: 'q',
    allowed_address_pairs: pairs,
    security_groups: [],
  })
  expect((await net.delete(`/v1/{p}/ports/${port.id}`)).status).toBe(204)
  expect(refusalOf(await net.get(`/v1/{p}/ports/${port.id}`))).toEqual([404, 'VPC.2500'])
})

const wrongPorts: [string, object, [number, string]][] = [
  ['a network nobody has', { network_id: 'nobody' }, [404, 'VPC.2502']],
  ['an address of elsewhere', { fixed_ips: [{ ip_address: '10.0.0.1' }] }, [400, 'VPC.2500']],
  ['an address in use', { fixed_ips: [{ ip_address: '192.168.0.2' }] }, [409, 'VPC.0701']],
  ['the gateway’s address', { fixed_ips: [{ ip_address: '192.168.0.1' }] }, [409, 'VPC.0701']],
  ['another subnet', { fixed_ips: [{ subnet_id: 'other' }] }, [400, 'VPC.2500']],
  ['a group nobody has', { security_groups: ['nobody'] }, [404, 'VPC.0603']],
  ['an owner of the platform’s', { device_owner: 'network:dhcp' }, [400, 'VPC.2500']],
  ['a pair that is no address', { allowed_address_pairs: [{ ip_address: 'x' }] }, [400, 'VPC.2500']],
]

test.for(wrongPorts)('no port with %s', async ([, changes, refusal]) => {
  const net = networkIn(await startCloud())
  const subnet = await net.firstSubnet()
  const before = (await net.get('/v1/{p}/ports')).body.ports
  const heard = await net.post('/v1/{p}/ports', { port: { network_id: subnet.id, ...changes } })
  expect(refusalOf(heard)).toEqual(refusal)
  expect((await net.get('/v1/{p}/ports')).body.ports).toEqual(before)
})

test('a full subnet has no more ports', async () => {
  const net = networkIn(await startCloud())
  const { id: vpc_id } = await net.vpc('own')
  const wanted = { name: 's', cidr: '10.1.0.0/28', gateway_ip: '10.1.0.1', vpc_id }
  const { id: network_id } = (await net.post('/v1/{p}/subnets', { subnet: wanted })).body.subnet
  for (let number = 0; number < 13; number++) await net.port({ network_id })
  expect(refusalOf(await net.post('/v1/{p}/ports', { port: { network_id } }))).toEqual([500, 'VPC.2502'])
  const { ports } = (await net.get('/v1/{p}/ports', ['network_id', network_id])).body
  const addresses = ports.map(
    ({ fixed_ips }: { fixed_ips: [{ ip_address: string }] }) => fixed_ips[0].ip_address,
  )
  expect(new Set(addresses).size).toBe(13)
  await net.delete(`/v1/{p}/ports/${ports[5].id}`)
  expect((await net.port({ network_id })).fixed_ips[0].ip_address).toBe(addresses[5])
})

test('a port that was there before a server serves it, and is free again after it', async () => {
  const cloud = await startCloud()
  const net = networkIn(cloud)
  const ecs = ecsIn(cloud)
  const port = await net.port({ fixed_ips: [{ ip_address: '192.168.3.3' }] })
  const nics = [{ subnet_id: port.network_id, port_id: port.id }]
  const [id] = (await ecs.create({ server: await ecs.wanted({ nics }) })).body.serverIds
  const { server } = (await ecs.show(id)).body
  const [shown] = server.addresses[server.metadata.vpc_id]
  expect(shown).toMatchObject({ addr: '192.168.3.3', 'OS-EXT-IPS:port_id': port.id })
  const zone = server['OS-EXT-AZ:availability_zone']
  expect((await net.get(`/v1/{p}/ports/${port.id}`)).body.port).toMatchObject({
    device_id: id,
    device_owner: `compute:${zone}`,
    status: 'ACTIVE',
    'binding:vif_details': { primary_interface: true },
  })
  const again = await ecs.create({ server: await ecs.wanted({ nics }) })
  expect(refusalOf(again)).toEqual([400, 'Ecs.0005'])
  await ecs.remove({ servers: [{ id }] })
  expect((await net.get(`/v1/{p}/ports/${port.id}`)).body.port).toMatchObject({
    device_id: '',
    status: 'DOWN',
  })
})
