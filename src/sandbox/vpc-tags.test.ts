import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { networkIn, refusalOf } from './test-network.ts'

test.for(['vpcs', 'subnets', 'security-groups', 'publicips'])('tags of %s', async (kind) => {
  const net = networkIn(await startCloud())
  await net.eip()
  const [thing] = (await net.get(`/v1/{p}/${kind}`)).body[kind.replace('-', '_')]
  const at = `/v2.0/{p}/${kind}/${thing.id}/tags`
  expect((await net.post(at, { tag: { key: 'a', value: '1' } })).status).toBe(204)
  const tags = [
    { key: 'a', value: '2' },
    { key: 'b', value: '3' },
  ]
  expect((await net.post(`${at}/action`, { action: 'create', tags })).status).toBe(204)
  expect((await net.get(at)).body).toEqual({ tags })
  expect((await net.get(`/v2.0/{p}/${kind}/tags`)).body.tags).toEqual([
    { key: 'a', values: ['2'] },
    { key: 'b', values: ['3'] },
  ])
  const find = async (filter: object) =>
    (await net.post(`/v2.0/{p}/${kind}/resource_instances/action`, { action: 'filter', ...filter })).body
  expect(await find({ tags: [{ key: 'a', values: ['2'] }] })).toMatchObject({
    total_count: 1,
    resources: [{ resource_id: thing.id, tags }],
  })
  expect((await find({ tags: [{ key: 'a', values: ['1'] }] })).total_count).toBe(0)
  expect((await net.delete(`${at}/a`)).status).toBe(204)
  await net.post(`${at}/action`, { action: 'delete', tags: [{ key: 'b' }] })
  expect((await net.get(at)).body.tags).toEqual([])
  expect(refusalOf(await net.delete(`${at}/a`))).toEqual([404, 'VPC.2204'])
  expect(refusalOf(await net.post(at, { tag: { key: 'a=b' } }))).toEqual([400, 'VPC.1801'])
  expect(refusalOf(await net.get(`/v2.0/{p}/${kind}/nobody/tags`))).toEqual([404, 'VPC.2204'])
})

test('things are made with their tags, and these go with them', async () => {
  const net = networkIn(await startCloud())
  const tags = [{ key: 'k', value: 'v' }]
  const vpc = (await net.post('/v3/{p}/vpc/vpcs', { vpc: { name: 'own', cidr: '10.1.0.0/16', tags } })).body
    .vpc
  expect(vpc.tags).toEqual(tags)
  const made = await net.post('/v3/{p}/vpc/security-groups', { security_group: { name: 'g', tags } })
  expect(made.body.security_group.tags).toEqual(tags)
  const subnet = { name: 's', cidr: '10.1.2.0/24', gateway_ip: '10.1.2.1', vpc_id: vpc.id, tags: ['k*v'] }
  const { id } = (await net.post('/v1/{p}/subnets', { subnet })).body.subnet
  const seen = (await net.get(`/v3/{p}/vpc/virsubnets/${id}`)).body.virsubnet
  expect(seen).toMatchObject({ tags, vpc_id: vpc.id, subnet_cidrs: [{ cidr: '10.1.2.0/24' }] })
  await net.delete(`/v1/{p}/vpcs/${vpc.id}/subnets/${id}`)
  await net.delete(`/v3/{p}/vpc/vpcs/${vpc.id}`)
  expect((await net.get('/v2.0/{p}/vpcs/tags')).body.tags).toEqual([])
})

test('the third version reads subnets, ports and quotas', async () => {
  const net = networkIn(await startCloud())
  const port = await net.port({ name: 'p' })
  const { ports, page_info } = (await net.get('/v3/{p}/ports', ['name', 'p'], ['name', 'q'])).body
  expect(page_info).toEqual({ previous_marker: port.id, current_count: 1 })
  expect(ports[0]).toMatchObject({ id: port.id, virsubnet_id: port.network_id, status: 'DOWN' })
  expect((await net.get(`/v3/{p}/ports/${port.id}`)).body.port).toEqual(ports[0])
  expect((await net.get('/v3/{p}/ports/nobody')).body).toMatchObject({ error_code: 'VPC.2500' })
  expect((await net.get('/v3/{p}/vpc/virsubnets')).body.virsubnets).toHaveLength(1)
  expect(refusalOf(await net.get('/v3/{p}/vpc/virsubnets/nobody'))).toEqual([404, 'VPC.0202'])
  expect((await net.get('/v3/{p}/vpc/quotas')).body.quota.vpc).toBe(150)
})
