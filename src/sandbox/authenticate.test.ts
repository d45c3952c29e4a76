import { request } from 'node:http'
import { expect, test } from 'vitest'
import { type Pair, sdkDate, sha256, sign } from '../wire/signature.ts'
import { SANDBOX_KEYS } from './keys.ts'
import { type Call, projectIn, START, startCloud } from './test-client.ts'

const project = projectIn('cn-north-4')
const list: Call = {
  host: 'ecs.cn-north-4.myhuaweicloud.com',
  path: `/v1/${project}/cloudservers/detail`,
  query: [['limit', '10']],
}
const incorrect = 'Incorrect IAM authentication information: '

test('a request signed as it should be is answered', async () => {
  const cloud = await startCloud()
  expect((await cloud.call(list)).status).toBe(200)
})

test('without Authorization the missing token is named', async () => {
  const cloud = await startCloud()
  const heard = await cloud.call({ ...list, tamper: ({ headers }) => ({ headers: headers.toSpliced(2, 1) }) })
  expect(heard.status).toBe(401)
  expect(heard.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/)
  expect(heard.text).toBe(
    JSON.stringify({
      error_msg: `${incorrect}x-auth-token not found`,
      error_code: 'APIGW.0301',
      request_id: heard.headers['x-request-id'],
    }),
  )
})

test('a token nobody issued cannot be decrypted', async () => {
  const cloud = await startCloud()
  const heard = await cloud.call({
    ...list,
    tamper: ({ headers }) => ({ headers: headers.toSpliced(2, 1, ['X-Auth-Token', 'MIIGarbage']) }),
  })
  expect(heard.status).toBe(401)
  expect(heard.body.error_msg).toBe(`${incorrect}decrypt token fail`)
})

test('an unknown access key does not exist', async () => {
  const cloud = await startCloud()
  const heard = await cloud.call({ ...list, accessKey: 'NOBODY' })
  expect(heard.status).toBe(401)
  expect(heard.body).toMatchObject({ error_code: 'APIGW.0301', error_msg: `${incorrect}ak NOBODY not exist` })
})

test('a wrong secret is told the canonical request of the server', async () => {
  const cloud = await startCloud()
  const heard = await cloud.call({ ...list, secretKey: 'wrong' })
  expect(heard.status).toBe(401)
  expect(heard.body.error_msg).toBe(
    `${incorrect}verify aksk signature fail, canonicalRequest:GET|/v1/${project}/cloudservers/detail/|limit=10|` +
      'host:ecs.cn-north-4.myhuaweicloud.com|x-sdk-date:20260101T000000Z||host;x-sdk-date|' +
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  )
})

test('a query, body or header changed on the way breaks the signature', async () => {
  const cloud = await startCloud()
  const action: Call = {
    ...list,
    method: 'POST',
    path: `/v1/${project}/cloudservers/action`,
    query: [],
    body: { 'os-start': { servers: [{ id: 'aa' }] } },
  }
  const tampered: Call[] = [
    { ...list, tamper: (wire) => ({ target: wire.target.replace('10', '11') }) },
    { ...action, tamper: (wire) => ({ body: wire.body.replace('aa', 'bb') }) },
    {
      ...list,
      headers: { 'X-Project-Id': project },
      tamper: ({ headers }) => ({
        headers: headers.map(([name, value]) => [name, name === 'X-Project-Id' ? 'other' : value]),
      }),
    },
  ]
  for (const call of tampered) {
    const heard = await cloud.call(call)
    expect(heard.status).toBe(401)
    expect(heard.body.error_msg).toContain('verify aksk signature fail')
  }
})

test('fifteen minutes of skew are borne, more are not, either way', async () => {
  const cloud = await startCloud()
  expect((await cloud.call({ ...list, signedAt: START - 900_000 })).status).toBe(200)
  expect((await cloud.call({ ...list, signedAt: START + 900_000 })).status).toBe(200)
  for (const [signedAt, date] of [
    [START - 901_000, '20251231T234459Z'],
    [START + 901_000, '20260101T001501Z'],
  ] as const) {
    const heard = await cloud.call({ ...list, signedAt })
    expect(heard.status).toBe(401)
    expect(heard.body.error_msg).toBe(
      `${incorrect}calc aksk signature fail:signature expired, signature time:${date},server time:20260101T000000Z`,
    )
  }
})

test('more than five wrong signatures in a row lock the key for five minutes', async () => {
  const cloud = await startCloud()
  for (let count = 0; count < 6; count++)
    expect((await cloud.call({ ...list, secretKey: 'wrong' })).body.error_msg).toContain('verify aksk')
  const locked = await cloud.call(list)
  expect(locked.status).toBe(401)
  expect(locked.body.error_msg).toBe(`${incorrect}AK access failed to reach the limit,forbidden.`)
  cloud.pass(299_999)
  expect((await cloud.call(list)).status).toBe(401)
  cloud.pass(1)
  expect((await cloud.call(list)).status).toBe(200)
})

test('a success between wrong signatures starts the count anew', async () => {
  const cloud = await startCloud()
  for (let round = 0; round < 3; round++) {
    for (let count = 0; count < 5; count++) await cloud.call({ ...list, secretKey: 'wrong' })
    expect((await cloud.call(list)).status).toBe(200)
  }
})

test('a security token nobody issued is refused, signed or not', async () => {
  const cloud = await startCloud()
  const signed = await cloud.call({ ...list, headers: { 'X-Security-Token': 'abc' } })
  expect(signed.body.error_msg).toBe(`${incorrect}decrypt token fail`)
  const added = await cloud.call({
    ...list,
    tamper: ({ headers }) => ({ headers: [...headers, ['X-Security-Token', 'abc']] }),
  })
  expect(added.status).toBe(401)
})

test('host and date must be signed', async () => {
  const cloud = await startCloud()
  for (const names of [['host'], ['x-sdk-date']]) {
    const heard = await raw(cloud.port, 'GET', list.path, '', [], cloud.now(), (name) => names.includes(name))
    expect(heard).toBe(401)
  }
})

test('repeated headers are signed a line each', async () => {
  const cloud = await startCloud()
  const twice: Pair[] = [
    ['X-Many', 'b'],
    ['x-many', 'a'],
  ]
  expect(await raw(cloud.port, 'GET', list.path, '', twice, cloud.now(), () => true)).toBe(200)
})

test('a stated payload hash is taken as it is', async () => {
  const cloud = await startCloud()
  const headers: Pair[] = [['X-Sdk-Content-Sha256', 'UNSIGNED-PAYLOAD']]
  const path = `/v1/${project}/cloudservers/action`
  const body = '{"os-start":{"servers":[{"id":"nobody"}]}}'
  expect(
    await raw(cloud.port, 'POST', path, body, headers, cloud.now(), () => true, 'UNSIGNED-PAYLOAD'),
  ).toBe(404)
  expect(await raw(cloud.port, 'POST', path, body, [], cloud.now(), () => true, 'UNSIGNED-PAYLOAD')).toBe(401)
})

test('a body on a GET is signed and borne, as the official SDK sends it', async () => {
  const cloud = await startCloud()
  const heard = await cloud.call({
    host: 'iam.myhuaweicloud.com',
    path: '/v3/projects',
    query: [['name', 'cn-north-4']],
    body: {},
  })
  expect(heard.status).toBe(200)
})

test('a path signed with its percent signs escaped once more is admitted', async () => {
  const cloud = await startCloud()
  const path = `/v1/${project}/cloudservers/a%20b`
  const doubled: Call = { host: 'ecs.cn-north-4.myhuaweicloud.com', path: path.replace('%20', '%2520') }
  const heard = await cloud.call({ ...doubled, tamper: () => ({ target: path }) })
  expect(heard.status).toBe(404)
  expect(heard.body.error.message).toBe('Instance[a b] could not be found.')
  expect((await cloud.call({ ...doubled, path })).status).toBe(404)
})

test('a plus in the query may stand for the blank that was signed', async () => {
  const cloud = await startCloud()
  const heard = await cloud.call({
    host: 'iam.myhuaweicloud.com',
    path: '/v3/projects',
    query: [['name', 'a b']],
    tamper: (wire) => ({ target: wire.target.replace('%20', '+') }),
  })
  expect(heard.status).toBe(200)
  expect(heard.body.links.self).toBe('https://iam.myhuaweicloud.com/v3/projects?name=a%20b')
})

/** Sends with full control over which headers are signed; answers the status. */
function raw(
  port: number,
  method: string,
  path: string,
  body: string,
  more: readonly Pair[],
  now: number,
  isSigned: (name: string) => boolean,
  payloadHash = sha256(body),
): Promise<number> {
  const date = sdkDate(now)
  const headers: Pair[] = [['Host', `127.0.0.1:${port}`], ['X-Sdk-Date', date], ...more]
  const chosen = headers.filter(([name]) => isSigned(name.toLowerCase()))
  const signable = { method, path, query: [], headers: chosen, payloadHash }
  const authorization = sign(signable, SANDBOX_KEYS.accessKey, SANDBOX_KEYS.secretKey, date)
  const sent = [
    ...headers,
    ['Authorization', authorization],
    ['Content-Length', String(Buffer.byteLength(body))],
  ]
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, method, path, headers: sent.flat(), agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
