import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner.js'
import type { ICredential } from '@huaweicloud/huaweicloud-sdk-core/auth/ICredential.js'
import { request } from 'undici'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Double, projectIdOf, startDouble } from './helpers/double.ts'

const keys = { accessKey: 'AKIDEXAMPLE0000000001', secretKey: 'SKsecretEXAMPLEkey00000000000000000000001' }
const PROJECT = projectIdOf('cn-north-4')
const SERVERS = [{ id: 'ins-r8hr2upy' }]
const CREATE = {
  server: {
    name: '生产-web-01',
    imageRef: '88faab67-9e31-48d9-8027-f8a025da94de',
    flavorRef: 's6.large.2',
    vpcid: '2a6f4aa6-d93e-45f5-a8cb-b030dbf8cd68',
    nics: [{ subnet_id: 'ef039b60-6a14-42d1-963b-687b627fea08' }],
    root_volume: { volumetype: 'SSD' },
    count: 2,
  },
}

interface Ask {
  method?: 'GET' | 'POST' | 'DELETE'
  path: string
  query?: Record<string, string | string[]>
  project?: string | null
  body?: unknown
  headers?: Record<string, string>
}

interface Sent {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  search: string
  headers: Record<string, string>
  body: string
}

let double: Double
beforeEach(async () => {
  double = await startDouble(keys)
})
afterEach(() => double.close())

/** Signs with Huawei's signer; what `tamper` changes, it changes after that. */
async function send(ask: Ask, tamper: (sent: Sent) => Sent = (sent) => sent, secretKey = keys.secretKey) {
  const { method = 'GET', path, query = {}, project = PROJECT, body, headers } = ask
  const stated = {
    'content-type': 'application/json',
    ...(project && { 'X-Project-Id': project }),
    ...headers,
  }
  const signed: Record<string, string> = AKSKSigner.sign(
    { method, endpoint: double.url + path, queryParams: query, headers: stated, data: body },
    { getAk: () => keys.accessKey, getSk: () => secretKey } as ICredential,
  )
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map((each) => [name, each]))
  const search = pairs.map((pair) => pair.map((text) => encodeURIComponent(text ?? '')).join('=')).join('&')
  const text = body === undefined ? '' : JSON.stringify(body)
  const sent = tamper({ method, path: encodeURI(path), search, headers: signed, body: text })
  const response = await request(`${double.url}${sent.path}?${sent.search}`, {
    method: sent.method,
    headers: sent.headers,
    body: sent.body || null,
  })
  const answer = await response.body.text()
  return { status: response.statusCode, headers: response.headers, text: answer }
}

const sendJson = async (...ask: Parameters<typeof send>) => {
  const { text, ...rest } = await send(...ask)
  return { ...rest, json: JSON.parse(text) }
}

const detail = `/v1/${PROJECT}/cloudservers/detail`
const action = `/v1/${PROJECT}/cloudservers/action`

describe('what Huawei’s signer signed is answered', () => {
  test('the project of a region', async () => {
    const ask = { path: '/v3/projects', query: { name: 'cn-north-4' }, project: null }
    expect((await sendJson(ask)).json.projects).toMatchObject([{ id: PROJECT, name: 'cn-north-4' }])
  })

  test('the same with the body {} that the Node SDK sends along', async () => {
    const ask = { path: '/v3/projects', query: { name: 'cn-north-4' }, project: null, body: {} }
    expect((await send(ask)).status).toBe(200)
  })

  test.each<[call: string, ask: Ask, answer: object]>([
    ['images', { path: '/v2/images' }, { images: [{ status: 'active' }] }],
    [
      'flavors',
      { path: `/v1/${PROJECT}/cloudservers/flavors` },
      { flavors: [{ id: 's6.large.2', ram: 4096 }] },
    ],
    ['servers', { path: detail, query: { limit: '10' } }, { count: 1, servers: [{ tenant_id: PROJECT }] }],
    ['start', { method: 'POST', path: action, body: { 'os-start': { servers: SERVERS } } }, {}],
    ['stop', { method: 'POST', path: action, body: { 'os-stop': { type: 'HARD', servers: SERVERS } } }, {}],
    ['reboot', { method: 'POST', path: action, body: { reboot: { type: 'SOFT', servers: SERVERS } } }, {}],
    [
      'delete',
      { method: 'POST', path: `/v1/${PROJECT}/cloudservers/delete`, body: { servers: SERVERS } },
      {},
    ],
  ])('%s', async (_, ask, answer) => {
    const { status, headers, json } = await sendJson(ask)
    expect(status).toBe(200)
    expect(json).toMatchObject(
      ask.method === 'POST' ? { job_id: expect.stringMatching(/^ff808082/) } : answer,
    )
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
  })

  test('a create, with as many ids as servers, recorded as it came', async () => {
    const ask = { method: 'POST', path: `/v1.1/${PROJECT}/cloudservers`, body: CREATE } as const
    const { json } = await sendJson(ask)
    expect(json).toEqual({ job_id: expect.any(String), serverIds: [expect.any(String), expect.any(String)] })
    const [recorded] = double.requests
    expect(recorded).toMatchObject({
      method: 'POST',
      path: ask.path,
      body: JSON.stringify(CREATE),
      verified: true,
    })
    expect(recorded?.headers['x-project-id']).toBe(PROJECT)
  })

  test('queries with unicode, signs, repeated and empty values', async () => {
    const query = { name: "测试 vm*1~x!'()", server_id: ['b', 'a'], marker: '', Zeta: 'a/b+c=d&e' }
    expect((await send({ path: detail, query })).status).toBe(200)
    expect(double.requests[0]?.query.get('name')).toBe(query.name)
    expect(double.requests[0]?.query.getAll('server_id').toSorted()).toEqual(['a', 'b'])
  })

  test('unicode in a path and a security token', async () => {
    expect((await send({ path: '/v1/测试', headers: { 'X-Security-Token': 'token==' } })).status).toBe(404)
    expect(double.requests[0]?.verified).toBe(true)
  })
})

test.each<[what: string, tamper: (sent: Sent) => Sent]>([
  ['query', (sent) => ({ ...sent, search: 'limit=11' })],
  ['path', (sent) => ({ ...sent, path: sent.path.replace('cloudservers', 'cloudserver5') })],
  ['method', (sent) => ({ ...sent, method: 'DELETE' })],
  ['body', (sent) => ({ ...sent, body: '{"reboot":{}}' })],
  ['header', (sent) => ({ ...sent, headers: { ...sent.headers, 'X-Project-Id': projectIdOf('cn-east-2') } })],
  ['date', (sent) => ({ ...sent, headers: { ...sent.headers, 'X-Sdk-Date': '20260101T000000Z' } })],
  ['host', (sent) => ({ ...sent, headers: { ...sent.headers, host: 'ecs.cn-north-4.myhuaweicloud.com' } })],
  ['signature', (sent) => ({ ...sent, headers: { ...sent.headers, Authorization: 'SDK-HMAC-SHA256' } })],
  ['encoding of the path', (sent) => ({ ...sent, path: '/%zz' })],
])('a %s changed after signing is refused', async (_, tamper) => {
  const { status, headers, json } = await sendJson({ path: detail, query: { limit: '10' } }, tamper)
  expect(status).toBe(401)
  expect(json).toEqual({
    error_msg: 'Incorrect IAM authentication information: verify aksk signature fail',
    error_code: 'APIGW.0301',
    request_id: headers['x-request-id'],
  })
  expect(double.requests[0]?.verified).toBe(false)
})

test('another secret key is refused', async () => {
  expect((await send({ path: detail }, undefined, 'another')).status).toBe(401)
})

test.each<[what: string, ask: Ask, status: number, code: string]>([
  [
    'another project than the path’s',
    { path: detail, project: projectIdOf('cn-east-2') },
    400,
    'Common.0018',
  ],
  ['no project', { path: detail, project: null }, 400, 'Common.0018'],
  ['images of no project', { path: '/v2/images', project: null }, 400, 'IMG.0030'],
  [
    'a reboot of no type',
    { method: 'POST', path: action, body: { reboot: { servers: SERVERS } } },
    400,
    'Ecs.0005',
  ],
  [
    'a start of nothing',
    { method: 'POST', path: action, body: { 'os-start': { servers: [] } } },
    400,
    'Ecs.0005',
  ],
  ['an unknown path', { path: '/v9/anything' }, 404, 'APIGW.0101'],
  ['a wrong method', { method: 'DELETE', path: detail }, 404, 'APIGW.0101'],
])('%s is an error', async (_, ask, status, code) => {
  const { json, ...response } = await sendJson(ask)
  expect(response.status).toBe(status)
  expect(json.error_code ?? json.error.code).toBe(code)
})

describe('a test can have its own answer', () => {
  test('for a method and the beginning of a path, the latest counts', async () => {
    double.answer('GET /v1/', { status: 500, body: '{}' })
    double.answer('GET /v1/', { status: 429, headers: { 'Retry-After': '1' }, body: '<html>busy</html>' })
    expect(await send({ path: detail })).toMatchObject({
      status: 429,
      headers: { 'retry-after': '1', 'x-request-id': expect.any(String) },
      text: '<html>busy</html>',
    })
    expect((await send({ path: '/v2/images' })).status).toBe(200)
  })

  test('or none: the connection ends', async () => {
    double.answer('GET /v2/images', 'hang-up')
    await expect(send({ path: '/v2/images' })).rejects.toThrow()
    expect(double.requests).toHaveLength(1)
  })

  test('but not for a request that is not well signed', async () => {
    double.answer('GET /', { body: '{}' })
    expect((await send({ path: detail }, undefined, 'another')).status).toBe(401)
  })
})
