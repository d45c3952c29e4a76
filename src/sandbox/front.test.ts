import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { services } from './routes.ts'
import { projectIn, startCloud } from './test-client.ts'

const project = projectIn('cn-north-4')
const ecs = 'ecs.cn-north-4.myhuaweicloud.com'

test('an unknown path, host or region has no API', async () => {
  const cloud = await startCloud()
  for (const call of [
    { host: ecs, path: '/v9/nothing' },
    { host: 'nosuch.cn-north-4.myhuaweicloud.com', path: '/v2/images' },
    { host: 'ecs.xx-nowhere-1.myhuaweicloud.com', path: `/v1/${project}/cloudservers/detail` },
    { host: 'ecs.myhuaweicloud.com', path: `/v1/${project}/cloudservers/detail` },
    { host: ecs, path: '/v2/images' },
    { path: '/nothing/here' },
  ]) {
    const heard = await cloud.call(call)
    expect(heard.status).toBe(404)
    expect(heard.body).toEqual({
      error_msg: 'The API does not exist or has not been published in the environment.',
      error_code: 'APIGW.0101',
      request_id: heard.headers['x-request-id'],
    })
  }
})

test('hosts end in .com or .eu, in any case, with or without a port', async () => {
  const cloud = await startCloud()
  const dublin = `/v1/${projectIn('eu-west-101')}/cloudservers/limits`
  for (const host of ['ecs.eu-west-101.myhuaweicloud.eu', 'ECS.eu-west-101.MyHuaweiCloud.com:443'])
    expect((await cloud.call({ host, path: dublin })).status).toBe(200)
  expect((await cloud.call({ host: 'iam.myhuaweicloud.eu', path: '/v3/regions' })).status).toBe(200)
})

test('a known path with a wrong method is a 404 of its own', async () => {
  const cloud = await startCloud()
  const heard = await cloud.call({ host: ecs, method: 'PATCH', path: `/v1/${project}/cloudservers/detail` })
  expect(heard.status).toBe(404)
  expect(heard.body).toMatchObject({ error_code: 'APIGW.0101', error_msg: 'The API does not exist.' })
})

test('a service that the sandbox has nothing of says so', async () => {
  const cloud = await startCloud()
  const heard = await cloud.call({ host: 'rds.cn-north-4.myhuaweicloud.com', path: '/v3/x/instances' })
  expect([heard.status, heard.body.error_code]).toEqual([501, 'SANDBOX.NOT_IMITATED'])
  expect(heard.body.error_msg).toContain('rds')
})

test('what Huawei Cloud has and the sandbox has not says so', async () => {
  const cloud = await startCloud()
  const heard = await cloud.call({ host: ecs, path: `/v3/${project}/launch-templates` })
  expect(heard.status).toBe(501)
  expect(heard.body.error_code).toBe('SANDBOX.NOT_IMITATED')
  expect(heard.body.error_msg).toContain('ListTemplates')
  expect(heard.body.request_id).toBe(heard.headers['x-request-id'])
})

test('a bare host finds the service by path and the region by project', async () => {
  const cloud = await startCloud()
  const south = projectIn('cn-south-1')
  const zones = await cloud.call({ path: `/v2.1/${south}/os-availability-zone` })
  expect(zones.body.availabilityZoneInfo[0].zoneName).toBe('cn-south-1a')
  expect((await cloud.call({ path: '/v3/regions' })).body.regions).toHaveLength(33)
  expect((await cloud.call({ path: `/v1/${south}/vpcs` })).body.vpcs[0].name).toBe('vpc-default')
  const byHeader = await cloud.call({
    path: '/v2/images',
    headers: { 'X-Project-Id': south },
    query: [['name', 'CentOS 7.9 64bit']],
  })
  const byHost = await cloud.call({
    host: 'ims.cn-south-1.myhuaweicloud.com',
    path: '/v2/images',
    query: [['name', 'CentOS 7.9 64bit']],
  })
  expect(byHeader.text).toBe(byHost.text)
  const otherwise = await cloud.call({ path: '/v2/images', query: [['name', 'CentOS 7.9 64bit']] })
  expect(otherwise.body.images[0].__data_origin).toContain('image,cn-north-4,')
})

test('a project that is not the caller’s, or of another region, is refused in the words of each service', async () => {
  const cloud = await startCloud()
  const elsewhere = projectIn('cn-south-1')
  for (const id of [elsewhere, '0'.repeat(32), 'MOS']) {
    const server = await cloud.call({ host: ecs, path: `/v1/${id}/cloudservers/detail` })
    expect([server.status, server.body.error.code]).toEqual([400, 'Common.0018'])
    const network = await cloud.call({ host: 'vpc.cn-north-4.myhuaweicloud.com', path: `/v1/${id}/vpcs` })
    expect([network.status, network.body.code]).toEqual([400, 'VPC.0007'])
    const image = await cloud.call({
      host: 'ims.cn-north-4.myhuaweicloud.com',
      path: '/v2/images',
      headers: { 'X-Project-Id': id },
    })
    expect([image.status, image.body.error.code]).toEqual([400, 'IMG.0030'])
  }
  const header = await cloud.call({
    host: ecs,
    path: `/v1/${project}/cloudservers/detail`,
    headers: { 'X-Project-Id': elsewhere },
  })
  expect([header.status, header.body.error.code]).toEqual([400, 'Common.0018'])
})

test('a sub-project has a world of its own in its region', async () => {
  const cloud = await startCloud()
  const found = await cloud.call({ path: '/v3/projects', query: [['name', 'cn-north-4_dev']] })
  const id = found.body.projects[0].id
  const own = await cloud.call({ host: 'vpc.cn-north-4.myhuaweicloud.com', path: `/v1/${id}/vpcs` })
  const main = await cloud.call({ host: 'vpc.cn-north-4.myhuaweicloud.com', path: `/v1/${project}/vpcs` })
  expect(own.body.vpcs[0].id).not.toBe(main.body.vpcs[0].id)
})

test('a body that is no JSON object is refused in the words of each service', async () => {
  const cloud = await startCloud()
  for (const [body, code] of [
    ['{"a":', 'Ecs.0000'],
    ['[]', 'Ecs.0000'],
    ['"text"', 'Ecs.0000'],
    ['', 'Common.0002'],
  ] as const) {
    const heard = await cloud.call({
      host: ecs,
      method: 'POST',
      path: `/v1/${project}/cloudservers/action`,
      body,
    })
    expect([heard.status, heard.body.error.code]).toEqual([400, code])
  }
  const network = await cloud.call({ path: `/v1/${project}/vpcs`, method: 'POST', body: '{' })
  expect(network.status).toBe(400)
  expect(Object.keys(network.body)).toEqual(['code', 'message'])
})

test('what cannot be decoded is malformed', async () => {
  const cloud = await startCloud()
  for (const target of ['/v2/images/%zz', '/v2/images?name=%ff', '/v2/images/%e0%a4%a']) {
    const heard = await cloud.call({ path: '/v2/images', tamper: () => ({ target }) })
    expect([heard.status, heard.body.error_code]).toEqual([400, 'APIGW.0201'])
  }
})

test('a body above 12 MB is 413 and a URI above 32 KB is 414', async () => {
  const cloud = await startCloud()
  const long = await cloud.call({ path: '/v2/images', query: [['name', 'x'.repeat(33_000)]] })
  expect([long.status, long.body.error_code]).toEqual([414, 'APIGW.0201'])
  const head = 'POST /v2/images HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12582913\r\n\r\n'
  expect(await speak(cloud.port, head)).toContain('HTTP/1.1 413')
})

test('a header above 32 KB is 494, and so are headers without end', async () => {
  const cloud = await startCloud()
  for (const size of [33_000, 300_000])
    expect(
      await speak(
        cloud.port,
        `GET /v3/regions HTTP/1.1\r\nConnection: close\r\nX-Big: ${'x'.repeat(size)}\r\n\r\n`,
      ),
    ).toContain('HTTP/1.1 494')
})

test('a fault of our own is a 500 and not the end', async () => {
  const cloud = await startCloud()
  const { world } = cloud.sandbox
  const { holdings } = world
  world.holdings = () => {
    throw new Error('planted by a test')
  }
  const heard = await cloud.call({ host: ecs, path: `/v1/${project}/cloudservers/detail` })
  expect([heard.status, heard.body.error_code]).toEqual([500, 'APIGW.0601'])
  expect(heard.text).not.toContain('planted')
  world.holdings = holdings
  expect((await cloud.call({ host: ecs, path: `/v1/${project}/cloudservers/detail` })).status).toBe(200)
})

test('closing is quick though a caller keeps its connection', async () => {
  const cloud = await startCloud()
  const held = speak(cloud.port, 'GET /v3/regions HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await cloud.call({ path: '/v3/regions' })
  await cloud.sandbox.close()
  expect(await held).toContain('HTTP/1.1 401')
})

test('what is no HTTP is answered and the next caller served', async () => {
  const cloud = await startCloud()
  expect(await speak(cloud.port, 'GET / nonsense\r\n\r\n')).toContain('"error_code":"APIGW.0201"')
  expect((await cloud.call({ path: '/v3/regions' })).status).toBe(200)
})

test('ECS answers with the headers it is known for', async () => {
  const cloud = await startCloud()
  const { headers } = await cloud.call({ host: ecs, path: `/v1/${project}/cloudservers/limits` })
  expect(headers).toMatchObject({
    server: 'api-gateway',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'cache-control': 'no-cache, no-store, must-revalidate',
    'content-type': 'application/json; charset=UTF-8',
    connection: 'close',
  })
  expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
})

test('every imitated operation is one Huawei Cloud has', async () => {
  const { default: operations } = await import('./data/operations.json', { with: { type: 'json' } })
  const { default: more } = await import('./data/operations-openstack.json', { with: { type: 'json' } })
  const byOpenStack: Record<string, object | string> = more
  const blank = (place: string) => place.replace(/\{\w+\}/g, '{}')
  for (const service of services) {
    const places = [operations[service.name], byOpenStack[service.name] ?? {}].flatMap(Object.values)
    const real = new Set(places.map(blank))
    for (const row of service.rows) expect(real).toContain(blank(`${row.method} ${row.path}`))
  }
})

/** Sends bytes as they are and answers what came back until the other end closed. */
function speak(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('error', () => resolve(heard))
    socket.on('close', () => resolve(heard))
  })
}
