import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'
import { networkIn, refusalOf } from './test-network.ts'

const EIPS = '/v1/{p}/publicips'
const SHARED = '/v2.0/{p}/bandwidths'

test('an address is bought free, bound, set free and given back', async () => {
  const net = networkIn(await startCloud())
  const made = await net.eip()
  expect(made).toMatchObject({
    status: 'PENDING_CREATE',
    type: '5_bgp',
    bandwidth_size: 0,
    create_time: '2026-01-01 00:00:00',
  })
  const show = async () => (await net.get(`${EIPS}/${made.id}`)).body.publicip
  expect(await show()).toMatchObject({ status: 'DOWN', bandwidth_size: 5, bandwidth_share_type: 'PER' })
  expect(await show()).not.toHaveProperty('port_id')
  const port = await net.port()
  const bound = await net.put(`${EIPS}/${made.id}`, { publicip: { port_id: port.id } })
  expect(bound.body.publicip).toMatchObject({ status: 'PENDING_UPDATE', port_id: port.id })
  const [{ ip_address }] = port.fixed_ips
  expect(await show()).toMatchObject({ status: 'ACTIVE', private_ip_address: ip_address })
  expect((await net.get(EIPS, ['port_id', port.id])).body.publicips).toHaveLength(1)
  expect((await net.get(EIPS, ['private_ip_address', '9.9.9.9'])).body.publicips).toEqual([])
  expect(refusalOf(await net.delete(`${EIPS}/${made.id}`))).toEqual([409, 'VPC.0517'])
  await net.put(`${EIPS}/${made.id}`, { publicip: { port_id: '' } })
  expect((await show()).status).toBe('DOWN')
  expect((await net.delete(`${EIPS}/${made.id}`)).status).toBe(204)
  expect(refusalOf(await net.get(`${EIPS}/${made.id}`))).toEqual([404, 'VPC.0504'])
  expect((await net.get('/v1/{p}/bandwidths')).body.bandwidths).toEqual([])
})

test('an address has one port and a port one address', async () => {
  const net = networkIn(await startCloud())
  const [a, b] = [await net.eip(), await net.eip()]
  const [one, two] = [await net.port(), await net.port()]
  const bind = (eip: { id: string }, port_id: string) =>
    net.put(`${EIPS}/${eip.id}`, { publicip: { port_id } })
  await bind(a, one.id)
  expect(refusalOf(await bind(a, two.id))).toEqual([409, 'VPC.0510'])
  expect(refusalOf(await bind(b, one.id))).toEqual([409, 'VPC.0511'])
  expect(refusalOf(await bind(b, 'nobody'))).toEqual([404, 'VPC.2500'])
  const bought = {
    publicip: { type: '5_bgp', port_id: one.id },
    bandwidth: { share_type: 'PER', name: 'b', size: 1 },
  }
  expect(refusalOf(await net.post(EIPS, bought))).toEqual([409, 'VPC.0511'])
  expect(a.public_ip_address).not.toBe(b.public_ip_address)
})

const PER = { share_type: 'PER', name: 'b', size: 5 }
const wrongEips: [string, object, [number, string]][] = [
  ['an unknown type', { publicip: { type: '6_bgp' } }, [400, 'VPC.0501']],
  ['IPv6', { publicip: { type: '5_bgp', ip_version: 6 } }, [400, 'VPC.0501']],
  ['no bandwidth', { bandwidth: undefined }, [400, 'VPC.0501']],
  ['a bandwidth too wide', { bandwidth: { ...PER, size: 2_001 } }, [400, 'VPC.0301']],
  ['an unknown way to pay', { bandwidth: { ...PER, charge_mode: 'kindness' } }, [400, 'VPC.0301']],
  ['a shared bandwidth nobody has', { bandwidth: { share_type: 'WHOLE', id: 'x' } }, [404, 'VPC.0306']],
  ['an address of elsewhere', { publicip: { type: '5_bgp', ip_address: '8.8.8.8' } }, [400, 'VPC.0501']],
  ['an empty pool', { publicip: { type: '5_bgp', alias: 'no-addresses-here' } }, [409, 'VPC.0532']],
]

test.for(wrongEips)('no address with %s', async ([, changes, refusal]) => {
  const net = networkIn(await startCloud())
  const wanted = { publicip: { type: '5_bgp' }, bandwidth: PER, ...changes }
  expect(refusalOf(await net.post(EIPS, wanted))).toEqual(refusal)
  expect((await net.get('/v2/{p}/elasticips')).body.elasticip_size).toBe(0)
})

test('a certain address can be had while it is free', async () => {
  const net = networkIn(await startCloud())
  const { id, public_ip_address: ip_address } = await net.eip()
  const wanted = { publicip: { type: '5_bgp', ip_address }, bandwidth: PER }
  expect(refusalOf(await net.post(EIPS, wanted))).toEqual([409, 'VPC.0522'])
  await net.delete(`${EIPS}/${id}`)
  expect((await net.post(EIPS, wanted)).body.publicip.public_ip_address).toBe(ip_address)
})

test('there is room for so many addresses, also for those of new servers', async () => {
  const cloud = await startCloud()
  const net = networkIn(cloud)
  const ecs = ecsIn(cloud)
  for (let number = 0; number < 50; number++) await net.eip()
  expect(refusalOf(await net.post(EIPS, { publicip: { type: '5_bgp' }, bandwidth: PER }))).toEqual([
    409,
    'VPC.0521',
  ])
  const publicip = { eip: { iptype: '5_bgp', bandwidth: { size: 1, sharetype: 'PER' } } }
  const heard = await ecs.create({ server: await ecs.wanted({ publicip }) })
  expect(refusalOf(heard)).toEqual([400, 'Ecs.0013'])
})

test('a prepaid address cannot be given back, and an order nobody pays brings none', async () => {
  const net = networkIn(await startCloud())
  const order = (extra: object) =>
    net.post('/v2.0/{p}/publicips', {
      publicip: { type: '5_bgp' },
      bandwidth: PER,
      extendParam: { charge_mode: 'prePaid', period_type: 'month', period_num: 1, ...extra },
    })
  const unpaid = await order({})
  expect(unpaid.body).toEqual({ order_id: expect.stringMatching(/^CS/) })
  expect((await net.get(EIPS)).body.publicips).toEqual([])
  const { publicip_id } = (await order({ is_auto_pay: true })).body
  expect(refusalOf(await net.delete(`${EIPS}/${publicip_id}`))).toEqual([409, 'VPC.0525'])
})

test('the address of a new server is in the same store, and shows on the server it is bound to', async () => {
  const cloud = await startCloud()
  const net = networkIn(cloud)
  const ecs = ecsIn(cloud)
  const publicip = { eip: { iptype: '5_bgp', bandwidth: { size: 7, sharetype: 'PER' } } }
  const [id] = (await ecs.create({ server: await ecs.wanted({ publicip }) })).body.serverIds
  const addresses = async () =>
    Object.values<{ addr: string }[]>((await ecs.show(id)).body.server.addresses)[0]
  const [eip] = (await net.get(EIPS)).body.publicips
  expect(eip).toMatchObject({ status: 'ACTIVE', bandwidth_size: 7 })
  expect(await addresses()).toMatchObject([
    { 'OS-EXT-IPS:type': 'fixed', addr: eip.private_ip_address },
    { 'OS-EXT-IPS:type': 'floating', addr: eip.public_ip_address, 'OS-EXT-IPS:port_id': eip.port_id },
  ])
  await net.put(`${EIPS}/${eip.id}`, { publicip: {} })
  expect(await addresses()).toHaveLength(1)
  const existing = await ecs.wanted({ publicip: { id: eip.id } })
  await ecs.create({ server: existing })
  expect(refusalOf(await ecs.create({ server: existing }))).toEqual([400, 'Ecs.0005'])
})

test('a bandwidth is changed by itself', async () => {
  const net = networkIn(await startCloud())
  const { id } = await net.eip()
  const { bandwidth_id } = (await net.get(`${EIPS}/${id}`)).body.publicip
  const at = `/v1/{p}/bandwidths/${bandwidth_id}`
  const changed = await net.put(at, { bandwidth: { name: 'wider', size: 100 } })
  expect(changed.body.bandwidth).toMatchObject({ name: 'wider', size: 100, charge_mode: 'traffic' })
  expect((await net.get(`${EIPS}/${id}`)).body.publicip.bandwidth_size).toBe(100)
  expect((await net.get(at)).body.bandwidth.publicip_info).toMatchObject([{ publicip_id: id }])
  expect(refusalOf(await net.put(at, { bandwidth: { size: 0 } }))).toEqual([400, 'VPC.0301'])
  expect(refusalOf(await net.put(at, { bandwidth: {} }))).toEqual([400, 'VPC.0301'])
  expect(refusalOf(await net.get('/v1/{p}/bandwidths/nobody'))).toEqual([404, 'VPC.0306'])
  expect(refusalOf(await net.delete(`${SHARED}/${bandwidth_id}`))).toEqual([400, 'VPC.0301'])
})

test('a shared bandwidth takes addresses in and lets them go', async () => {
  const net = networkIn(await startCloud())
  const shared = (await net.post(SHARED, { bandwidth: { name: 'all', size: 10 } })).body.bandwidth
  expect(shared).toMatchObject({ share_type: 'WHOLE', bandwidth_type: 'share', publicip_info: [] })
  const { id } = await net.eip()
  const inside = await net.eip({ bandwidth: { share_type: 'WHOLE', id: shared.id } })
  const publicip_info = [{ publicip_id: id }]
  const heard = await net.post(`${SHARED}/${shared.id}/insert`, { bandwidth: { publicip_info } })
  expect(heard.body.bandwidth.publicip_info).toHaveLength(2)
  expect((await net.get('/v1/{p}/bandwidths')).body.bandwidths).toHaveLength(1)
  expect(refusalOf(await net.delete(`${SHARED}/${shared.id}`))).toEqual([500, 'VPC.0305'])
  const leaving = {
    size: 3,
    charge_mode: 'traffic',
    publicip_info: [...publicip_info, { publicip_id: inside.id }],
  }
  expect((await net.post(`${SHARED}/${shared.id}/remove`, { bandwidth: leaving })).status).toBe(204)
  expect((await net.get(`${EIPS}/${id}`)).body.publicip).toMatchObject({
    bandwidth_size: 3,
    bandwidth_share_type: 'PER',
  })
  expect((await net.delete(`${SHARED}/${shared.id}`)).status).toBe(204)
})

test('the third version counts, sorts, filters and picks fields', async () => {
  const net = networkIn(await startCloud())
  const made = [await net.eip(), await net.eip(), await net.eip()]
  const port = await net.port()
  const at = '/v3/{p}/eip/publicips'
  const bound = await net.post(`${at}/${made[1].id}/associate-instance`, {
    publicip: { associate_instance_type: 'PORT', associate_instance_id: port.id },
  })
  expect(bound.body.publicip).toMatchObject({ status: 'ACTIVE', vnic: { port_id: port.id } })
  const down = (
    await net.get(
      at,
      ['status', 'DOWN'],
      ['limit', '1'],
      ['sort_key', 'public_ip_address'],
      ['sort_dir', 'desc'],
    )
  ).body
  expect(down).toMatchObject({ total_count: 2, page_info: { current_count: 1, next_marker: made[2].id } })
  const some = (await net.get(at, ['fields', 'id'], ['vnic.port_id', port.id])).body.publicips
  expect(some).toEqual([{ id: made[1].id }])
  const freed = await net.post(`${at}/${made[1].id}/disassociate-instance`)
  expect(freed.body.publicip).toMatchObject({ status: 'DOWN', vnic: null })
  const named = await net.put(`${at}/${made[0].id}`, { publicip: { alias: 'mine' } })
  expect(named.body.publicip.alias).toBe('mine')
  expect((await net.get(at, ['alias_like', 'min'])).body.total_count).toBe(1)
  expect(refusalOf(await net.get(at, ['sort_key', 'colour']))).toEqual([400, 'VPC.0501'])
  expect((await net.get(`${at}/nobody`)).body).toMatchObject({ error_code: 'VPC.0504' })
})

test('addresses are bought and given back in batches, with jobs to tell of it', async () => {
  const cloud = await startCloud()
  const net = networkIn(cloud)
  const at = '/v2/{p}/batchpublicips'
  const wanted = { publicip: { type: '5_bgp', ip_version: '4' }, bandwidth: PER, publicip_number: 3 }
  const made = await net.post(at, wanted)
  const job = (await net.get(`/v1/{p}/jobs/${made.body.job_id}`)).body
  expect([job.status, job.entities.sub_jobs.length]).toEqual(['SUCCESS', 3])
  const { publicips } = (await net.get(EIPS)).body
  const publicip_ids = publicips.map(({ id }: { id: string }) => id)
  const port = await net.port()
  await net.put(`${EIPS}/${publicip_ids[0]}`, { publicip: { port_id: port.id } })
  expect(refusalOf(await net.delete(at, { publicip_ids }))).toEqual([409, 'VPC.0517'])
  const host = `vpc.cn-east-2.myhuaweicloud.com`
  const path = at.replace('{p}', net.project)
  const freed = await cloud.call({ host, method: 'PATCH', path, body: { publicip_ids } })
  expect(freed.body.job_ids).toHaveLength(3)
  expect((await net.delete(at, { publicip_ids })).body.job_ids).toHaveLength(3)
  expect((await net.get(EIPS)).body.publicips).toEqual([])
  expect(refusalOf(await net.post(at, { ...wanted, publicip_number: 0 }))).toEqual([400, 'VPC.0501'])
})

test('there is room for so many shared bandwidths', async () => {
  const net = networkIn(await startCloud())
  const make = () => net.post(SHARED, { bandwidth: { name: 'b', size: 5 } })
  for (let number = 0; number < 10; number++) await make()
  expect(refusalOf(await make())).toEqual([409, 'VPC.0304'])
  expect(refusalOf(await net.post(SHARED, { bandwidth: { name: 'b', size: 4 } }))).toEqual([400, 'VPC.0301'])
})
