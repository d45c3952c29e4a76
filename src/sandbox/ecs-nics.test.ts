import { expect, test } from 'vitest'
import { startCloud, type TestCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'
import { networkIn, refusalOf } from './test-network.ts'

const SERVER = 'ins-r8hr2upy'

/** The documented server of cn-east-2 and its NICs. */
function nicsOn(cloud: TestCloud, region = 'cn-east-2') {
  const net = networkIn(cloud, region)
  const ecs = ecsIn(cloud, region)
  const host = `ecs.${region}.myhuaweicloud.com`
  const at = (path: string) => `/v1/${net.project}/cloudservers/${path}`
  return {
    net,
    ecs,
    post: (path: string, body: object) =>
      cloud.call({ host, method: 'POST', path: at(`${SERVER}/${path}`), body }),
    put: (path: string, body: object) => cloud.call({ host, method: 'PUT', path: at(path), body }),
    interfaces: async (id = SERVER) => (await cloud.call({ host, path: at(`${id}/os-interface`) })).body,
    refused: async (id: string) => refusalOf(await cloud.call({ host, path: at(`${id}/os-interface`) })),
  }
}

test('NICs are added and removed by jobs, and the primary one stays', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const { net, ecs, post, interfaces } = nicsOn(cloud)
  const subnet = await net.firstSubnet()
  const wanted = { subnet_id: subnet.id, ip_address: '192.168.5.5' }
  const { body } = await post('nics', { nics: [wanted] })
  expect((await interfaces()).interfaceAttachments).toHaveLength(1)
  cloud.pass(2_000)
  const job = (await ecs.job(body.job_id)).body
  expect(job).toMatchObject({ status: 'SUCCESS', job_type: 'addNic', entities: { server_id: SERVER } })
  const { attachableQuantity, interfaceAttachments } = await interfaces()
  const [primary, second] = interfaceAttachments
  expect(second).toMatchObject({
    port_id: job.entities.nic_id,
    net_id: subnet.id,
    port_state: 'ACTIVE',
    fixed_ips: [{ subnet_id: subnet.neutron_subnet_id, ip_address: '192.168.5.5' }],
  })
  const { server } = (await ecs.show(SERVER)).body
  expect(server.addresses[subnet.vpc_id]).toHaveLength(2)
  const kept = await post('nics/delete', { nics: [{ id: primary.port_id }] })
  expect(refusalOf(kept)).toEqual([403, 'Ecs.0507'])
  expect(refusalOf(await post('nics/delete', { nics: [{ id: 'nobody' }] }))).toEqual([400, 'Ecs.0307'])
  const removal = await post('nics/delete', { nics: [{ id: second.port_id }] })
  const twice = await post('nics/delete', { nics: [{ id: second.port_id }] })
  expect(refusalOf(twice)).toEqual([400, 'Ecs.0507'])
  cloud.pass(2_000)
  expect((await ecs.job(removal.body.job_id)).body).toMatchObject({ status: 'SUCCESS', job_type: 'delNic' })
  const after = await interfaces()
  expect(after.interfaceAttachments).toHaveLength(1)
  expect(after.attachableQuantity.free_nic).toBe(attachableQuantity.free_nic + 1)
  expect((await net.get(`/v1/{p}/ports/${second.port_id}`)).status).toBe(404)
})

const wrongNics: [string, object, [number, string]][] = [
  ['a subnet nobody has', { subnet_id: 'nobody' }, [400, 'Ecs.0038']],
  ['an address of elsewhere', { ip_address: '10.0.0.9' }, [400, 'Ecs.0005']],
  ['an address in use', { ip_address: '192.168.0.2' }, [400, 'Ecs.0010']],
  ['a group nobody has', { security_groups: [{ id: 'nobody' }] }, [400, 'Ecs.0014']],
  ['a port nobody has', { port_id: 'nobody' }, [400, 'Ecs.0005']],
]

test.for(wrongNics)('no NIC with %s', async ([, changes, refusal]) => {
  const cloud = await startCloud()
  const { net, post, interfaces } = nicsOn(cloud)
  const subnet = await net.firstSubnet()
  expect(refusalOf(await post('nics', { nics: [{ subnet_id: subnet.id, ...changes }] }))).toEqual(refusal)
  expect((await interfaces()).interfaceAttachments).toHaveLength(1)
})

test('a server takes so many NICs, and of one VPC only', async () => {
  const cloud = await startCloud()
  const { net, post, interfaces } = nicsOn(cloud)
  const subnet = await net.firstSubnet()
  const { free_nic } = (await interfaces()).attachableQuantity
  const tooMany = Array.from({ length: free_nic + 1 }, () => ({ subnet_id: subnet.id }))
  expect(refusalOf(await post('nics', { nics: tooMany }))).toEqual([400, 'Ecs.0050'])
  const elsewhere = await net.subnet((await net.vpc('own')).id)
  expect(refusalOf(await post('nics', { nics: [{ subnet_id: elsewhere.id }] }))).toEqual([400, 'Ecs.0064'])
})

test('a NIC on its way to a server that goes meanwhile comes to nothing', async () => {
  const cloud = await startCloud({ by: 'poll', polls: 1 })
  const { net, ecs, post } = nicsOn(cloud)
  const subnet = await net.firstSubnet()
  const adding = await post('nics', { nics: [{ subnet_id: subnet.id }] })
  const going = await ecs.remove({ servers: [{ id: SERVER }] })
  expect(refusalOf(await post('nics', { nics: [{ subnet_id: subnet.id }] }))).toEqual([400, 'Ecs.0100'])
  expect((await ecs.job(going.body.job_id)).body.status).toBe('SUCCESS')
  await ecs.job(adding.body.job_id)
  expect((await net.get('/v1/{p}/ports', ['device_id', SERVER])).body.ports).toEqual([])
})

test('whose NICs are asked for must be there', async () => {
  const { refused } = nicsOn(await startCloud())
  expect(await refused('nobody')).toEqual([400, 'Ecs.0307'])
})

test('a server that is down changes its address, its subnet and its VPC', async () => {
  const cloud = await startCloud()
  const south = nicsOn(cloud, 'cn-south-1')
  const { net, ecs, post, interfaces } = south
  const subnet = await net.firstSubnet()
  const [nic] = (await interfaces()).interfaceAttachments
  const path = `os-interface/${nic.port_id}/change-network-interface`
  const moved = await post(path, { subnet_id: subnet.id, ip_address: '192.168.7.7' })
  expect(moved.body).toEqual({ id: nic.port_id, subnet_id: subnet.id, ip_address: '192.168.7.7' })
  expect((await ecs.list(['ip_eq', '192.168.7.7'])).body.count).toBe(1)
  const vpc = await net.vpc('own')
  const other = await net.subnet(vpc.id)
  const { body } = await post('changevpc', { vpc_id: vpc.id, nic: { subnet_id: other.id } })
  expect((await ecs.job(body.job_id)).body.status).toBe('SUCCESS')
  const { server } = (await ecs.show(SERVER)).body
  expect(server.addresses[vpc.id]).toMatchObject([{ addr: '10.1.2.2', 'OS-EXT-IPS:port_id': nic.port_id }])
  const free = await net.port({ fixed_ips: [{ ip_address: '192.168.7.7' }] })
  expect(free.fixed_ips[0].ip_address).toBe('192.168.7.7')
  const running = nicsOn(cloud)
  const [up] = (await running.interfaces()).interfaceAttachments
  const east = await running.net.firstSubnet()
  const refused = await running.post(`os-interface/${up.port_id}/change-network-interface`, {
    subnet_id: east.id,
    ip_address: '192.168.7.7',
  })
  expect(refusalOf(refused)).toEqual([400, 'Ecs.0100'])
})

test('a virtual address may be used by a NIC', async () => {
  const cloud = await startCloud()
  const { net, put, interfaces } = nicsOn(cloud)
  const [nic] = (await interfaces()).interfaceAttachments
  const virtual = await net.port({ device_owner: 'neutron:VIP_PORT' })
  const [{ ip_address }] = virtual.fixed_ips
  const heard = await put(`nics/${nic.port_id}`, { nic: { subnet_id: nic.net_id, ip_address } })
  expect(heard.body).toEqual({ port_id: nic.port_id })
  const port = async () => (await net.get(`/v1/{p}/ports/${nic.port_id}`)).body.port
  expect((await port()).allowed_address_pairs).toEqual([{ ip_address }])
  const wrong = await put(`nics/${nic.port_id}`, {
    nic: { subnet_id: nic.net_id, ip_address: '192.168.9.9' },
  })
  expect(refusalOf(wrong)).toEqual([400, 'Ecs.0005'])
  await put(`nics/${nic.port_id}`, { nic: { subnet_id: '', ip_address: '' } })
  expect((await port()).allowed_address_pairs).toEqual([])
})
