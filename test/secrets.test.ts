import type { RequestListener } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { CREATE_FIELDS } from './helpers/create-fields.ts'
import { askRaw, exchangeRaw, type Got, type RawRequest, startBefore, startHouse } from './helpers/house.ts'

/** Each as a caller might have it; signs in them make every encoding look another way. */
const AK = 'AKCANARY-ACCESS-KEY-01'
const CANARIES = {
  secret: 'SKCANARY+secret/key=="\\0123456789',
  token: 'TOKENCANARY/security+token==0123456789',
  password: 'PASSCANARY!@$%^-_=+[{}]:,./?1',
  userData: '#!/bin/sh\necho "DATACANARY/user+data=" \\ é',
}
const { secret, token, password, userData } = CANARIES
const base64 = (text: string) => Buffer.from(text).toString('base64')

/** How a canary may look wherever it went. */
const looks = [
  ...Object.values(CANARIES),
  `${AK}:${secret}`,
  'CANARY+secret',
  'CANARY/security',
  'CANARY!@$',
  'CANARY/user',
].flatMap((text) => [
  text,
  JSON.stringify(text).slice(1, -1),
  encodeURIComponent(text),
  encodeURIComponent(text).toLowerCase(),
  base64(text),
  Buffer.from(text).toString('base64url'),
  Buffer.from(text).toString('hex'),
])

function holdsNoCanary(told: string): void {
  for (const look of looks) expect(told).not.toContain(look)
}

const place = { regionId: 'cn-south-1', projectId: 'p-1' }
const search = new URLSearchParams(place).toString()
const params = new URLSearchParams({ accessKey: AK, secretKey: secret, securityToken: token }).toString()
const headers = [`X-Access-Key: ${AK}`, `X-Secret-Key: ${secret}`, `X-Security-Token: ${token}`]
const keys = { accessKey: AK, secretKey: secret, securityToken: token }
const START = { ...place, servers: ['ins-1'] }
const CREATE = {
  ...place,
  ...CREATE_FIELDS,
  adminPassword: password,
}
const JSON_LINE = 'Content-Type: application/json'
const write = (method: string, target: string, body: object, more: string[] = []): RawRequest => ({
  method,
  target,
  headers: [JSON_LINE, ...more],
  body: JSON.stringify(body),
})

const requests: [name: string, request: RawRequest][] = [
  ['headers', { target: `/api/images?${search}`, headers }],
  [
    'HTTP Basic',
    {
      target: `/api/images?${search}`,
      headers: [`Authorization: Basic ${base64(`${AK}:${secret}`)}`, `X-Security-Token: ${token}`],
    },
  ],
  ['a query', { target: `/api/images?${search}&${params}` }],
  ['the query of a write', write('PUT', `/api/instances/start?${params}`, START)],
  ['a body', write('PUT', '/api/instances/start', { ...START, ...keys })],
  [
    'a create with plain user data',
    write('POST', '/api/instances', { ...CREATE, userData, userDataEncoding: 'text' }, headers),
  ],
  [
    'a create with user data in base64',
    write('POST', '/api/instances', { ...CREATE, userData: base64(userData), ...keys }),
  ],
  [
    'a raw create',
    write('POST', '/api/instances', {
      ...place,
      ...keys,
      server: { name: 'x', adminPass: password, user_data: base64(userData) },
    }),
  ],
]

/** Says no and quotes everything it was sent, as plain text, as JSON and as names. */
const quoting =
  (status: number): RequestListener =>
  async (request, response) => {
    const body = (await buffer(request)).toString()
    const { adminPass = '', user_data = '' } = JSON.parse(body || '{}').server ?? {}
    const quoted = JSON.stringify({ url: request.url, headers: request.headers, body })
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({
        error: {
          code: 'Ecs.0005',
          message: `${Object.values(request.headers).join(' ')} ${body} ${quoted}`,
          details: [{ code: 'Ecs.0039', message: quoted }],
        },
        [quoted]: request.headers,
        plain: [body, adminPass, Buffer.from(user_data, 'base64').toString()],
      }),
    )
  }

const hangingUp: RequestListener = (_, response) => void response.destroy()
const talking: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end(`<html>${secret}`)
}

async function ends(upstream: RequestListener, request: RawRequest): Promise<Got> {
  const { url, logged } = await startBefore(upstream, { HCA_LOG_LEVEL: 'trace' })
  const answer = await askRaw(url, request)
  holdsNoCanary(answer.text + JSON.stringify([...answer.headers]))
  const log = JSON.stringify(await logged(1))
  holdsNoCanary(log)
  expect(log).not.toContain(AK)
  return answer
}

describe.each(requests)('a secret in %s is never told', (_, request) => {
  test.each([400, 401, 403, 404, 409, 429, 500])('when Huawei quotes it with a %d', async (status) => {
    const answer = await ends(quoting(status), request)
    expect(answer.text).toContain('***')
    expect(answer.text).not.toMatch(/Signature=[0-9a-f]/)
    expect(answer.json.error.details[0].reason).toBe('Ecs.0005')
  })

  test('when Huawei hangs up', async () => {
    expect((await ends(hangingUp, request)).status).toBe(502)
  })

  test('when Huawei talks nonsense', async () => {
    expect((await ends(talking, request)).status).toBe(502)
  })

  test('when all is well', async () => {
    const answer = await ends((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"job_id":"j"}')
    }, request)
    expect(answer.status).toBe(200)
  })

  test.each<[name: string, spoilt: (request: RawRequest) => RawRequest]>([
    [
      'its region',
      ({ target, ...rest }) => ({ ...rest, target: `${target}${target.includes('?') ? '&' : '?'}region=x` }),
    ],
    [
      'its parameters',
      ({ target, ...rest }) => ({
        ...rest,
        target: `${target}${target.includes('?') ? '&' : '?'}sk=${encodeURIComponent(secret)}`,
      }),
    ],
    [
      'its escapes',
      ({ target, ...rest }) => ({ ...rest, target: `${target}${target.includes('?') ? '&' : '?'}x=%zz` }),
    ],
    [
      'its route',
      ({ target, ...rest }) => ({
        ...rest,
        target: target.replace('/api', `/${encodeURIComponent(secret)}`),
      }),
    ],
    ['its path', ({ target, ...rest }) => ({ ...rest, target: target.replace('/api', '/%zz') })],
    ['its method', (request) => ({ ...request, method: 'DELETE' })],
    ['its Host', ({ headers = [], ...rest }) => ({ ...rest, headers: [...headers, 'Host: evil.example'] })],
    [
      'its Origin',
      ({ headers = [], ...rest }) => ({ ...rest, headers: [...headers, 'Origin: https://evil.example'] }),
    ],
    [
      'its time',
      ({ headers = [], ...rest }) => ({ ...rest, headers: [...headers, `X-Request-Timeout: ${secret}`] }),
    ],
    [
      'its keys',
      ({ headers = [], ...rest }) => ({ ...rest, headers: [...headers, `X-Secret-Key: other-${secret}`] }),
    ],
    ['its JSON', ({ body = '', ...rest }) => ({ ...rest, body: `${body}}` })],
    [
      'its encoding',
      ({ headers = [], ...rest }) => ({ ...rest, headers: [...headers, 'Content-Encoding: gzip'] }),
    ],
  ])('when something is wrong with %s', async (_name, spoilt) => {
    const answer = await ends(talking, spoilt(request))
    expect(answer.status).toBeGreaterThanOrEqual(400)
  })
})

test('a secret in what cannot be parsed is not told', async () => {
  const { url, log } = await startHouse({ HCA_SANDBOX: 'off', HCA_LOG_LEVEL: 'trace' })
  for (const text of [
    `GET /api/images?${params} HTTP/1.1\r\nHost: x\r\nX-Secret-Key : ${secret}\r\n\r\n`,
    `${secret} / HTTP/1.1\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\nX-Secret-Key: ${secret}\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`,
  ]) {
    const answer = await exchangeRaw(url, text)
    holdsNoCanary(answer.text + JSON.stringify([...answer.headers]))
  }
  holdsNoCanary(JSON.stringify(log))
})

test('what breaks inside us tells nothing of itself, and the log no text of it', async () => {
  const { url, logged } = await startHouse(
    { HUAWEICLOUD_ENDPOINT_URL: 'http://127.0.0.1:1', HCA_LOG_LEVEL: 'trace' },
    {
      now: () => {
        throw new Error(`broken near ${secret}`)
      },
    },
  )
  const answer = await askRaw(url, { target: `/api/images?${search}`, headers })
  expect([answer.status, answer.json.error.details[0].reason]).toEqual([500, 'INTERNAL'])
  expect(answer.json.error.details[0].metadata).toEqual({})
  holdsNoCanary(answer.text)
  const log = await logged(2)
  expect(log[0]).toMatchObject({ level: 50, error: { name: 'Error', at: expect.any(Array) } })
  holdsNoCanary(JSON.stringify(log))
})
