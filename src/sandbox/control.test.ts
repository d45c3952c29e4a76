import { expect, test } from 'vitest'
import { startCloud, type TestCloud } from './test-client.ts'
import { ecsIn } from './test-ecs.ts'

function ask(
  cloud: TestCloud,
  method: string,
  path: string,
  body = '',
  headers: Record<string, string> = {},
  host = 'localhost',
) {
  return cloud.call({
    method,
    path: `/_sandbox/${path}`,
    body,
    tamper: () => ({
      headers: [
        ['Host', host],
        ['Content-Length', String(Buffer.byteLength(body))],
        ...Object.entries(headers),
      ],
    }),
  })
}

test('reset brings back the seed', async () => {
  const cloud = await startCloud()
  const ecs = ecsIn(cloud)
  const before = (await ecs.list()).text
  const seeded = (await ask(cloud, 'GET', 'world')).body
  await ecs.remove({ servers: [{ id: 'ins-r8hr2upy' }] })
  const { job_id } = (await ecs.create({ server: await ecs.wanted() })).body
  expect((await ask(cloud, 'GET', 'world')).body).toMatchObject({ servers: 4, jobs: 2 })
  expect((await ask(cloud, 'POST', 'reset')).status).toBe(204)
  expect((await ecs.list()).text).toBe(before)
  expect((await ask(cloud, 'GET', 'world')).body).toEqual(seeded)
  expect((await ecs.job(job_id)).body.error.code).toBe('Common.0011')
})

test('reset unlocks a locked key', async () => {
  const cloud = await startCloud()
  for (let count = 0; count < 7; count++) await cloud.call({ path: '/v3/regions', secretKey: 'wrong' })
  expect((await cloud.call({ path: '/v3/regions' })).status).toBe(401)
  cloud.sandbox.reset()
  expect((await cloud.call({ path: '/v3/regions' })).status).toBe(200)
})

test('the pace can be set, and what is no pace cannot', async () => {
  const cloud = await startCloud({ by: 'clock' })
  const ecs = ecsIn(cloud)
  const { body } = await ecs.create({ server: await ecs.wanted() })
  expect((await ecs.job(body.job_id)).body.status).toBe('INIT')
  expect((await ask(cloud, 'PUT', 'pace', '{"by":"at-once"}')).status).toBe(204)
  expect((await ecs.job(body.job_id)).body.status).toBe('SUCCESS')
  expect((await ask(cloud, 'GET', 'world')).body.pace).toEqual({ by: 'at-once' })
  for (const wrong of [
    '',
    '{',
    '{"by":"magic"}',
    '{"by":"poll"}',
    '{"by":"clock","ms":-1}',
    '{"by":"at-once","x":1}',
  ])
    expect((await ask(cloud, 'PUT', 'pace', wrong)).status).toBe(400)
})

test('pages in browsers and names that only point here are turned away', async () => {
  const cloud = await startCloud()
  for (const [headers, host] of [
    [{ Origin: 'http://localhost' }, 'localhost'],
    [{ 'Sec-Fetch-Site': 'none' }, 'localhost'],
    [{}, 'evil.example'],
    [{}, '127.0.0.1.evil.example'],
    [{}, 'ecs.cn-north-4.myhuaweicloud.com'],
  ] as [Record<string, string>, string][])
    expect((await ask(cloud, 'POST', 'reset', '', headers, host)).status).toBe(403)
  for (const host of ['localhost', 'localhost:99', '127.0.0.1:8003', '[::1]:80'])
    expect((await ask(cloud, 'GET', 'world', '', {}, host)).status).toBe(200)
  expect((await ask(cloud, 'GET', 'nothing')).status).toBe(404)
})
