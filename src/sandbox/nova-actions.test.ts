import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { novaIn } from './test-nova.ts'

const id = 'ins-r8hr2upy'
const statusOf = async (nova: ReturnType<typeof novaIn>) => {
  const { server } = (await nova.show(id)).body
  return [server.status, server['OS-EXT-STS:task_state'], server['OS-EXT-STS:power_state']]
}

test('a server stops, starts and reboots, and is seen doing so', async () => {
  const cloud = await startCloud({ by: 'clock', ms: 1_000 })
  const nova = novaIn(cloud)
  const steps: [object, unknown[], unknown[]][] = [
    [{ 'os-stop': null }, ['ACTIVE', 'powering-off', 1], ['SHUTOFF', null, 4]],
    [{ 'os-start': null }, ['SHUTOFF', 'powering-on', 4], ['ACTIVE', null, 1]],
    [{ reboot: { type: 'SOFT' } }, ['REBOOT', 'rebooting', 1], ['ACTIVE', null, 1]],
    [{ reboot: { type: 'HARD' } }, ['HARD_REBOOT', 'rebooting_hard', 1], ['ACTIVE', null, 1]],
  ]
  for (const [action, during, after] of steps) {
    const heard = await nova.act(id, action)
    expect([heard.status, heard.text]).toEqual([202, ''])
    expect(await statusOf(nova)).toEqual(during)
    cloud.pass(1_000)
    expect(await statusOf(nova)).toEqual(after)
  }
})

test('by poll, looking at the server is what brings it forward', async () => {
  const cloud = await startCloud({ by: 'poll', polls: 2 })
  const nova = novaIn(cloud)
  await nova.act(id, { 'os-stop': {} })
  expect((await statusOf(nova))[0]).toBe('ACTIVE')
  expect((await nova.get('/servers/detail', ['status', 'SHUTOFF'])).body.servers).toHaveLength(1)
})

test('in the wrong state, or busy, it is refused at once', async () => {
  const cloud = await startCloud({ by: 'clock', ms: 1_000 })
  const nova = novaIn(cloud)
  const started = await nova.act(id, { 'os-start': null })
  expect([started.status, started.body]).toEqual([
    409,
    {
      conflictingRequest: {
        message: `Cannot 'start' instance ${id} while it is in vm_state active`,
        code: 409,
      },
    },
  ])
  await nova.act(id, { 'os-stop': null })
  const busy = await nova.act(id, { reboot: { type: 'HARD' } })
  expect(busy.body.conflictingRequest.message).toBe(
    `Cannot 'reboot' instance ${id} while it is in task_state powering-off`,
  )
})

test('a locked server does nothing until it is unlocked', async () => {
  const nova = novaIn(await startCloud())
  expect((await nova.act(id, { lock: null })).status).toBe(202)
  for (const heard of [await nova.act(id, { 'os-stop': null }), await nova.remove(id)])
    expect([heard.status, heard.body.conflictingRequest.message]).toEqual([409, `Instance ${id} is locked`])
  expect((await nova.act(id, { unlock: null })).status).toBe(202)
  expect((await nova.act(id, { 'os-stop': null })).status).toBe(202)
})

test('a deleted server is gone when its job is done', async () => {
  const cloud = await startCloud({ by: 'clock', ms: 1_000 })
  const nova = novaIn(cloud)
  expect((await nova.remove(id)).status).toBe(204)
  expect(await statusOf(nova)).toEqual(['ACTIVE', 'deleting', 1])
  expect((await nova.remove(id)).status).toBe(204)
  cloud.pass(1_000)
  expect((await nova.show(id)).status).toBe(404)
  expect((await nova.remove(id)).status).toBe(404)
})

test('a server can be given up while it is being built', async () => {
  const cloud = await startCloud({ by: 'clock', ms: 1_000 })
  const nova = novaIn(cloud)
  const made = await nova.made()
  expect((await nova.show(made)).body.server).toMatchObject({ status: 'BUILD', addresses: {} })
  expect((await nova.act(made, { 'os-stop': null })).status).toBe(409)
  expect((await nova.remove(made)).status).toBe(204)
  cloud.pass(1_000)
  expect((await nova.show(made)).status).toBe(404)
})

test('groups are put on and taken off by name', async () => {
  const nova = novaIn(await startCloud())
  const groups = async () => (await nova.get(`/servers/${id}/os-security-groups`)).body.security_groups
  const [own] = await groups()
  expect(own).toMatchObject({ name: 'default', tenant_id: nova.project })
  expect(own.rules[0]).toMatchObject({ parent_group_id: own.id, group: { name: 'default' }, ip_range: {} })
  const all = (await nova.get('/os-security-groups')).body.security_groups
  expect(all).toContainEqual(own)
  expect((await nova.get(`/os-security-groups/${own.id}`)).body.security_group).toEqual(own)
  expect((await nova.get('/os-security-groups/nobody')).status).toBe(404)
  const off = { removeSecurityGroup: { name: 'default' } }
  expect((await nova.act(id, off)).status).toBe(202)
  expect(await groups()).toEqual([])
  expect((await nova.act(id, off)).status).toBe(409)
  expect((await nova.act(id, { addSecurityGroup: { name: own.id } })).status).toBe(202)
  expect(await groups()).toHaveLength(1)
  expect((await nova.act(id, { addSecurityGroup: { name: 'nobody' } })).status).toBe(404)
  expect((await nova.act(id, { addSecurityGroup: {} })).status).toBe(400)
})

test.for<[string, object, number, string]>([
  ['nothing', {}, 400, 'badRequest'],
  ['an unknown action', { fly: null }, 400, 'badRequest'],
  ['two at once', { 'os-start': null, 'os-stop': null }, 400, 'badRequest'],
  ['a reboot of no kind', { reboot: {} }, 400, 'badRequest'],
])('refused: %s', async ([, body, status, fault]) => {
  const nova = novaIn(await startCloud())
  const heard = await nova.act(id, body)
  expect([heard.status, heard.body[fault]?.code]).toEqual([status, status])
})

test('an action of Nova that is not imitated says so', async () => {
  const nova = novaIn(await startCloud())
  const heard = await nova.act(id, { suspend: null })
  expect([heard.status, heard.body.notImplemented]).toEqual([
    501,
    { code: 501, message: expect.stringContaining('The action suspend is not imitated') },
  ])
})

test('flavors, zones and limits are told in numbers', async () => {
  const nova = novaIn(await startCloud())
  const { flavor } = (await nova.get('/flavors/s6.large.2')).body
  expect(flavor).toMatchObject({ id: 's6.large.2', vcpus: 2, ram: 4096, disk: 0, swap: '' })
  const large = (await nova.get('/flavors/detail', ['minRam', '100000'], ['is_public', 'None'])).body.flavors
  expect(large.every(({ ram }: { ram: number }) => ram >= 100_000)).toBe(true)
  expect((await nova.get('/flavors', ['limit', '1'])).body.flavors_links).toHaveLength(1)
  expect((await nova.get('/flavors', ['is_public', 'False'])).body.flavors).toEqual([])
  expect((await nova.get('/flavors', ['minRam', 'x'])).status).toBe(400)
  expect((await nova.get('/flavors', ['minDisk', 'x'])).status).toBe(400)
  expect((await nova.get('/flavors/nobody')).body.itemNotFound.code).toBe(404)
  const { extra_specs } = (await nova.get('/flavors/s6.large.2/os-extra_specs')).body
  expect(extra_specs['ecs:generation']).toBe('s6')
  const one = await nova.get('/flavors/s6.large.2/os-extra_specs/ecs:generation')
  expect(one.body).toEqual({ 'ecs:generation': 's6' })
  expect((await nova.get('/flavors/s6.large.2/os-extra_specs/nothing')).status).toBe(404)
  expect((await nova.get('/os-availability-zone')).body.availabilityZoneInfo[0].zoneState).toEqual({
    available: true,
  })
  expect((await nova.get('/os-availability-zone/detail')).body.forbidden.code).toBe(403)
  expect((await nova.get('/limits')).body.limits.absolute.totalInstancesUsed).toBe(2)
})

test('what hangs on a server is found, and what does not is not', async () => {
  const nova = novaIn(await startCloud())
  const [nic] = (await nova.get(`/servers/${id}/os-interface`)).body.interfaceAttachments
  expect(nic).toMatchObject({
    port_state: 'ACTIVE',
    fixed_ips: [{ ip_address: expect.stringMatching(/^192\.168/) }],
  })
  expect((await nova.get(`/servers/${id}/os-interface/${nic.port_id}`)).body.interfaceAttachment).toEqual(nic)
  expect((await nova.get(`/servers/${id}/os-interface/nobody`)).status).toBe(404)
  const [disk] = (await nova.get(`/servers/${id}/os-volume_attachments`)).body.volumeAttachments
  expect((await nova.get(`/servers/${id}/os-volume_attachments/${disk.id}`)).body.volumeAttachment).toEqual(
    disk,
  )
  expect((await nova.get(`/servers/${id}/os-volume_attachments/nobody`)).status).toBe(404)
})

test('a new size is tried, and kept or given back', async () => {
  const cloud = await startCloud({ by: 'clock', ms: 1_000 })
  const nova = novaIn(cloud)
  const flavorOf = async () => (await nova.show(id)).body.server.flavor.id
  const grow = { resize: { flavorRef: 's6.xlarge.2' } }
  expect((await nova.act(id, grow)).status).toBe(202)
  expect(await statusOf(nova)).toEqual(['RESIZE', 'resize_prep', 4])
  cloud.pass(1_000)
  expect(await statusOf(nova)).toEqual(['VERIFY_RESIZE', null, 1])
  expect((await nova.act(id, { 'os-stop': null })).body.conflictingRequest.message).toBe(
    `Cannot 'stop' instance ${id} while it is in vm_state resized`,
  )
  expect((await nova.act(id, { revertResize: null })).status).toBe(202)
  expect(await statusOf(nova)).toEqual(['REVERT_RESIZE', 'resize_reverting', 1])
  cloud.pass(1_000)
  expect([await statusOf(nova), await flavorOf()]).toEqual([['ACTIVE', null, 1], 's6.large.2'])
  await nova.act(id, grow)
  cloud.pass(1_000)
  expect((await nova.act(id, { confirmResize: null })).status).toBe(204)
  expect([await statusOf(nova), await flavorOf()]).toEqual([['ACTIVE', null, 1], 's6.xlarge.2'])
  for (const action of [{ confirmResize: null }, { revertResize: null }])
    expect((await nova.act(id, action)).status).toBe(409)
})

test.for<[string, object]>([
  ['its own', { flavorRef: 's6.large.2' }],
  ['one nobody has', { flavorRef: 'nobody' }],
  ['one that is no text', { flavorRef: 1 }],
  ['one of another architecture', { flavorRef: 'kc1.large.2' }],
])('a server does not change to %s', async ([, resize]) => {
  const nova = novaIn(await startCloud())
  const heard = await nova.act(id, { resize })
  expect([heard.status, heard.body.badRequest?.code]).toEqual([400, 400])
})
