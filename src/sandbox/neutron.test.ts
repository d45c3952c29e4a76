import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'
import { type NetworkHost, networkIn, refusalOf } from './test-network.ts'

async function makeNetwork(net: NetworkHost, name: string) {
  const made = await net.post('/v2.0/networks', { network: { name, admin_state_up: true } })
  expect(made.status).toBe(201)
  return made.body.network
}

test('a network of the VPC is seen from both sides', async () => {
  const net = networkIn(await startCloud())
  const subnet = await net.firstSubnet()
  const network = (await net.get(`/v2.0/networks/${subnet.id}`)).body.network
  expect(network).toMatchObject({
    name: subnet.vpc_id,
    status: 'ACTIVE',
    subnets: [subnet.neutron_subnet_id],
  })
  const { subnets } = (await net.get('/v2.0/subnets', ['network_id', subnet.id])).body
  expect(subnets).toMatchObject([
    { id: subnet.neutron_subnet_id, cidr: '192.168.0.0/20', gateway_ip: '192.168.0.1', ip_version: 4 },
  ])
  expect((await net.get(`/v2.0/routers/${subnet.vpc_id}`)).body.router.name).toBe('vpc-default')
  const external = (await net.get('/v2.0/networks', ['router:external', 'True'])).body.networks
  expect(external).toMatchObject([{ name: 'admin_external_net' }])
})

test('a network, its subnet and its router are made and go in order; a server lives on it', async () => {
  const cloud = await startCloud()
  const net = networkIn(cloud)
  const ecs = ecsIn(cloud)
  const network = await makeNetwork(net, 'mine')
  const wanted = { network_id: network.id, cidr: '10.5.0.0/24', ip_version: 4, name: 's' }
  const made = await net.post('/v2.0/subnets', { subnet: wanted })
  expect([made.status, made.body.subnet.gateway_ip]).toEqual([201, '10.5.0.1'])
  const { subnet } = made.body
  expect((await net.get('/v1/{p}/subnets')).body.subnets).toHaveLength(1)
  const { router } = (await net.post('/v2.0/routers', { router: { name: 'r' } })).body
  const put = await net.put(`/v2.0/routers/${router.id}/add_router_interface`, { subnet_id: subnet.id })
  expect(put.body).toMatchObject({ id: router.id, subnet_id: subnet.id })
  expect((await net.get(`/v1/{p}/subnets/${network.id}`)).body.subnet.vpc_id).toBe(router.id)
  const server = await ecs.wanted({ vpcid: router.id, nics: [{ subnet_id: network.id }] })
  const [id] = (await ecs.create({ server })).body.serverIds
  const [port] = (await net.get('/v2.0/ports', ['device_id', id])).body.ports
  expect(port.fixed_ips).toEqual([{ subnet_id: subnet.id, ip_address: '10.5.0.2' }])
  for (const [path, type] of [
    [`/v2.0/ports/${port.id}`, 'PortInUse'],
    [`/v2.0/subnets/${subnet.id}`, 'SubnetInUse'],
    [`/v2.0/networks/${network.id}`, 'NetworkInUse'],
    [`/v2.0/routers/${router.id}`, 'RouterInUse'],
  ] as const)
    expect(refusalOf(await net.delete(path))).toEqual([409, type])
  const off = `/v2.0/routers/${router.id}/remove_router_interface`
  expect(refusalOf(await net.put(off, { subnet_id: subnet.id }))).toEqual([409, 'RouterInterfaceInUse'])
  await ecs.remove({ servers: [{ id }] })
  expect((await net.put(off, { subnet_id: subnet.id })).status).toBe(200)
  for (const path of [
    `/v2.0/routers/${router.id}`,
    `/v2.0/subnets/${subnet.id}`,
    `/v2.0/networks/${network.id}`,
  ])
    expect((await net.delete(path)).status).toBe(204)
})

test('refusals are Neutron’s in words and shape', async () => {
  const net = networkIn(await startCloud())
  const { status, body } = await net.get('/v2.0/security-groups/nobody')
  expect(status).toBe(404)
  expect(body).toEqual({
    NeutronError: { type: 'SecurityGroupNotFound', message: expect.any(String), detail: '' },
  })
  for (const [path, type] of [
    ['networks', 'NetworkNotFound'],
    ['subnets', 'SubnetNotFound'],
    ['ports', 'PortNotFound'],
    ['routers', 'RouterNotFound'],
    ['floatingips', 'FloatingIPNotFound'],
    ['security-group-rules', 'SecurityGroupRuleNotFound'],
    ['extensions', 'ExtensionNotFound'],
  ])
    expect(refusalOf(await net.get(`/v2.0/${path}/nobody`))).toEqual([404, type])
  expect(refusalOf(await net.post('/v2.0/networks', {}))).toEqual([400, 'HTTPBadRequest'])
  const strange = await net.post('/v2.0/networks', { network: { colour: 'red' } })
  expect(refusalOf(strange)).toEqual([400, 'HTTPBadRequest'])
  const subnet = await net.firstSubnet()
  const again = { network_id: subnet.id, cidr: '10.0.0.0/24', ip_version: 4 }
  expect(refusalOf(await net.post('/v2.0/subnets', { subnet: again }))).toEqual([400, 'InvalidInput'])
  const taken = { network_id: subnet.id, fixed_ips: [{ ip_address: '192.168.0.2' }] }
  expect(refusalOf(await net.post('/v2.0/ports', { port: taken }))).toEqual([409, 'IpAddressInUse'])
})

test('lists have pages with links to the next and the previous, filters and fields', async () => {
  const net = networkIn(await startCloud(), 'cn-north-4')
  const names = ['a', 'b', 'c', 'd']
  for (const name of names) await net.port({ name })
  const all = (await net.get('/v2.0/ports')).body
  expect(all.ports).toHaveLength(4)
  expect(all).not.toHaveProperty('ports_links')
  const first = (await net.get('/v2.0/ports', ['limit', '2'])).body
  expect(first.ports_links).toEqual([
    {
      rel: 'next',
      href: `https://vpc.cn-north-4.myhuaweicloud.com/v2.0/ports?limit=2&marker=${first.ports[1].id}`,
    },
  ])
  const second = (await net.get('/v2.0/ports', ['limit', '2'], ['marker', first.ports[1].id])).body
  expect(second.ports_links.map(({ rel }: { rel: string }) => rel)).toEqual(['previous'])
  const back = await net.get(
    '/v2.0/ports',
    ['limit', '2'],
    ['marker', second.ports[0].id],
    ['page_reverse', 'True'],
  )
  expect(back.body.ports).toEqual(first.ports)
  const fields = (await net.get('/v2.0/ports', ['name', 'b'], ['name', 'c'], ['fields', 'name'])).body.ports
  expect(fields).toEqual([{ name: 'b' }, { name: 'c' }])
  const sorted = (await net.get('/v2.0/ports', ['sort_key', 'name'], ['sort_dir', 'desc'])).body.ports
  expect(sorted.map(({ name }: { name: string }) => name)).toEqual(names.toReversed())
  const address = first.ports[0].fixed_ips[0].ip_address
  expect((await net.get('/v2.0/ports', ['fixed_ips', `ip_address=${address}`])).body.ports).toHaveLength(1)
  expect(refusalOf(await net.get('/v2.0/ports', ['marker', 'nobody']))).toEqual([400, 'InvalidInput'])
})

test('groups and rules are the same as the VPC’s, with nulls', async () => {
  const net = networkIn(await startCloud())
  const made = await net.post('/v2.0/security-groups', { security_group: { name: 'web', description: 'd' } })
  expect([made.status, made.body.security_group.security_group_rules.length]).toEqual([201, 4])
  const { id } = made.body.security_group
  const rule = { security_group_id: id, direction: 'ingress', protocol: 'icmp', port_range_min: 8 }
  const added = await net.post('/v2.0/security-group-rules', { security_group_rule: rule })
  expect(added.status).toBe(201)
  expect(added.body.security_group_rule).toMatchObject({
    port_range_min: 8,
    port_range_max: null,
    remote_ip_prefix: null,
  })
  const twin = await net.post('/v2.0/security-group-rules', { security_group_rule: rule })
  expect(refusalOf(twin)).toEqual([409, 'SecurityGroupRuleExists'])
  const changed = await net.put(`/v2.0/security-groups/${id}`, { security_group: { name: 'new' } })
  expect(changed.body.security_group).toMatchObject({ name: 'new', description: 'd' })
  const { security_group_rules } = (await net.get('/v2.0/security-group-rules', ['security_group_id', id]))
    .body
  expect(security_group_rules).toHaveLength(5)
  const again = await net.post('/v2.0/security-groups', { security_group: { name: 'default' } })
  expect(refusalOf(again)).toEqual([409, 'SecurityGroupDefaultAlreadyExists'])
  const [byDefault] = (await net.get('/v2.0/security-groups', ['name', 'default'])).body.security_groups
  const kept = await net.delete(`/v2.0/security-groups/${byDefault.id}`)
  expect(refusalOf(kept)).toEqual([409, 'SecurityGroupCannotRemoveDefault'])
  const port = await net.port({ security_groups: [id] })
  expect(refusalOf(await net.delete(`/v2.0/security-groups/${id}`))).toEqual([409, 'SecurityGroupInUse'])
  expect((await net.delete(`/v2.0/ports/${port.id}`)).status).toBe(204)
  expect((await net.delete(`/v2.0/security-groups/${id}`)).status).toBe(204)
})

test('a floating IP is an elastic IP, and may go over from one port to another', async () => {
  const net = networkIn(await startCloud())
  const [external] = (await net.get('/v2.0/networks', ['name', 'admin_external_net'])).body.networks
  const [one, two] = [await net.port(), await net.port()]
  const made = await net.post('/v2.0/floatingips', {
    floatingip: { floating_network_id: external.id, port_id: one.id },
  })
  expect([made.status, made.body.floatingip.status]).toEqual([201, 'ACTIVE'])
  const { id, floating_ip_address } = made.body.floatingip
  expect((await net.get(`/v1/{p}/publicips/${id}`)).body.publicip).toMatchObject({
    port_id: one.id,
    public_ip_address: floating_ip_address,
  })
  const moved = await net.put(`/v2.0/floatingips/${id}`, { floatingip: { port_id: two.id } })
  expect(moved.body.floatingip).toMatchObject({
    port_id: two.id,
    fixed_ip_address: two.fixed_ips[0].ip_address,
  })
  const other = (await net.post('/v2.0/floatingips', { floatingip: {} })).body.floatingip
  const taken = await net.put(`/v2.0/floatingips/${other.id}`, { floatingip: { port_id: two.id } })
  expect(refusalOf(taken)).toEqual([409, 'FloatingIPPortAlreadyAssociated'])
  const freed = await net.put(`/v2.0/floatingips/${id}`, { floatingip: { port_id: null } })
  expect(freed.body.floatingip).toMatchObject({ port_id: null, status: 'DOWN' })
  expect((await net.delete(`/v2.0/floatingips/${id}`)).status).toBe(204)
})

test('networks are renamed, subnets changed, ports too', async () => {
  const net = networkIn(await startCloud())
  const { id } = await makeNetwork(net, 'a')
  const named = await net.put(`/v2.0/networks/${id}`, { network: { name: 'b' } })
  expect(named.body.network.name).toBe('b')
  const made = await net.post('/v2.0/subnets', {
    subnet: { network_id: id, cidr: '10.0.0.0/24', gateway_ip: null },
  })
  expect(made.body.subnet).toMatchObject({ gateway_ip: null, enable_dhcp: true, dns_nameservers: [] })
  const changed = await net.put(`/v2.0/subnets/${made.body.subnet.id}`, {
    subnet: { dns_nameservers: ['8.8.8.8'], enable_dhcp: false },
  })
  expect(changed.body.subnet).toMatchObject({ dns_nameservers: ['8.8.8.8'], enable_dhcp: false })
  const { port } = (await net.post('/v2.0/ports', { port: { network_id: id } })).body
  const up = await net.put(`/v2.0/ports/${port.id}`, { port: { admin_state_up: false, name: 'p' } })
  expect(up.body.port).toMatchObject({ admin_state_up: false, name: 'p', network_id: id })
})

test('what clients ask first is answered: resources, extensions and zones', async () => {
  const net = networkIn(await startCloud())
  expect((await net.get('/v2.0/')).body.resources.length).toBeGreaterThan(5)
  const { extensions } = (await net.get('/v2.0/extensions')).body
  expect(extensions.map(({ alias }: { alias: string }) => alias)).toContain('security-group')
  expect((await net.get('/v2.0/extensions/router')).body.extension.alias).toBe('router')
  expect((await net.get('/v2.0/availability_zones')).body.availability_zones[0].state).toBe('available')
})
