import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const PATH = `cloudservers/${ID}`

async function imageOf(ecs: Ecs, architecture = 'x86', platform = 'Ubuntu') {
  const query = `__imagetype=gold&architecture=${architecture}&__platform=${platform}&limit=1`
  return (await ecs.ims('GET', `/v2/cloudimages?${query}`)).body.images[0]
}

test('another OS comes on another system disk, and the server runs', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud, 'cn-south-1')
  await ecs.keypair('mine')
  const image = await imageOf(ecs)
  const before = (await ecs.show(ID)).body.server
  const wanted = { imageid: image.id, keyname: 'mine', metadata: { user_data: 'aGVsbG8=' } }
  const { body } = await ecs.call('POST', 'v2', `${PATH}/changeos`, { 'os-change': wanted })
  expect((await ecs.show(ID)).body.server).toMatchObject({
    status: 'REBUILD',
    'OS-EXT-STS:vm_state': 'stopped',
    'OS-EXT-STS:task_state': 'rebuilding',
    'OS-EXT-STS:power_state': 4,
  })
  cloud.pass(8_000)
  const after = (await ecs.show(ID)).body.server
  expect(after).toMatchObject({
    status: 'ACTIVE',
    key_name: 'mine',
    image: { id: image.id },
    metadata: { image_name: image.name },
    'OS-EXT-SRV-ATTR:user_data': 'aGVsbG8=',
  })
  const diskOf = (server: typeof after) => server['os-extended-volumes:volumes_attached'][0]
  expect(diskOf(after).id).not.toBe(diskOf(before).id)
  expect(diskOf(after)).toMatchObject({ device: '/dev/vda', bootIndex: '0' })
  expect((await ecs.job(body.job_id)).body).toMatchObject({ status: 'SUCCESS', entities: { server_id: ID } })
})

test('the same OS is put on again', async () => {
  const ecs = ecsIn(await startCloud())
  const before = (await ecs.show(ID)).body.server
  const wanted = { adminpass: 'Example-Pass1', mode: 'withStopServer' }
  const heard = await ecs.call('POST', 'v1', `${PATH}/reinstallos`, { 'os-reinstall': wanted })
  expect(heard.status).toBe(200)
  const after = (await ecs.show(ID)).body.server
  expect(after).toMatchObject({ status: 'ACTIVE', image: before.image })
})

test('what cannot be put on is refused', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud, 'cn-south-1')
  const x86 = (await imageOf(ecs)).id
  const arm = (await imageOf(ecs, 'arm', 'openEuler')).id
  const error = (await ecs.ims('GET', '/v2/cloudimages?status=error&__imagetype=private')).body.images[0]
  const queued = (await ecs.ims('GET', '/v2/cloudimages?status=queued&__imagetype=private')).body.images[0]
  const idle = error ?? queued
  for (const [wanted, code] of [
    [{ imageid: 'nobody' }, 'Ecs.0031'],
    ...(idle ? [[{ imageid: idle.id }, 'Ecs.0032']] : []),
    [{ imageid: arm }, 'Ecs.0007'],
    [{ imageid: x86, adminpass: 'weak' }, 'Ecs.0011'],
    [{ imageid: x86, keyname: 'nobody' }, 'Ecs.0314'],
    [{ imageid: x86, adminpass: 'Example-Pass1', keyname: 'nobody' }, 'Ecs.0005'],
    [{ imageid: x86, mode: 'nonsense' }, 'Ecs.0005'],
  ] as [object, string][]) {
    const heard = await ecs.call('POST', 'v2', `${PATH}/changeos`, { 'os-change': wanted })
    expect([wanted, heard.status, heard.body.error.code]).toEqual([wanted, 400, code])
  }
  const running = ecsIn(cloud)
  const body = { 'os-change': { imageid: (await imageOf(running)).id } }
  expect((await running.call('POST', 'v2', `${PATH}/changeos`, body)).body.error.code).toBe('Ecs.0100')
})

test('a prepaid server gets another OS only for money', async () => {
  const ecs = ecsIn(await startCloud())
  const extendparam = { chargingMode: 'prePaid', periodType: 'month', periodNum: 1, isAutoPay: 'true' }
  const id = await ecs.made({ extendparam })
  const imageid = (await imageOf(ecs)).id
  const change = (more = {}) =>
    ecs.call('POST', 'v2', `cloudservers/${id}/changeos`, {
      'os-change': { imageid, mode: 'withStopServer', ...more },
    })
  expect((await change()).body.error.code).toBe('Ecs.0510')
  expect((await change({ isAutoPay: 'true' })).status).toBe(200)
})

test('without a system disk there is nothing to write on', async () => {
  const ecs = ecsIn(await startCloud(), 'cn-south-1')
  const [disk] = (await ecs.show(ID)).body.server['os-extended-volumes:volumes_attached']
  await ecs.call('DELETE', 'v1', `${PATH}/detachvolume/${disk.id}`)
  const heard = await ecs.call('POST', 'v1', `${PATH}/reinstallos`, { 'os-reinstall': {} })
  expect(heard.body.error.code).toBe('Ecs.0105')
  const { body } = await ecs.act({ 'os-start': { servers: [{ id: ID }] } })
  expect((await ecs.job(body.job_id)).body.entities.sub_jobs[0].error_code).toBe('Ecs.0105')
})
