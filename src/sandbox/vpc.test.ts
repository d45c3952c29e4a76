import { expect, test } from 'vitest'
import type { Pair } from '../wire/signature.ts'
import { projectIn, startCloud, type TestCloud } from './test-client.ts'

function vpcIn(cloud: TestCloud, region = 'cn-north-4') {
  const host = `vpc.${region}.myhuaweicloud.com`
  const at = (path: string) => `/v1/${projectIn(region)}/${path}`
  return {
    get: (path: string, ...query: Pair[]) => cloud.call({ host, path: at(path), query }),
    post: (path: string, body: object) => cloud.call({ host, method: 'POST', path: at(path), body }),
    delete: (path: string) => cloud.call({ host, method: 'DELETE', path: at(path) }),
  }
}

test('every region has a default network and group, with ids that stay', async () => {
  const [first, second] = [vpcIn(await startCloud(), 'eu-west-101'), vpcIn(await startCloud(), 'eu-west-101')]
  const { vpcs } = (await first.get('vpcs')).body
  expect(vpcs).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      name: 'vpc-default',
      description: '',
      cidr: '192.168.0.0/16',
      status: 'OK',
      enterprise_project_id: '0',
      routes: [],
      tenant_id: projectIn('eu-west-101'),
      created_at: '2022-05-01T00:00:00',
      updated_at: '2022-05-01T00:00:00',
      enable_network_address_usage_metrics: false,
    },
  ])
  expect((await second.get('vpcs')).body.vpcs[0].id).toBe(vpcs[0].id)
  const { subnets } = (await first.get('subnets')).body
  expect(subnets[0]).toMatchObject({ name: 'subnet-default', vpc_id: vpcs[0].id, status: 'ACTIVE' })
  expect(subnets[0].neutron_network_id).toBe(subnets[0].id)
  expect(subnets[0].neutron_subnet_id).not.toBe(subnets[0].id)
  const { security_groups } = (await first.get('security-groups')).body
  expect(security_groups[0]).toMatchObject({
    name: 'default',
    description: 'Default security group',
    vpc_id: '',
  })
  expect(security_groups[0].security_group_rules).toHaveLength(4)
})

test('one of each is shown by its id, and what is not there is refused flatly', async () => {
  const vpc = vpcIn(await startCloud())
  for (const [list, name, code] of [
    ['vpcs', 'vpc', 'VPC.0003'],
    ['subnets', 'subnet', 'VPC.0202'],
    ['security-groups', 'security_group', 'VPC.0603'],
  ] as const) {
    const [item] = (await vpc.get(list)).body[list.replace('-', '_')]
    expect((await vpc.get(`${list}/${item.id}`)).body[name]).toEqual(item)
    const absent = await vpc.get(`${list}/nobody`)
    expect(absent.status).toBe(404)
    expect(absent.body).toEqual({ code, message: expect.any(String) })
  }
})

test('lists take a limit and a marker and do not say whether more come', async () => {
  const vpc = vpcIn(await startCloud())
  for (const name of ['a', 'b', 'c']) await vpc.post('vpcs', { vpc: { name, cidr: '10.0.0.0/8' } })
  const namesOf = async (...query: Pair[]) =>
    (await vpc.get('vpcs', ...query)).body.vpcs.map(({ name }: { name: string }) => name)
  expect(await namesOf()).toEqual(['vpc-default', 'a', 'b', 'c'])
  expect(await namesOf(['limit', '2'])).toEqual(['vpc-default', 'a'])
  const marker = (await vpc.get('vpcs')).body.vpcs[1].id
  expect(await namesOf(['limit', '2'], ['marker', marker])).toEqual(['b', 'c'])
  expect((await vpc.get('vpcs', ['limit', 'x'])).body.code).toBe('VPC.0101')
})

test('networks are made and deleted, in the order the cloud insists on', async () => {
  const vpc = vpcIn(await startCloud())
  const made = await vpc.post('vpcs', { vpc: { name: 'own', cidr: '10.1.0.0/16' } })
  expect([made.status, made.body.vpc.status]).toEqual([200, 'CREATING'])
  const { id } = made.body.vpc
  expect((await vpc.get(`vpcs/${id}`)).body.vpc.status).toBe('OK')
  const wanted = { name: 's', cidr: '10.1.2.0/24', gateway_ip: '10.1.2.1', vpc_id: id }
  const subnet = await vpc.post('subnets', { subnet: wanted })
  expect([subnet.status, subnet.body.subnet.status]).toEqual([200, 'UNKNOWN'])
  expect((await vpc.get('subnets', ['vpc_id', id])).body.subnets).toHaveLength(1)
  for (const [change, code] of [
    [{ cidr: '10.2.0.0/24', gateway_ip: '10.2.0.1' }, 'VPC.0203'],
    [{ cidr: '10.1.2.128/25', gateway_ip: '10.1.2.129' }, 'VPC.0204'],
    [{ cidr: '10.1.3.0/29', gateway_ip: '10.1.3.1' }, 'VPC.0212'],
    [{ cidr: '10.1.3.0/24', gateway_ip: '10.9.9.9' }, 'VPC.0201'],
  ] as const) {
    const refused = await vpc.post('subnets', { subnet: { ...wanted, ...change } })
    expect([refused.status, refused.body.code]).toEqual([400, code])
  }
  const early = await vpc.delete(`vpcs/${id}`)
  expect([early.status, early.body.code]).toEqual([409, 'VPC.0104'])
  expect((await vpc.delete(`vpcs/${id}/subnets/${subnet.body.subnet.id}`)).status).toBe(204)
  expect((await vpc.delete(`vpcs/${id}`)).status).toBe(204)
  expect((await vpc.get(`vpcs/${id}`)).status).toBe(404)
})

test('a subnet that servers use cannot be deleted', async () => {
  const vpc = vpcIn(await startCloud(), 'cn-east-2')
  const [subnet] = (await vpc.get('subnets')).body.subnets
  const refused = await vpc.delete(`vpcs/${subnet.vpc_id}/subnets/${subnet.id}`)
  expect([refused.status, refused.body.code]).toEqual([500, 'VPC.0209'])
})
