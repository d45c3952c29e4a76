import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { type Ecs, ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const OTHER = 'ins-5d8a23rs'
const resize = (ecs: Ecs, flavorRef: string, more = {}, id = ID, version = 'v1') =>
  ecs.call('POST', version, `cloudservers/${id}/resize`, { resize: { flavorRef, ...more } })

test('a stopped server is resized and stays stopped', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud, 'cn-south-1')
  const { status, body } = await resize(ecs, 's6.xlarge.2')
  expect([status, Object.keys(body)]).toEqual([200, ['job_id']])
  const states: unknown[] = []
  for (let step = 0; step < 4; step++) {
    const { server } = (await ecs.show(ID)).body
    states.push([server.status, server['OS-EXT-STS:vm_state'], server['OS-EXT-STS:task_state']])
    cloud.pass(1_250)
  }
  expect(states).toEqual([
    ['RESIZE', 'stopped', 'resize_prep'],
    ['RESIZE', 'stopped', 'resize_migrating'],
    ['RESIZE', 'stopped', 'resize_migrated'],
    ['RESIZE', 'stopped', 'resize_finish'],
  ])
  expect((await ecs.show(ID)).body.server).toMatchObject({
    status: 'SHUTOFF',
    flavor: { id: 's6.xlarge.2', vcpus: '4', ram: '8192' },
  })
  const job = (await ecs.job(body.job_id)).body
  expect(job).toMatchObject({ job_type: 'resizeServer', status: 'SUCCESS', entities: { server_id: ID } })
  expect((await ecs.limits()).totalCoresUsed).toBe(6)
})

test('a running server must be allowed to stop, and runs again afterwards', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const refused = await resize(ecs, 's6.xlarge.2')
  expect([refused.status, refused.body.error.code]).toEqual([400, 'Ecs.0100'])
  const dry = await ecs.call('POST', 'v1.1', `cloudservers/${ID}/resize`, {
    resize: { flavorRef: 's6.xlarge.2', mode: 'withStopServer' },
    dry_run: true,
  })
  expect([dry.status, dry.text]).toEqual([202, ''])
  await resize(ecs, 's6.xlarge.2', { mode: 'withStopServer' }, ID, 'v1.1')
  expect((await ecs.list(['status', 'ACTIVE'])).body.count).toBe(2)
  expect((await ecs.show(ID)).body.server.status).toBe('RESIZE')
  cloud.pass(5_000)
  expect((await ecs.show(ID)).body.server).toMatchObject({ status: 'ACTIVE', flavor: { id: 's6.xlarge.2' } })
})

test.each([
  ['nonsense', {}, 'Ecs.0029'],
  ['s6.large.2', {}, 'Ecs.0810'],
  ['s6.xlarge.2', { mode: 'nonsense' }, 'Ecs.0005'],
  ['kc1.large.2', {}, 'Ecs.0804'],
])('a resize to %s with %j is refused', async (flavorRef, more, code) => {
  const ecs = ecsIn(await startCloud(), 'cn-south-1')
  const heard = await resize(ecs, flavorRef, more)
  expect([heard.status, heard.body.error.code]).toEqual([400, code])
})

test('what is sold out or withdrawn cannot be had by resizing either', async () => {
  const ecs = ecsIn(await startCloud(), 'cn-south-1')
  const { flavors } = (await ecs.call('GET', 'v1', 'cloudservers/flavors')).body
  const zone = (await ecs.show(ID)).body.server['OS-EXT-AZ:availability_zone']
  const codes: Record<string, string> = { sellout: 'Ecs.0018', abandon: 'Ecs.0019', obt: 'Ecs.0016' }
  const seen = new Set<string>()
  for (const flavor of flavors as { id: string; os_extra_specs: Record<string, string> }[]) {
    const specs = flavor.os_extra_specs
    const state =
      new RegExp(`${zone}\\((\\w+)\\)`).exec(specs['cond:operation:az'] ?? '')?.[1] ??
      specs['cond:operation:status'] ??
      'normal'
    if (!codes[state] || seen.has(state)) continue
    seen.add(state)
    expect((await resize(ecs, flavor.id)).body.error.code).toBe(codes[state])
  }
  expect([...seen]).toEqual(expect.arrayContaining(['sellout', 'abandon']))
})

test('spot servers are not resized', async () => {
  const ecs = ecsIn(await startCloud())
  const [image] = (await ecs.ims('GET', '/v2/cloudimages?__imagetype=gold&architecture=x86&limit=1')).body
    .images
  const spot = { flavorRef: 's6.large.2', imageRef: image.id, extendparam: { marketType: 'spot' } }
  const heard = await resize(ecs, 's6.xlarge.2', { mode: 'withStopServer' }, await ecs.made(spot))
  expect(heard.body.error.code).toBe('Ecs.0704')
})

test('what does not fit into the smaller flavor keeps the server large', async () => {
  const ecs = ecsIn(await startCloud())
  const mode = 'withStopServer'
  const [nic] = (await ecs.wanted()).nics
  const crowded = await ecs.made({ nics: [nic, nic, nic] })
  expect((await resize(ecs, 's6.large.2', { mode }, crowded)).body.error.code).toBe('Ecs.0807')
  const full = await ecs.made({
    flavorRef: 's6.large.2',
    data_volumes: Array.from({ length: 24 }, () => ({ volumetype: 'SSD', size: 10 })),
  })
  expect((await resize(ecs, 'ac6.12xlarge.2', { mode }, full)).body.error.code).toBe('Ecs.0809')
})

test('a prepaid server is resized by an order, once it is paid', async () => {
  const ecs = ecsIn(await startCloud())
  const extendparam = { chargingMode: 'prePaid', periodType: 'month', periodNum: 1, isAutoPay: 'true' }
  const id = await ecs.made({ flavorRef: 's6.large.2', extendparam })
  const mode = 'withStopServer'
  expect((await resize(ecs, 's6.xlarge.2', { mode }, id)).body.error.code).toBe('Ecs.0112')
  const unpaid = (await resize(ecs, 's6.xlarge.2', { mode }, id, 'v1.1')).body
  expect(unpaid.order_id).toMatch(/^CS\d{10}[0-9A-Z]{5}$/)
  expect((await ecs.job(unpaid.job_id)).body.status).toBe('PENDING_PAYMENT')
  expect((await ecs.show(id)).body.server.flavor.id).toBe('s6.large.2')
  await resize(ecs, 's6.xlarge.2', { mode, extendparam: { isAutoPay: 'true' } }, id, 'v1.1')
  expect((await ecs.show(id)).body.server.flavor.id).toBe('s6.xlarge.2')
})

test('a batch has a sub job for each server', async () => {
  const ecs = ecsIn(await startCloud())
  await ecs.act({ 'os-stop': { servers: [{ id: ID }] } })
  const body = { resize: { flavorRef: 's6.xlarge.2', servers: [{ id: ID }, { id: OTHER }] } }
  const { job_id } = (await ecs.call('POST', 'v1', 'cloudservers/batch-resize', body)).body
  const job = (await ecs.job(job_id)).body
  expect([job.status, job.error_code]).toEqual(['FAIL', 'Common.0021'])
  expect(job.entities.sub_jobs.map((part: { error_code: string }) => part.error_code)).toEqual([
    null,
    'Ecs.0100',
  ])
  expect((await ecs.show(ID)).body.server.flavor.id).toBe('s6.xlarge.2')
  expect((await ecs.show(OTHER)).body.server.flavor.id).toBe('s6.large.2')
})

test('resizing beyond the quota is refused', async () => {
  const ecs = ecsIn(await startCloud(), 'cn-south-1')
  const other = ecs.holdings().servers.get(OTHER)
  if (other) other.flavor = { ...other.flavor, vcpus: 20_478 }
  expect((await resize(ecs, 's6.xlarge.2')).body.error.code).toBe('Ecs.0001')
})

test('moving a stopped server to another host changes nothing but the host', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud, 'cn-south-1')
  const before = (await ecs.show(ID)).body.server
  await ecs.call('POST', 'v1', `cloudservers/${ID}/migrate`, { migrate: null })
  expect((await ecs.show(ID)).body.server).toMatchObject({
    status: 'RESIZE',
    'OS-EXT-STS:task_state': 'resize_prep',
  })
  cloud.pass(5_000)
  const after = (await ecs.show(ID)).body.server
  expect(after.status).toBe('SHUTOFF')
  expect(after.hostId).not.toBe(before.hostId)
  const running = await ecsIn(cloud).call('POST', 'v1', `cloudservers/${ID}/migrate`, { migrate: null })
  expect([running.status, running.body.error.code]).toEqual([400, 'Ecs.0100'])
  const elsewhere = { migrate: { dedicated_host_id: 'x' } }
  const unknown = await ecs.call('POST', 'v1', `cloudservers/${ID}/migrate`, elsewhere)
  expect(unknown.body.error.code).toBe('Ecs.0005')
})
