import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'

const one = [{ id: 'ins-r8hr2upy' }]
const both = [...one, { id: 'ins-5d8a23rs' }]

test('starting and stopping show in the task alone until the job has ended', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const stateOf = async (region: string) => {
    const { server } = (await ecsIn(cloud, region).show('ins-r8hr2upy')).body
    return [
      server.status,
      server['OS-EXT-STS:vm_state'],
      server['OS-EXT-STS:task_state'],
      server['OS-EXT-STS:power_state'],
    ]
  }
  await ecsIn(cloud, 'cn-east-2').act({ 'os-stop': { servers: one } })
  await ecsIn(cloud, 'cn-south-1').act({ 'os-start': { servers: one } })
  expect(await stateOf('cn-east-2')).toEqual(['ACTIVE', 'active', 'powering-off', 1])
  expect(await stateOf('cn-south-1')).toEqual(['SHUTOFF', 'stopped', 'powering-on', 4])
  cloud.pass(2_000)
  expect(await stateOf('cn-east-2')).toEqual(['SHUTOFF', 'stopped', null, 4])
  expect(await stateOf('cn-south-1')).toEqual(['ACTIVE', 'active', null, 1])
})

test('rebooting has a status of its own, soft and hard', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  for (const [type, status, task] of [
    ['SOFT', 'REBOOT', 'rebooting'],
    ['HARD', 'HARD_REBOOT', 'rebooting_hard'],
  ]) {
    const { body } = await ecs.act({ reboot: { type, servers: one } })
    expect((await ecs.show('ins-r8hr2upy')).body.server).toMatchObject({
      status,
      'OS-EXT-STS:task_state': task,
    })
    cloud.pass(2_000)
    expect((await ecs.job(body.job_id)).body.status).toBe('SUCCESS')
    expect((await ecs.show('ins-r8hr2upy')).body.server.status).toBe('ACTIVE')
  }
})

test('a server in the wrong state fails inside the job and does not stop the others', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  await ecs.act({ 'os-stop': { servers: one } })
  const { status, body } = await ecs.act({ 'os-stop': { type: 'HARD', servers: both } })
  expect(status).toBe(200)
  const job = (await ecs.job(body.job_id)).body
  expect([job.status, job.error_code]).toEqual(['FAIL', 'Common.0021'])
  const [failed, done] = job.entities.sub_jobs
  expect([failed.status, failed.error_code, failed.entities.server_id]).toEqual([
    'FAIL',
    'Ecs.0100',
    'ins-r8hr2upy',
  ])
  expect([done.status, done.error_code]).toEqual(['SUCCESS', null])
  expect((await ecs.list(['status', 'SHUTOFF'])).body.count).toBe(2)
})

test('a server with work in hand takes no more', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  await ecs.act({ 'os-stop': { servers: one } })
  const { body } = await ecs.act({ reboot: { type: 'HARD', servers: one } })
  cloud.pass(2_000)
  expect((await ecs.job(body.job_id)).body.entities.sub_jobs[0].error_code).toBe('Ecs.0100')
  expect((await ecs.show('ins-r8hr2upy')).body.server.status).toBe('SHUTOFF')
})

test('unknown servers are found out before anything begins', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  for (const id of ['nobody', '!!', 'b37fd80e-ac67-4d02-b9f1-9891c9c0fabf']) {
    const { status, body } = await ecs.act({ 'os-stop': { servers: [...one, { id }] } })
    expect([status, body.error.code]).toEqual([404, 'Ecs.0114'])
    expect(body.error.message).toBe(`Instance[${id}] could not be found.`)
  }
  expect((await ecs.list(['status', 'ACTIVE'])).body.count).toBe(2)
})

test('what is no action is refused', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  for (const body of [
    {},
    { 'os-dance': { servers: one } },
    { 'os-start': { servers: one }, 'os-stop': { servers: one } },
    { 'os-start': { servers: [] } },
    { 'os-start': { servers: [{ id: 7 }] } },
    { 'os-stop': { type: 'soft', servers: one } },
    { reboot: { servers: one } },
  ]) {
    const heard = await ecs.act(body)
    expect([heard.status, heard.body.error.code]).toEqual([400, 'Ecs.0005'])
  }
  const many = await ecs.act({
    'os-start': { servers: Array.from({ length: 1_001 }, (_, id) => ({ id: `${id}` })) },
  })
  expect([many.status, many.body.error.code]).toEqual([400, 'Ecs.0118'])
})

test('a deleted server is gone when the job has ended, and its address free', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const { body } = await ecs.remove({ servers: one })
  expect((await ecs.show('ins-r8hr2upy')).body.server).toMatchObject({
    status: 'ACTIVE',
    'OS-EXT-STS:task_state': 'deleting',
  })
  cloud.pass(3_000)
  expect((await ecs.show('ins-r8hr2upy')).status).toBe(404)
  expect((await ecs.job(body.job_id)).body).toMatchObject({ job_type: 'deleteServer', status: 'SUCCESS' })
  expect((await ecs.list()).body.count).toBe(1)
  expect((await ecsIn(cloud, 'cn-south-1').show('ins-r8hr2upy')).status).toBe(200)
  const made = (await ecs.create({ server: await ecs.wanted() })).body.serverIds[0]
  cloud.pass(6_000)
  const [addresses] = Object.values<{ addr: string }[]>((await ecs.show(made)).body.server.addresses)
  expect(addresses?.[0]?.addr).toBe('192.168.0.2')
})

test('data disks and public addresses outlive a server unless somebody says otherwise', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const publicip = { eip: { iptype: '5_bgp', bandwidth: { size: 1, sharetype: 'PER' } } }
  const wanted = await ecs.wanted({ data_volumes: [{ volumetype: 'SSD', size: 10 }], publicip })
  const make = async () => (await ecs.create({ server: wanted })).body.serverIds[0]
  await ecs.remove({ servers: [{ id: await make() }] })
  const before = cloud.sandbox.world.count()
  expect(before).toMatchObject({ publicIps: 1 })
  const { volumes } = (await ecs.evs('GET', 'v2', 'cloudvolumes/detail?status=available')).body
  expect(volumes).toMatchObject([{ size: 10, volume_type: 'SSD', attachments: [] }])
  await ecs.remove({ servers: [{ id: await make() }], delete_publicip: true, delete_volume: true })
  expect(cloud.sandbox.world.count()).toMatchObject({ volumes: before.volumes, publicIps: 1 })
})

test('a host knows its own jobs only, a bare host all of them, and no project those of others', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const { body } = await ecs.act({ 'os-stop': { servers: one } })
  const path = `/v1/${ecs.project}/jobs/${body.job_id}`
  expect((await cloud.call({ path })).body.status).toBe('SUCCESS')
  const onImages = await cloud.call({ path, host: 'ims.cn-east-2.myhuaweicloud.com' })
  expect([onImages.status, onImages.body.error.code]).toEqual([400, 'Common.0011'])
  for (const heard of [
    await ecsIn(cloud, 'cn-south-1').job(body.job_id),
    await ecs.job('ff808082739334d80173943ec9b42130'),
  ])
    expect([heard.status, heard.body.error.code]).toEqual([400, 'Common.0011'])
})

test('limits count what there is', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  expect(await ecs.limits()).toMatchObject({ totalInstancesUsed: 2, totalCoresUsed: 4, totalRAMUsed: 8_192 })
  await ecs.create({ server: await ecs.wanted() })
  expect(await ecs.limits()).toMatchObject({
    totalInstancesUsed: 3,
    totalCoresUsed: 52,
    maxTotalInstances: 2_048,
  })
})
