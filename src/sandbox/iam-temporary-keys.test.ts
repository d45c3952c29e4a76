import { expect, test } from 'vitest'
import { type Call, projectIn, startCloud, type TestCloud } from './test-client.ts'
import { bearing, tokenFor } from './test-token.ts'

const incorrect = 'Incorrect IAM authentication information: '
const list: Call = {
  host: 'ecs.cn-north-4.myhuaweicloud.com',
  path: `/v1/${projectIn('cn-north-4')}/cloudservers/detail`,
}

const ask = (cloud: TestCloud, body: object | string, token?: string) => {
  const call: Call = {
    host: 'iam.myhuaweicloud.com',
    method: 'POST',
    path: '/v3.0/OS-CREDENTIAL/securitytokens',
    body,
  }
  return cloud.call(token === undefined ? call : bearing(call, token))
}
const byToken = (token: object = {}) => ({ auth: { identity: { methods: ['token'], token } } })

async function keysOf(cloud: TestCloud, token: object = {}) {
  const { body } = await ask(cloud, byToken(token), await tokenFor(cloud))
  const { access: accessKey, secret: secretKey, securitytoken } = body.credential
  const keys = { accessKey, secretKey }
  return { keys, securitytoken, headers: { 'X-Security-Token': securitytoken } }
}

test('a token gets temporary keys, for a quarter of an hour if nothing is said', async () => {
  const cloud = await startCloud()
  const heard = await ask(cloud, byToken(), await tokenFor(cloud))
  expect(heard.status).toBe(201)
  expect(heard.body.credential).toEqual({
    access: expect.stringMatching(/^[A-Z0-9]{20}$/),
    secret: expect.stringMatching(/^.{40}$/),
    securitytoken: expect.stringMatching(/^gg.{100,}$/),
    expires_at: '2026-01-01T00:15:00.000000Z',
  })
  const long = await ask(cloud, byToken({ id: await tokenFor(cloud), duration_seconds: 86_400 }))
  expect(long.body.credential.expires_at).toBe('2026-01-02T00:00:00.000000Z')
})

test('temporary keys sign with their token', async () => {
  const cloud = await startCloud()
  const { keys, headers } = await keysOf(cloud)
  expect((await cloud.call({ ...list, ...keys, headers })).status).toBe(200)
  cloud.pass(900_000 - 1)
  expect((await cloud.call({ ...list, ...keys, headers })).status).toBe(200)
  cloud.pass(1)
  const late = await cloud.call({ ...list, ...keys, headers })
  expect([late.status, late.body.error_msg]).toEqual([401, `${incorrect}token expires`])
})

test('without their token, or with another, they are nobody’s', async () => {
  const cloud = await startCloud()
  const { keys, securitytoken } = await keysOf(cloud)
  const bare = await cloud.call({ ...list, ...keys })
  expect(bare.body).toMatchObject({
    error_code: 'APIGW.0301',
    error_msg: `${incorrect}ak ${keys.accessKey} not exist`,
  })
  const other = await keysOf(cloud)
  const mixed = await cloud.call({ ...list, ...keys, headers: other.headers })
  expect(mixed.body.error_msg).toBe(`${incorrect}decrypt token fail`)
  const unsigned = await cloud.call({
    ...list,
    ...keys,
    tamper: ({ headers }) => ({ headers: [...headers, ['X-Security-Token', securitytoken]] }),
  })
  expect([unsigned.status, unsigned.body.error_msg]).toEqual([401, `${incorrect}verify aksk signature fail`])
  const forged = await cloud.call({ ...list, ...keys, secretKey: 'wrong', headers: other.headers })
  expect(forged.body.error_msg).toContain('verify aksk signature fail')
})

test.for<[string, object | string, number, string]>([
  ['no body', '', 400, 'IAM.0011'],
  ['a broken body', '{', 400, 'IAM.0011'],
  ['no method', { auth: { identity: {} } }, 400, 'IAM.1103'],
  ['an unknown method', { auth: { identity: { methods: ['magic'] } } }, 400, 'IAM.1102'],
  ['too short a time', byToken({ duration_seconds: 899 }), 400, 'IAM.1102'],
  ['too long a time', byToken({ duration_seconds: 86_401 }), 400, 'IAM.1102'],
  ['a time that is no number', byToken({ duration_seconds: '900' }), 400, 'IAM.1102'],
  ['an unknown token', byToken({ id: 'nobody' }), 401, 'IAM.0067'],
  ['a body above 32 KB', byToken({ more: 'x'.repeat(33_000) }), 400, 'IAM.1101'],
  ['an agency', { auth: { identity: { methods: ['assume_role'] } } }, 501, 'SANDBOX.NOT_IMITATED'],
])('refused: %s', async ([, body, status, code]) => {
  const cloud = await startCloud()
  const heard = await ask(cloud, body)
  expect([heard.status, heard.body.error_code]).toEqual([status, code])
})

test('an expired token in the body gets nothing', async () => {
  const cloud = await startCloud()
  const id = await tokenFor(cloud)
  cloud.pass(24 * 3_600_000)
  const heard = await ask(cloud, byToken({ id }))
  expect([heard.status, heard.body.error_code]).toEqual([401, 'IAM.0066'])
})
