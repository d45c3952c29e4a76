import { expect, test } from 'vitest'
import { startCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'

const ID = 'ins-r8hr2upy'
const OTHER = 'ins-5d8a23rs'

test('a server takes a new name, description, host name and user data', async () => {
  const ecs = ecsIn(await startCloud())
  const wanted = { name: 'web', description: 'front', hostname: 'web-1', user_data: 'aGVsbG8=' }
  const { status, body } = await ecs.call('PUT', 'v1', `cloudservers/${ID}`, { server: wanted })
  expect([status, body.server.name, body.server.image]).toEqual([200, 'web', ''])
  expect(Object.values<{ version: number }[]>(body.server.addresses)[0]?.[0]?.version).toBe(4)
  expect(body.server.flavor.links[0].rel).toBe('bookmark')
  expect((await ecs.show(ID)).body.server).toMatchObject({
    name: 'web',
    description: 'front',
    'OS-EXT-SRV-ATTR:hostname': 'web-1',
    'OS-EXT-SRV-ATTR:user_data': 'aGVsbG8=',
  })
})

test.each([
  [{ name: 'x'.repeat(129) }, 'Ecs.0914'],
  [{ name: 'a b' }, 'Ecs.0915'],
  [{ description: 'x'.repeat(86) }, 'Ecs.0041'],
  [{ hostname: '-web' }, 'Ecs.0005'],
  [{ user_data: '%' }, 'Ecs.0005'],
])('a bad change %j is refused', async (server, code) => {
  const ecs = ecsIn(await startCloud())
  const heard = await ecs.call('PUT', 'v1', `cloudservers/${ID}`, { server })
  expect([heard.status, heard.body.error.code]).toEqual([400, code])
})

test('many servers get one name, and those that cannot are told one by one', async () => {
  const ecs = ecsIn(await startCloud())
  const both = [{ id: ID }, { id: OTHER }]
  const dry = { name: 'web', servers: both, dry_run: true }
  expect((await ecs.call('PUT', 'v1', 'cloudservers/server-name', dry)).status).toBe(202)
  const heard = await ecs.call('PUT', 'v1', 'cloudservers/server-name', { name: 'web', servers: both })
  expect([heard.status, heard.body]).toEqual([200, { response: both }])
  expect((await ecs.list(['name', 'web'])).body.count).toBe(2)

  const mixed = { name: 'x', servers: [{ id: ID }, { id: 'nobody' }] }
  const refused = await ecs.call('PUT', 'v1', 'cloudservers/server-name', mixed)
  expect([refused.status, refused.body.error.code]).toEqual([400, 'Ecs.0611'])
  expect(refused.body.internalError).toMatchObject([{ id: 'nobody', error_code: 'Ecs.0114' }])
  expect(refused.body.response).toEqual([{ id: ID }])
})

test('a locked server refuses every change', async () => {
  const ecs = ecsIn(await startCloud())
  const locked = await ecs.call('POST', 'v2.1', `servers/${ID}/action`, { lock: null })
  expect(locked.status).toBe(202)
  const one = `cloudservers/${ID}`
  for (const [method, version, path, body] of [
    ['PUT', 'v1', one, { server: { name: 'x' } }],
    ['POST', 'v1', `${one}/resize`, { resize: { flavorRef: 's6.xlarge.2' } }],
    ['POST', 'v2', `${one}/changeos`, { 'os-change': { imageid: 'x' } }],
    ['POST', 'v2', `${one}/reinstallos`, { 'os-reinstall': {} }],
    ['PUT', 'v1', `${one}/os-reset-password`, { 'reset-password': { new_password: 'Example-Pass1' } }],
    ['POST', 'v1', `${one}/metadata`, { metadata: { a: 'b' } }],
    ['POST', 'v1', `${one}/attachvolume`, { volumeAttachment: { volumeId: 'x' } }],
    ['DELETE', 'v1', `${one}/detachvolume/x`, undefined],
    ['POST', 'v1', `${one}/migrate`, { migrate: null }],
    ['POST', 'v1', 'cloudservers/delete', { servers: [{ id: ID }] }],
  ] as const) {
    const heard = await ecs.call(method, version, path, body)
    expect([path, heard.status, heard.body.error.code]).toEqual([path, 400, 'Ecs.0605'])
  }
})

test('passwords are reset without a word about the guest', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const path = `cloudservers/${ID}/os-reset-password`
  const reset = (new_password: string, more = {}) => ({ 'reset-password': { new_password, ...more } })
  const done = await ecs.call('PUT', 'v1', path, reset('Example-Pass1'))
  expect([done.status, done.text]).toEqual([204, ''])
  expect((await ecs.call('PUT', 'v1', path, reset('weak', { is_check_password: false }))).status).toBe(204)
  const weak = await ecs.call('PUT', 'v1', path, reset('weak'))
  expect([weak.status, weak.body.error.code]).toEqual([400, 'Ecs.0011'])
  const gone = await ecs.call('PUT', 'v1', 'cloudservers/nobody/os-reset-password', reset('Example-Pass1'))
  expect([gone.status, gone.body.error.code]).toEqual([404, 'Ecs.0614'])
  await ecs.act({ 'os-stop': { servers: [{ id: ID }] } })
  const busy = await ecs.call('PUT', 'v1', path, reset('Example-Pass1'))
  expect([busy.status, busy.body.error.code]).toEqual([501, 'Ecs.0603'])

  const batch = { new_password: 'Example-Pass1', servers: [{ id: OTHER }, { id: 'nobody' }] }
  const mixed = await ecs.call('PUT', 'v1', 'cloudservers/os-reset-passwords', batch)
  expect([mixed.status, mixed.body.error.code]).toEqual([400, 'Ecs.0611'])
  expect(mixed.body.internalError[0].error_code).toBe('Ecs.0614')
  const good = { ...batch, servers: [{ id: OTHER }] }
  const heard = await ecs.call('PUT', 'v1', 'cloudservers/os-reset-passwords', good)
  expect([heard.status, heard.body]).toEqual([200, { response: [{ id: OTHER }] }])
})

test('a server that was never built has no password to reset', async () => {
  const ecs = ecsIn(await startCloud())
  const bandwidth = { size: 5, sharetype: 'PER', chargemode: 'nonsense' }
  const id = await ecs.made({ publicip: { eip: { iptype: '5_bgp', bandwidth } } })
  const body = { 'reset-password': { new_password: 'Example-Pass1' } }
  const heard = await ecs.call('PUT', 'v1', `cloudservers/${id}/os-reset-password`, body)
  expect([heard.status, heard.body.error.code]).toEqual([400, 'Ecs.0610'])
})

test('passwords can be asked about', async () => {
  const ecs = ecsIn(await startCloud())
  expect((await ecs.call('GET', 'v1', `cloudservers/${ID}/os-resetpwd-flag`)).body).toEqual({
    resetpwd_flag: 'True',
  })
  expect((await ecs.call('GET', 'v1', `cloudservers/${ID}/os-server-password`)).body).toEqual({
    password: '',
  })
  expect((await ecs.call('DELETE', 'v1', `cloudservers/${ID}/os-server-password`)).status).toBe(204)
})

test('a running server has a console, a stopped one has none', async () => {
  const cloud = await startCloud()
  const body = { remote_console: { type: 'novnc', protocol: 'vnc' } }
  const path = `cloudservers/${ID}/remote_console`
  const { remote_console } = (await ecsIn(cloud).call('POST', 'v1', path, body)).body
  expect(remote_console).toMatchObject({ type: 'novnc', protocol: 'vnc' })
  expect(remote_console.url).toMatch(/^https:\/\/[^/]+\.invalid:8002\/vnc_auto\.html\?token=[0-9a-f]{32}$/)
  const stopped = await ecsIn(cloud, 'cn-south-1').call('POST', 'v1', path, body)
  expect([stopped.status, stopped.body.error.code]).toEqual([400, 'Ecs.0100'])
  const other = { remote_console: { type: 'serial', protocol: 'serial' } }
  expect((await ecsIn(cloud).call('POST', 'v1', path, other)).body.error.code).toBe('Ecs.0005')
})

test('metadata is added to, and taken away key by key', async () => {
  const ecs = ecsIn(await startCloud())
  const path = `cloudservers/${ID}/metadata`
  await ecs.call('POST', 'v1', path, { metadata: { a: '1', b: '2' } })
  const { status, body } = await ecs.call('POST', 'v1', path, { metadata: { b: '3' } })
  expect([status, body]).toEqual([200, { metadata: { b: '3' } }])
  expect((await ecs.show(ID)).body.server.metadata).toMatchObject({ a: '1', b: '3', charging_mode: '0' })
  expect((await ecs.call('DELETE', 'v1', `${path}/a`)).status).toBe(204)
  const absent = await ecs.call('DELETE', 'v1', `${path}/a`)
  expect([absent.status, absent.body.error.code]).toEqual([404, 'Ecs.1000'])
  expect(absent.body.error.message).toContain('itemNotFound')
  for (const metadata of [{ 'a b': '1' }, { charging_mode: '1' }, { a: 'x'.repeat(256) }])
    expect((await ecs.call('POST', 'v1', path, { metadata })).body.error.code).toBe('Ecs.0005')
})
