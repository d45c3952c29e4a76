import { expect, test } from 'vitest'
import { startCloud, type TestCloud } from './test-client.ts'
import { novaIn } from './test-nova.ts'

const id = 'ins-r8hr2upy'
const uuid = '11111111-2222-4333-8444-555555555555'
type Nova = ReturnType<typeof novaIn>

const attach = (nova: Nova, interfaceAttachment: object) =>
  nova.send('POST', `/servers/${id}/os-interface`, { interfaceAttachment })
const interfaces = async (nova: Nova) =>
  (await nova.get(`/servers/${id}/os-interface`)).body.interfaceAttachments

test('an interface comes and goes at once, the first one stays', async () => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const [{ net_id, port_id: first, fixed_ips }] = await interfaces(nova)
  const taken = await attach(nova, { net_id, fixed_ips: [{ ip_address: fixed_ips[0].ip_address }] })
  expect([taken.status, taken.body.conflictingRequest?.code]).toEqual([409, 409])
  expect((await attach(nova, { port_id: first })).status).toBe(409)
  const heard = await attach(nova, { net_id, fixed_ips: [{ ip_address: '192.168.7.7' }] })
  expect([heard.status, heard.body.interfaceAttachment]).toMatchObject([
    200,
    { net_id, port_state: 'ACTIVE', fixed_ips: [{ ip_address: '192.168.7.7' }] },
  ])
  const { port_id } = heard.body.interfaceAttachment
  expect(await interfaces(nova)).toHaveLength(2)
  const full = await attach(nova, { net_id })
  expect([full.status, full.body.badRequest.message]).toEqual([400, expect.stringContaining('no free slot')])
  expect((await nova.send('DELETE', `/servers/${id}/os-interface/${port_id}`)).status).toBe(202)
  expect(await interfaces(nova)).toHaveLength(1)
  expect((await nova.send('DELETE', `/servers/${id}/os-interface/${port_id}`)).status).toBe(404)
  expect((await nova.send('DELETE', `/servers/${id}/os-interface/${first}`)).status).toBe(400)
})

test.for<[string, object, number]>([
  ['of no network', {}, 400],
  ['of a network and a port', { net_id: uuid, port_id: uuid }, 400],
  ['on a network nobody has', { net_id: uuid }, 404],
  ['on a port nobody has', { port_id: uuid }, 404],
  ['that is none', { net_id: 1 }, 400],
])('refused: an interface %s', async ([, wanted, status]) => {
  const nova = novaIn(await startCloud())
  expect((await attach(nova, wanted)).status).toBe(status)
})

test('an interface needs an address of its network, and a server that is not busy', async () => {
  const cloud = await startCloud({ by: 'clock', ms: 1_000 })
  const nova = novaIn(cloud)
  const [{ net_id }] = await interfaces(nova)
  expect((await attach(nova, { net_id, fixed_ips: [{ ip_address: '10.0.0.9' }] })).status).toBe(400)
  await nova.act(id, { 'os-stop': null })
  const busy = await attach(nova, { net_id })
  expect(busy.body.conflictingRequest.message).toContain("Cannot 'attach_interface' instance")
})

test('metadata is added to, shown and taken away', async () => {
  const nova = novaIn(await startCloud())
  const path = `/servers/${id}/metadata`
  const added = await nova.send('POST', path, { metadata: { role: 'web' } })
  expect([added.status, added.body.metadata.role]).toEqual([200, 'web'])
  expect((await nova.get(path)).body.metadata).toMatchObject({ role: 'web', charging_mode: '0' })
  expect((await nova.get(`${path}/role`)).body).toEqual({ meta: { role: 'web' } })
  expect((await nova.send('DELETE', `${path}/role`)).status).toBe(204)
  for (const heard of [await nova.get(`${path}/role`), await nova.send('DELETE', `${path}/role`)])
    expect([heard.status, heard.body]).toEqual([
      404,
      { itemNotFound: { message: 'Metadata item was not found', code: 404 } },
    ])
  const own = await nova.send('POST', path, { metadata: { charging_mode: '1' } })
  expect([own.status, own.body.badRequest.code]).toEqual([400, 400])
})

async function diskIn(cloud: TestCloud, nova: Nova): Promise<string> {
  const zone = (await nova.show(id)).body.server['OS-EXT-AZ:availability_zone']
  const evs = (method: string, path: string, body?: object) =>
    cloud.call({ host: 'evs.cn-east-2.myhuaweicloud.com', method, path, ...(body ? { body } : {}) })
  const volume = { name: 'data', size: 10, volume_type: 'SAS', availability_zone: zone }
  await evs('POST', `/v2.1/${nova.project}/cloudvolumes`, { volume })
  const { volumes } = (await evs('GET', `/v2/${nova.project}/cloudvolumes/detail`)).body
  return volumes.find(({ name }: { name: string }) => name === 'data').id
}

test('a disk is hung on a server and taken off', async () => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const path = `/servers/${id}/os-volume_attachments`
  const volumeId = await diskIn(cloud, nova)
  const hang = (wanted: object) => nova.send('POST', path, { volumeAttachment: wanted })
  const heard = await hang({ volumeId })
  expect([heard.status, heard.body]).toEqual([
    200,
    { volumeAttachment: { id: volumeId, volumeId, serverId: id, device: '/dev/vdb' } },
  ])
  expect((await hang({ volumeId })).body.badRequest.code).toBe(400)
  expect((await hang({ volumeId: uuid })).body.itemNotFound.code).toBe(404)
  expect((await hang({})).body.badRequest.code).toBe(400)
  expect((await nova.send('DELETE', `${path}/${volumeId}`)).status).toBe(202)
  expect((await nova.send('DELETE', `${path}/${volumeId}`)).body.itemNotFound.code).toBe(404)
})

test('a stopped server is made an image of, a running one is not', async () => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const running = await nova.act(id, { createImage: { name: 'mine' } })
  expect([running.status, running.body.conflictingRequest.code]).toEqual([409, 409])
  await nova.act(id, { 'os-stop': null })
  const heard = await nova.act(id, { createImage: { name: 'mine', metadata: {} } })
  expect(heard.status).toBe(202)
  const url = new URL(String(heard.headers.location))
  const image = await cloud.call({ host: url.host, path: url.pathname })
  expect([image.status, image.body.name]).toEqual([200, 'mine'])
  expect((await nova.act(id, { createImage: {} })).status).toBe(400)
})

test('a password is changed if it is strong', async () => {
  const nova = novaIn(await startCloud())
  expect((await nova.act(id, { changePassword: { adminPass: 'Str0ng-enough' } })).status).toBe(202)
  expect((await nova.act(id, { changePassword: { adminPass: 'weak' } })).status).toBe(400)
  expect((await nova.act(id, { changePassword: {} })).status).toBe(400)
})
