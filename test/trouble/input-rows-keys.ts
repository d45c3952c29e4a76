import { expect } from 'vitest'
import { KEYS, startHouse } from '../helpers/house.ts'
import { keyring } from '../helpers/tokens.ts'
import {
  each,
  get,
  type InputRow,
  images,
  JSON_LINE,
  keys,
  named,
  raw,
  START,
  START_PATH,
  startWith,
} from './input-row.ts'

const { accessKey: AK, secretKey: SK } = KEYS
const OTHER = 'SKotherSKotherSKotherSKotherSKother00001'
const TARGET = '/api/images?regionId=cn-south-1&projectId=p-1'
const with_ = (...headers: string[]) => raw({ target: TARGET, headers })
const pair = (access: string, secret: string) => [`X-Access-Key: ${access}`, `X-Secret-Key: ${secret}`]
const inBody = (given: object) =>
  raw({
    method: 'PUT',
    target: START_PATH,
    headers: [JSON_LINE],
    body: JSON.stringify({ ...START, ...given }),
  })
const SANDBOX = ['SANDBOXACCESSKEY0001', 'SandboxSecretKeyForLocalUseOnly000000001'] as const
const sandbox = (env = {}) => startHouse({ HCA_SANDBOX_PACE: 'at-once', ...env })
const LIST = 'cloudimages'

/** Keys and tokens. */
export const keyRows: InputRow[] = [
  ...each(
    [
      ['nothing', [], 'accessKey,secretKey'],
      ['an access key alone', [`X-Access-Key: ${AK}`], 'secretKey'],
      ['a secret key alone', [`X-Secret-Key: ${SK}`], 'accessKey'],
    ] as const,
    ([what, headers, missing]): InputRow => ({
      id: 'I-66',
      what,
      send: with_(...headers),
      expect: {
        status: 401,
        word: 'UNAUTHENTICATED',
        reason: 'CREDENTIALS_MISSING',
        more: ({ json }) => expect(json.error.details[0].metadata).toEqual({ missing }),
      },
    }),
  ),
  {
    id: 'I-67',
    what: 'another access key in the query than in the headers',
    send: get(`${TARGET}&accessKey=AKOTHER0000000000001&secretKey=${SK}`),
    expect: { status: 400, reason: 'CREDENTIALS_CONFLICT', event: true },
  },
  {
    id: 'I-67',
    what: 'another secret in the body than in the headers',
    send: startWith({ accessKey: AK, secretKey: OTHER }),
    expect: { status: 400, reason: 'CREDENTIALS_CONFLICT', event: true },
  },
  {
    id: 'I-68',
    what: 'keys in the query where the setting says no',
    env: { HCA_KEYS_IN_URL: 'off' },
    send: raw({ target: `${TARGET}&accessKey=${AK}&secretKey=${SK}` }),
    expect: {
      status: 400,
      reason: 'CREDENTIALS_IN_URL',
      event: true,
      more: ({ json }) => expect(json.error.message).toContain('replace these keys'),
    },
  },
  {
    id: 'I-68',
    what: 'keys in the query are taken by default, and called deprecated',
    send: raw({ target: `${TARGET}&accessKey=${AK}&secretKey=${SK}` }),
    expect: {
      status: 200,
      sent: 1,
      more: ({ headers }) => expect(headers.get('deprecation')).toMatch(/^@\d+$/),
    },
  },
  {
    id: 'I-69',
    what: "a wrong secret is sent once, and Huawei's refusal told",
    send: with_(...pair(AK, OTHER)),
    expect: { status: 401, word: 'UNAUTHENTICATED', reason: 'APIGW.0301', sent: 1 },
  },
  {
    id: 'I-70',
    what: "a wrong secret after the right one's list",
    async send(house) {
      expect((await with_(...keys)(house))?.status).toBe(200)
      return with_(...pair(AK, OTHER))(house)
    },
    expect: { status: 401, sent: 2, more: ({ text }) => expect(text).not.toContain(LIST) },
  },
  {
    id: 'I-70',
    what: 'a wrong secret does not use the project that the right one found',
    async send(house) {
      expect((await images('')(house))?.status).toBe(200)
      return raw({ target: '/api/images?regionId=cn-south-1', headers: pair(AK, OTHER) })(house)
    },
    expect: {
      status: 401,
      sent: 1,
      more: (_, { double }) => expect(double?.requests.at(-1)?.path).toBe('/v3/projects'),
    },
  },
  {
    id: 'I-71',
    what: 'the right secret with another security token, after its list',
    start: sandbox,
    async send(house) {
      const target = '/api/images?regionId=cn-south-1'
      expect((await raw({ target, headers: pair(...SANDBOX) })(house))?.status).toBe(200)
      return raw({ target, headers: [...pair(...SANDBOX), 'X-Security-Token: OTHER-TOKEN-0123456789'] })(
        house,
      )
    },
    expect: { status: 401, more: ({ text }) => expect(text).not.toContain(LIST) },
  },
  ...each(
    [`${SK}\n`, `${SK}\0`, `${SK}🔑`, 's'.repeat(10_000)],
    (secretKey): InputRow => ({
      id: 'I-72',
      what: `the secret ${named(secretKey.slice(30))} at its end`,
      send: inBody({ accessKey: AK, secretKey }),
      expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['secretKey'], event: true },
    }),
  ),
  {
    id: 'I-72',
    what: 'an access key with a line end, which a header and a signature would carry',
    send: inBody({ accessKey: `${AK}\r\nX-Evil: 1`, secretKey: SK }),
    expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['accessKey'], event: true },
  },
  {
    id: 'I-73',
    what: 'access and secret key swapped, which their lengths tell; neither is shown',
    send: with_(...pair(SK, AK)),
    expect: {
      status: 400,
      reason: 'INVALID_ARGUMENT',
      fields: ['accessKey'],
      more: ({ text }, { log }) => {
        for (const piece of [SK.slice(0, 4), SK.slice(-6), AK.slice(0, 4)]) {
          expect(text).not.toContain(piece)
          expect(JSON.stringify(log)).not.toContain(piece)
        }
      },
    },
  },
  {
    id: 'I-74',
    what: "expired keys: Huawei's code is told",
    send(house) {
      house.double?.answer('GET /v2/images', {
        status: 401,
        body: '{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: token expires"}',
      })
      return with_(...keys, 'X-Security-Token: TEMPORARY-0123456789')(house)
    },
    expect: { status: 401, reason: 'APIGW.0301', sent: 1 },
  },
  {
    id: 'I-75',
    what: 'sandbox keys while there is no sandbox: keys choose, so 401',
    start: () => startHouse({ HCA_SANDBOX: 'off' }),
    send: with_(...pair(...SANDBOX)),
    expect: { status: 401, reason: 'SANDBOX_OFF', event: true },
  },
  {
    id: 'I-75',
    what: 'a sandbox key with another secret is refused by the sandbox',
    start: sandbox,
    send: with_(...pair(SANDBOX[0], OTHER)),
    expect: { status: 401, reason: 'APIGW.0301' },
  },
  {
    id: 'I-76',
    what: 'wrong secrets for one key: three are sent, then none for a minute',
    async send(house) {
      for (let n = 0; n < 3; n += 1) await with_(...pair(AK, OTHER))(house)
      return with_(...pair(AK, OTHER))(house)
    },
    expect: {
      status: 401,
      reason: 'CREDENTIALS_REJECTED',
      sent: 3,
      event: true,
      more: ({ headers, json }) => {
        expect(headers.get('retry-after')).toBe('60')
        expect(json.error.details[0].metadata.cause).toBe('protecting-account')
      },
    },
  },
  ...each(
    ['T-0123456789\r\nX-Evil: 1', 'T-0123456789\n', 't'.repeat(9_000)],
    (securityToken): InputRow => ({
      id: 'I-77',
      what: `the security token ${named(securityToken)}`,
      send: inBody({ accessKey: AK, secretKey: SK, securityToken }),
      expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['securityToken'], event: true },
    }),
  ),
  {
    id: 'I-78',
    what: 'a token of this server that nobody made',
    send: with_('Authorization: Bearer hca_0000000000000000_0000000000000000000000000000000000000000000'),
    expect: { status: 401, reason: 'TOKEN_UNKNOWN', event: true },
  },
  {
    id: 'I-78',
    what: "a token with the right id and another's secret is as unknown as any",
    async start(env) {
      const ring = keyring()
      const [{ token }, other] = [await ring.mint(), await ring.mint()]
      const house = await startHouse({ ...env, ...ring.env, HUAWEICLOUD_ENDPOINT_URL: 'http://127.0.0.1:1' })
      return { ...house, wrong: token.slice(0, -20) + other.token.slice(-20) }
    },
    send: (house) => with_(`Authorization: Bearer ${Reflect.get(house, 'wrong')}`)(house),
    expect: { status: 401, reason: 'TOKEN_UNKNOWN', event: true },
  },
  {
    id: 'I-78',
    what: 'a bearer that is none of ours',
    send: with_('Authorization: Bearer something'),
    expect: { status: 401, reason: 'TOKEN_UNKNOWN', event: true },
  },
]
