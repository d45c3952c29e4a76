import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'
import { networkIn, refusalOf } from './test-network.ts'

const ABSENT = 'b37fd80e-ac67-4d02-b9f1-9891c9c0fabf'

test('a VPC is updated, and its block must go on holding its subnets', async () => {
  const net = networkIn(await startCloud())
  const { id } = await net.vpc('own')
  await net.subnet(id)
  const changed = await net.put(`/v1/{p}/vpcs/${id}`, { vpc: { name: 'other', cidr: '10.0.0.0/8' } })
  expect(changed.body.vpc).toMatchObject({ id, name: 'other', cidr: '10.0.0.0/8', status: 'OK' })
  const narrowed = await net.put(`/v1/{p}/vpcs/${id}`, { vpc: { cidr: '10.2.0.0/16' } })
  expect(refusalOf(narrowed)).toEqual([400, 'VPC.0117'])
  const routes = [{ destination: '8.8.8.0/24', nexthop: '10.1.2.9' }]
  expect((await net.put(`/v1/{p}/vpcs/${id}`, { vpc: { routes } })).body.vpc.routes).toEqual(routes)
})

const wrongVpcs: [string, object, [number, string]][] = [
  ['a name too long', { name: 'n'.repeat(65) }, [400, 'VPC.0101']],
  ['a name there already', { name: 'vpc-default' }, [400, 'VPC.0115']],
  ['a public block', { name: 'v', cidr: '8.8.0.0/16' }, [400, 'VPC.0101']],
  ['a block too small', { name: 'v', cidr: '10.0.0.0/29' }, [400, 'VPC.0101']],
  ['an enterprise project that is no id', { name: 'v', enterprise_project_id: 'x' }, [400, 'VPC.0011']],
  ['an enterprise project nobody has', { name: 'v', enterprise_project_id: ABSENT }, [404, 'VPC.0012']],
]

test.for(wrongVpcs)('no VPC with %s', async ([, vpc, refusal]) => {
  const net = networkIn(await startCloud())
  expect(refusalOf(await net.post('/v1/{p}/vpcs', { vpc }))).toEqual(refusal)
  expect((await net.get('/v1/{p}/vpcs')).body.vpcs).toHaveLength(1)
})

test('a VPC with subnets, with routes or never ready is not deleted', async () => {
  const net = networkIn(await startCloud())
  const { id } = await net.vpc('own')
  const subnet = await net.subnet(id)
  await net.put(`/v1/{p}/vpcs/${id}`, {
    vpc: { routes: [{ destination: '8.8.8.0/24', nexthop: '10.1.2.9' }] },
  })
  expect(refusalOf(await net.delete(`/v1/{p}/vpcs/${id}`))).toEqual([409, 'VPC.0104'])
  await net.delete(`/v1/{p}/vpcs/${id}/subnets/${subnet.id}`)
  expect(refusalOf(await net.delete(`/v1/{p}/vpcs/${id}`))).toEqual([409, 'VPC.0120'])
  await net.put(`/v1/{p}/vpcs/${id}`, { vpc: { routes: [] } })
  expect((await net.delete(`/v1/{p}/vpcs/${id}`)).status).toBe(204)
  const stuck = await net.vpc('stuck-one')
  expect((await net.get(`/v1/{p}/vpcs/${stuck.id}`)).body.vpc.status).toBe('CREATING')
  expect(refusalOf(await net.delete(`/v1/{p}/vpcs/${stuck.id}`))).toEqual([409, 'VPC.0110'])
  const wanted = { name: 's', cidr: '10.1.2.0/24', gateway_ip: '10.1.2.1', vpc_id: stuck.id }
  expect(refusalOf(await net.post('/v1/{p}/subnets', { subnet: wanted }))).toEqual([400, 'VPC.0004'])
})

test('by the clock networks take a moment to get ready', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const net = networkIn(cloud)
  const { id } = await net.vpc('own')
  const subnet = await net.subnet(id)
  const states = async () => [
    (await net.get(`/v1/{p}/vpcs/${id}`)).body.vpc.status,
    (await net.get(`/v3/{p}/vpc/vpcs/${id}`)).body.vpc.status,
    (await net.get(`/v1/{p}/subnets/${subnet.id}`)).body.subnet.status,
  ]
  expect(await states()).toEqual(['CREATING', 'PENDING', 'UNKNOWN'])
  cloud.pass(300)
  expect(await states()).toEqual(['OK', 'ACTIVE', 'ACTIVE'])
})

test('there is room for so many VPCs', async () => {
  const net = networkIn(await startCloud())
  for (let number = 1; number < 150; number++) await net.vpc(`v${number}`)
  expect(refusalOf(await net.post('/v1/{p}/vpcs', { vpc: { name: 'more' } }))).toEqual([409, 'VPC.0114'])
  const [quota] = (await net.get('/v1/{p}/quotas', ['type', 'vpc'])).body.quotas.resources
  expect(quota).toEqual({ type: 'vpc', used: 150, quota: 150, min: 0 })
  expect(refusalOf(await net.get('/v1/{p}/quotas', ['type', 'wishes']))).toEqual([400, 'VPC.1207'])
  expect((await net.get('/v1/{p}/quotas')).body.quotas.resources.length).toBeGreaterThan(5)
})

test('another project in the path is refused in the words of the version asked', async () => {
  const net = networkIn(await startCloud())
  const { body, status } = await net.get(`/v1/${'0'.repeat(32)}/vpcs`)
  expect([status, body]).toEqual([400, { code: 'VPC.0007', message: expect.any(String) }])
  const third = await net.get(`/v3/${'0'.repeat(32)}/vpc/vpcs`)
  expect(third.body).toEqual({
    error_code: 'VPC.0007',
    error_msg: expect.any(String),
    request_id: third.headers['x-request-id'],
  })
})

test('a subnet is updated under its own VPC only', async () => {
  const net = networkIn(await startCloud())
  const { id } = await net.vpc('own')
  const subnet = await net.subnet(id)
  const at = (vpcId: string) => `/v1/{p}/vpcs/${vpcId}/subnets/${subnet.id}`
  const heard = await net.put(at(id), { subnet: { name: 'new', dnsList: ['8.8.8.8'], dhcp_enable: false } })
  expect(heard.body.subnet).toEqual({ id: subnet.id, status: 'ACTIVE' })
  expect((await net.get(`/v1/{p}/subnets/${subnet.id}`)).body.subnet).toMatchObject({
    name: 'new',
    primary_dns: '8.8.8.8',
    secondary_dns: '',
    dhcp_enable: false,
    available_ip_address_count: 253,
  })
  const [other] = (await net.get('/v1/{p}/vpcs')).body.vpcs
  expect(refusalOf(await net.put(at(other.id), { subnet: { name: 'x' } }))).toEqual([400, 'VPC.0207'])
  expect(refusalOf(await net.put(at(id), { subnet: { name: '' } }))).toEqual([400, 'VPC.0201'])
  const wanted = { name: 's', cidr: '10.1.3.0/24', gateway_ip: '10.1.3.1', vpc_id: id }
  for (const [change, code] of [
    [{ availability_zone: null }, 'VPC.0002'],
    [{ ipv6_enable: true }, 'VPC.0201'],
    [{ primary_dns: 'nowhere' }, 'VPC.0201'],
  ] as const)
    expect(refusalOf(await net.post('/v1/{p}/subnets', { subnet: { ...wanted, ...change } }))).toEqual([
      400,
      code,
    ])
})

test('private IPs are kept, and keep their subnet', async () => {
  const net = networkIn(await startCloud())
  const { id } = await net.vpc('own')
  const subnet = await net.subnet(id)
  const wanted = [{ subnet_id: subnet.id, ip_address: '10.1.2.9' }, { subnet_id: subnet.id }]
  const { body } = await net.post('/v1/{p}/privateips', { privateips: wanted })
  expect(body.privateips.map(({ ip_address }: { ip_address: string }) => ip_address)).toEqual([
    '10.1.2.9',
    '10.1.2.2',
  ])
  const again = await net.post('/v1/{p}/privateips', { privateips: wanted.slice(0, 1) })
  expect(refusalOf(again)).toEqual([409, 'VPC.0701'])
  const refused = await net.delete(`/v1/{p}/vpcs/${id}/subnets/${subnet.id}`)
  expect(refusalOf(refused)).toEqual([500, 'VPC.0208'])
  expect((await net.get(`/v1/{p}/subnets/${subnet.id}/privateips`)).body.privateips).toHaveLength(2)
  for (const { id: each } of body.privateips)
    expect((await net.delete(`/v1/{p}/privateips/${each}`)).status).toBe(204)
  expect((await net.get(`/v1/{p}/privateips/${body.privateips[0].id}`)).status).toBe(404)
  expect((await net.delete(`/v1/{p}/vpcs/${id}/subnets/${subnet.id}`)).status).toBe(204)
})

test('the third version pages, filters by repeated names and speaks its own words', async () => {
  const net = networkIn(await startCloud())
  const at = '/v3/{p}/vpc/vpcs'
  const made = await net.post(at, { vpc: { name: 'a', cidr: '10.0.0.0/16', description: 'd' } })
  expect([made.status, made.body.vpc.status]).toEqual([201, 'PENDING'])
  await net.post(at, { vpc: { name: 'b', cidr: '10.0.0.0/16' } })
  const dry = await net.post(at, { dry_run: true, vpc: { name: 'c', cidr: '10.0.0.0/16' } })
  expect(dry.status).toBe(202)
  const first = (await net.get(at, ['limit', '2'])).body
  expect(first.page_info).toEqual({
    previous_marker: first.vpcs[0].id,
    current_count: 2,
    next_marker: made.body.vpc.id,
  })
  const second = (await net.get(at, ['limit', '2'], ['marker', made.body.vpc.id])).body
  expect(second.vpcs.map(({ name }: { name: string }) => name)).toEqual(['b'])
  expect(second.page_info).toEqual({ previous_marker: second.vpcs[0].id, current_count: 1 })
  const named = await net.get(at, ['name', 'a'], ['name', 'b'])
  expect(named.body.vpcs).toHaveLength(2)
  expect(named.body.vpcs[0]).toMatchObject({
    status: 'ACTIVE',
    project_id: net.project,
    created_at: '2026-01-01T00:00:00Z',
    cloud_resources: [{ resource_type: 'virsubnet', resource_count: 0 }],
  })
  expect(refusalOf(await net.get(at, ['limit', '2001']))).toEqual([400, 'VPC.0101'])
  const changed = await net.put(`${at}/${made.body.vpc.id}`, { vpc: { description: 'new' } })
  expect(changed.body.vpc).toMatchObject({ name: 'a', description: 'new' })
  expect((await net.delete(`${at}/${made.body.vpc.id}`)).status).toBe(204)
  expect(refusalOf(await net.get(`${at}/${made.body.vpc.id}`))).toEqual([404, 'VPC.0003'])
})

test('a second block takes subnets, and stays while it has some', async () => {
  const net = networkIn(await startCloud())
  const { id } = await net.vpc('own')
  const at = `/v3/{p}/vpc/vpcs/${id}`
  const vpc = { extend_cidrs: ['10.9.0.0/16'] }
  expect((await net.put(`${at}/add-extend-cidr`, { vpc })).body.vpc.extend_cidrs).toEqual(['10.9.0.0/16'])
  expect(refusalOf(await net.put(`${at}/add-extend-cidr`, { vpc }))).toEqual([400, 'VPC.0101'])
  const subnet = await net.subnet(id, '10.9.2')
  expect(refusalOf(await net.put(`${at}/remove-extend-cidr`, { vpc }))).toEqual([400, 'VPC.0101'])
  await net.delete(`/v1/{p}/vpcs/${id}/subnets/${subnet.id}`)
  expect((await net.put(`${at}/remove-extend-cidr`, { vpc })).body.vpc.extend_cidrs).toEqual([])
})

test('a server holds its port, the port its subnet, the subnet its VPC', async () => {
  const cloud = await startCloud()
  const net = networkIn(cloud)
  const ecs = ecsIn(cloud)
  const { id } = await net.vpc('own')
  const subnet = await net.subnet(id)
  const wanted = await ecs.wanted({ vpcid: id, nics: [{ subnet_id: subnet.id }] })
  const [serverId] = (await ecs.create({ server: wanted })).body.serverIds
  const [port] = (await net.get('/v1/{p}/ports', ['device_id', serverId])).body.ports
  expect(port).toMatchObject({ network_id: subnet.id, status: 'ACTIVE', instance_type: 'ECS' })
  expect(port.fixed_ips).toEqual([{ subnet_id: subnet.neutron_subnet_id, ip_address: '10.1.2.2' }])
  expect(refusalOf(await net.delete(`/v1/{p}/ports/${port.id}`))).toEqual([400, 'VPC.2500'])
  const onSubnet = await net.delete(`/v1/{p}/vpcs/${id}/subnets/${subnet.id}`)
  expect(refusalOf(onSubnet)).toEqual([500, 'VPC.0209'])
  expect(refusalOf(await net.delete(`/v1/{p}/vpcs/${id}`))).toEqual([409, 'VPC.0104'])
  await ecs.remove({ servers: [{ id: serverId }] })
  expect((await net.get(`/v1/{p}/ports/${port.id}`)).status).toBe(404)
  expect((await net.delete(`/v1/{p}/vpcs/${id}/subnets/${subnet.id}`)).status).toBe(204)
  expect((await net.delete(`/v1/{p}/vpcs/${id}`)).status).toBe(204)
})

test('private IPs that cannot be had, and one that is not there', async () => {
  const net = networkIn(await startCloud())
  const { id: vpc_id } = await net.vpc('own')
  const wanted = { name: 's', cidr: '10.1.0.0/28', gateway_ip: '10.1.0.1', vpc_id }
  const { id: subnet_id } = (await net.post('/v1/{p}/subnets', { subnet: wanted })).body.subnet
  const keep = (count: number) =>
    net.post('/v1/{p}/privateips', { privateips: Array.from({ length: count }, () => ({ subnet_id })) })
  expect(refusalOf(await keep(14))).toEqual([409, 'VPC.0703'])
  expect((await net.get(`/v1/{p}/subnets/${subnet_id}/privateips`)).body.privateips).toEqual([])
  expect((await keep(13)).status).toBe(200)
  expect(refusalOf(await keep(0))).toEqual([400, 'VPC.0702'])
  expect(refusalOf(await net.get('/v1/{p}/privateips/nobody'))).toEqual([404, 'VPC.0704'])
})

test('there is room for so many subnets', async () => {
  const net = networkIn(await startCloud())
  const { id: vpc_id } = await net.vpc('own', '10.0.0.0/8')
  const make = (number: number) => {
    const block = `10.${number >> 8}.${number & 255}`
    const subnet = { name: 's', cidr: `${block}.0/24`, gateway_ip: `${block}.1`, vpc_id }
    return net.post('/v1/{p}/subnets', { subnet })
  }
  for (let number = 1; number < 300; number++) await make(number)
  expect(refusalOf(await make(300))).toEqual([409, 'VPC.0202'])
  const network = (await net.post('/v2.0/networks', { network: { name: 'n' } })).body
  expect(network.NeutronError.type).toBe('OverQuota')
})
