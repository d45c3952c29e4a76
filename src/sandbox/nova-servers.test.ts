import { expect, test } from 'vitest'
import { projectIn, startCloud } from './test-client.ts'
import { novaIn } from './test-nova.ts'
import { bearing, tokenFor } from './test-token.ts'

const documented = 'ins-r8hr2upy'

test('versions are told to everybody, and lead back to where they were asked', async () => {
  const cloud = await startCloud()
  for (const path of ['/v2.1', '/v2.1/']) {
    const heard = await cloud.call(bearing({ path }, undefined))
    expect([heard.status, heard.body.version]).toMatchObject([
      200,
      {
        id: 'v2.1',
        status: 'CURRENT',
        min_version: '2.1',
        links: [{ rel: 'self', href: `http://127.0.0.1:${cloud.port}/v2.1/` }],
      },
    ])
  }
  const host = 'ecs.cn-east-2.myhuaweicloud.com'
  expect((await cloud.call(bearing({ host, path: '/' }, undefined))).body.versions).toHaveLength(1)
})

test('servers are listed newest first, in pages', async () => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const ids = [await nova.made({ name: 'one' }), await nova.made({ name: 'two' })]
  const whole = (await nova.get('/servers')).body
  expect(whole.servers.map(({ id }: { id: string }) => id).slice(0, 2)).toEqual(ids.toReversed())
  expect(Object.keys(whole.servers[0])).toEqual(['id', 'name', 'links'])
  expect(whole).not.toHaveProperty('servers_links')
  const first = (await nova.get('/servers/detail', ['limit', '3'])).body
  expect(first.servers).toHaveLength(3)
  const [next] = first.servers_links
  expect([next.rel, new URL(next.href).searchParams.get('marker')]).toEqual(['next', first.servers[2].id])
  const second = (await nova.get('/servers/detail', ['limit', '3'], ['marker', first.servers[2].id])).body
  expect(second.servers).toHaveLength(1)
  const lost = await nova.get('/servers', ['marker', 'nobody'])
  expect([lost.status, lost.body.badRequest.code]).toEqual([400, 400])
  expect((await nova.get('/servers', ['limit', 'x'])).status).toBe(400)
})

test.for<[string, string, number]>([
  ['name', 'one', 1],
  ['name', 'o', 4],
  ['status', 'ACTIVE', 4],
  ['status', 'SHUTOFF', 0],
  ['flavor', 's6.large.2', 2],
  ['image', '88faab67-9e31-48d9-8027-f8a025da94de', 2],
  ['ip', '192.168.', 4],
  ['changes-since', '2025-12-31T00:00:00Z', 4],
  ['changes-since', '2026-01-02T00:00:00Z', 0],
  ['deleted', 'True', 0],
  ['tags', '__type_virtual', 4],
  ['not-tags', '__type_virtual', 0],
  ['unknown', 'x', 4],
])('servers filtered by %s %s', async ([name, value, count]) => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  await nova.made({ name: 'one-o' })
  await nova.made({ name: 'two-o' })
  for (const id of [documented, 'ins-5d8a23rs'])
    await nova.send('PUT', `/servers/${id}`, { server: { name: 'old-o' } })
  expect((await nova.get('/servers', [name, value])).body.servers).toHaveLength(count)
})

test('a time that is none is refused', async () => {
  const nova = novaIn(await startCloud())
  expect((await nova.get('/servers', ['changes-since', 'yesterday'])).status).toBe(400)
})

test('a server changes its name', async () => {
  const nova = novaIn(await startCloud())
  const heard = await nova.send('PUT', `/servers/${documented}`, { server: { name: 'renamed' } })
  expect([heard.status, heard.body.server.name]).toEqual([200, 'renamed'])
  expect((await nova.send('PUT', `/servers/${documented}`, { server: { name: '' } })).status).toBe(400)
  expect((await nova.send('PUT', '/servers/nobody', { server: {} })).status).toBe(404)
})

test('what is refused comes under the name of its fault, with a number', async () => {
  const cloud = await startCloud()
  const nova = novaIn(cloud)
  const absent = await nova.show('nobody')
  expect([absent.status, absent.body]).toEqual([
    404,
    { itemNotFound: { message: 'Instance nobody could not be found.', code: 404 } },
  ])
  const broken = await nova.send('POST', '/servers', '{')
  expect(broken.body).toEqual({ badRequest: { message: 'Malformed request body', code: 400 } })
  const foreign = await cloud.call({
    host: 'ecs.cn-east-2.myhuaweicloud.com',
    path: `/v2.1/${projectIn('cn-north-4')}/servers`,
  })
  expect(foreign.body.badRequest.message).toContain("doesn't match Context's project_id")
})

test('a client that follows the catalog sees the servers of its project', async () => {
  const cloud = await startCloud()
  const token = await tokenFor(cloud, { project: { name: 'cn-east-2' } })
  const path = `/v2.1/${projectIn('cn-east-2')}/servers/detail`
  const heard = await cloud.call(
    bearing({ path, headers: { 'OpenStack-API-Version': 'compute 2.72' } }, token),
  )
  expect([heard.status, heard.headers['openstack-api-version']]).toEqual([200, 'compute 2.1'])
  expect(heard.body.servers).toHaveLength(2)
})
