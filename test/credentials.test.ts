import { describe, expect, test } from 'vitest'
import {
  ask,
  asked,
  askRaw,
  type Got,
  KEYS,
  keyHeaders,
  ourErrorOf,
  startBoth,
  startHouse,
} from './helpers/house.ts'

const { accessKey: AK, secretKey: SK } = KEYS
const OTHER = 'SKotherSKotherSKotherSKotherSKother00001'
const TOKEN = 'TOKEN-0123456789-TOKEN'
const REGION = 'regionId=cn-south-1'
const START = { regionId: 'cn-south-1', servers: ['ins-1'] }

interface Given {
  headers?: string[]
  query?: string
  body?: object
}

/** A start, which takes keys in all places. */
const start = (url: string, { headers = [], query = '', body = {} }: Given) =>
  askRaw(url, {
    method: 'PUT',
    target: `/api/instances/start${query && `?${query}`}`,
    headers: ['Content-Type: application/json', ...headers],
    body: JSON.stringify({ ...START, ...body }),
  })

const basic = (text: string) => `Authorization: Basic ${Buffer.from(text).toString('base64')}`
const inHeaders = [`X-Access-Key: ${AK}`, `X-Secret-Key: ${SK}`]
const inQuery = `accessKey=${AK}&secretKey=${SK}`
const inBody = { accessKey: AK, secretKey: SK }

function tellsNoKey({ text, headers }: Got): void {
  const told = text + JSON.stringify([...headers])
  for (const key of [AK, SK, OTHER, TOKEN]) expect(told).not.toContain(key)
}

describe('keys are taken', () => {
  test.each<[from: string, given: Given]>([
    ['headers', { headers: inHeaders }],
    ['headers in any letter case', { headers: [`x-aCCess-key: ${AK}`, `X-SECRET-KEY: ${SK}`] }],
    ['HTTP Basic', { headers: [basic(`${AK}:${SK}`)] }],
    ['HTTP Basic in any letter case', { headers: [basic(`${AK}:${SK}`).replace('Basic', 'bAsIc')] }],
    ['the query', { query: inQuery }],
    ['the query with one sign too many', { query: `accessKey==${AK}&secretKey==${SK}` }],
    ['the query, percent-encoded', { query: `accessKey=${AK.replace('K', '%4B')}&secretKey=${SK}` }],
    ['the query spelled secretId', { query: `secretId=${AK}&secretKey=${SK}` }],
    ['the body', { body: inBody }],
    ['the body spelled secretId', { body: { secretId: AK, secretKey: SK } }],
    ['all places that agree', { headers: [...inHeaders], query: inQuery, body: inBody }],
    ['headers and Basic that agree', { headers: [...inHeaders, basic(`${AK}:${SK}`)] }],
    ['a whole pair beside half of it', { headers: [`X-Access-Key: ${AK}`], body: inBody }],
    [
      'the body, empty elsewhere',
      { headers: ['X-Access-Key:'], query: 'accessKey=&secretKey=', body: inBody },
    ],
    ['headers beside a bearer that is not ours', { headers: [...inHeaders, 'Authorization: Bearer x'] }],
  ])('from %s', async (_, given) => {
    const { double, url } = await startBoth()
    const answer = await start(url, given)
    expect(answer.status).toBe(200)
    expect(asked(double)).toMatchObject([{ verified: true }])
    expect(asked(double)[0]?.headers.authorization).toContain(`Access=${AK},`)
    tellsNoKey(answer)
  })

  test('with a colon in the secret of HTTP Basic', async () => {
    const { double, url } = await startBoth()
    await start(url, { headers: [basic(`${AK}:a:b:c-0123456789`)] })
    expect(double.requests[0]?.headers.authorization).toContain(`Access=${AK},`)
  })

  test.each<[where: string, given: Given]>([
    ['a header beside body keys', { headers: [`X-Security-Token: ${TOKEN}`], body: inBody }],
    ['a header beside Basic', { headers: [`X-Security-Token: ${TOKEN}`, basic(`${AK}:${SK}`)] }],
    ['the body', { body: { ...inBody, securityToken: TOKEN } }],
    ['the query', { query: `${inQuery}&securityToken=${TOKEN}` }],
    [
      'two places that agree',
      { headers: [`X-Security-Token: ${TOKEN}`], body: { ...inBody, securityToken: TOKEN } },
    ],
  ])('with a security token from %s, which is signed', async (_, given) => {
    const { double, url } = await startBoth()
    const answer = await start(url, given)
    expect(answer.status).toBe(200)
    for (const { headers, verified } of double.requests) {
      expect(verified).toBe(true)
      expect(headers['x-security-token']).toBe(TOKEN)
      expect(headers.authorization).toMatch(/SignedHeaders=[^,]*x-security-token/)
    }
    tellsNoKey(answer)
  })
})

test.each<[name: string, given: Given]>([
  ['headers and query', { headers: inHeaders, query: `accessKey=${AK}&secretKey=${OTHER}` }],
  ['headers and body', { headers: inHeaders, body: { ...inBody, secretKey: OTHER } }],
  ['headers and Basic', { headers: [...inHeaders, basic(`${AK}:${OTHER}`)] }],
  ['query and body', { query: inQuery, body: { ...inBody, accessKey: 'AKOTHER0000000000001' } }],
  ['half a pair and a whole one', { headers: [`X-Secret-Key: ${OTHER}`], body: inBody }],
  ['two spellings in one body', { body: { ...inBody, secretId: 'AKOTHER0000000000001' } }],
  ['two spellings in one query', { query: `${inQuery}&secretId=AKOTHER0000000000001` }],
  ['one name twice', { query: `${inQuery}&secretKey=${OTHER}` }],
  ['two tokens', { headers: ['X-Security-Token: another-token'], body: { ...inBody, securityToken: TOKEN } }],
])('%s that disagree are a conflict', async (_, given) => {
  const { double, url } = await startBoth()
  const answer = await start(url, given)
  expect([answer.status, ourErrorOf(answer).reason]).toEqual([400, 'CREDENTIALS_CONFLICT'])
  expect(double.requests).toEqual([])
  tellsNoKey(answer)
})

test.each<[name: string, given: Given, missing: string]>([
  ['no keys', {}, 'accessKey,secretKey'],
  ['an access key alone', { headers: [`X-Access-Key: ${AK}`] }, 'secretKey'],
  ['a secret key alone', { body: { secretKey: SK } }, 'accessKey'],
  ['a token alone', { headers: [`X-Security-Token: ${TOKEN}`] }, 'accessKey,secretKey'],
  ['halves of two places', { headers: [`X-Access-Key: ${AK}`], body: { secretKey: SK } }, 'secretKey'],
  ['halves of header and query', { headers: [`X-Secret-Key: ${SK}`], query: `accessKey=${AK}` }, 'accessKey'],
  ['Basic without a colon', { headers: [basic(AK)] }, 'secretKey'],
  ['Basic without a password', { headers: [basic(`${AK}:`)] }, 'secretKey'],
  ['Basic that is no base64', { headers: ['Authorization: Basic *'] }, 'accessKey,secretKey'],
  ['empty keys', { body: { accessKey: '', secretKey: '' } }, 'accessKey,secretKey'],
  ['another scheme', { headers: [`Authorization: AWS ${AK}:${SK}`] }, 'accessKey,secretKey'],
])('%s is a 401 that names what is missing', async (_, given, missing) => {
  const { double, url } = await startBoth()
  const answer = await start(url, given)
  const { reason, message, metadata } = ourErrorOf(answer)
  expect([answer.status, reason]).toEqual([401, 'CREDENTIALS_MISSING'])
  expect(metadata).toEqual({ missing })
  for (const name of missing.split(',')) expect(message).toContain(name)
  expect(answer.headers.get('www-authenticate')).toBeNull()
  expect(double.requests).toEqual([])
  tellsNoKey(answer)
})

test.each<[name: string, given: Given, fields: string[]]>([
  [
    'placeholders in a body',
    { body: { accessKey: '{{yourHuaweiAccessKey}}', secretKey: '{{yourHuaweiSecretKey}}' } },
    ['accessKey', 'secretKey'],
  ],
  [
    'placeholders in a query',
    { query: 'accessKey={{yourHuaweiAccessKey}}&secretKey=%7B%7ByourHuaweiSecretKey%7D%7D' },
    ['accessKey', 'secretKey'],
  ],
  [
    'placeholders after a sign too many',
    { query: 'accessKey=={{yourHuaweiAccessKey}}&secretKey=={{yourHuaweiSecretKey}}' },
    ['accessKey', 'secretKey'],
  ],
  ['a secret with a line end', { body: { accessKey: AK, secretKey: `${SK}\n` } }, ['secretKey']],
  ['a secret with a NUL', { body: { accessKey: AK, secretKey: `${SK}\0` } }, ['secretKey']],
  ['a secret with an emoji', { body: { accessKey: AK, secretKey: `${SK}🔑` } }, ['secretKey']],
  ['a secret with a space', { headers: [`X-Access-Key: ${AK}`, `X-Secret-Key: a ${SK}`] }, ['secretKey']],
  ['a secret of 10 kB', { body: { accessKey: AK, secretKey: 's'.repeat(10_000) } }, ['secretKey']],
  [
    'an access key with a line end',
    { body: { accessKey: `${AK}\r\nX-Evil: 1`, secretKey: SK } },
    ['accessKey'],
  ],
  [
    'an access key with a comma',
    { body: { accessKey: `${AK}, SignedHeaders=host`, secretKey: SK } },
    ['accessKey'],
  ],
  ['a token with a line end', { body: { ...inBody, securityToken: `${TOKEN}\r\n` } }, ['securityToken']],
  ['a token of 9 kB', { body: { ...inBody, securityToken: 't'.repeat(9_000) } }, ['securityToken']],
  ['an access key header twice', { headers: [...inHeaders, `X-Access-Key: ${AK}`] }, ['accessKey']],
  ['keys that are numbers', { body: { accessKey: 1, secretKey: 2 } }, ['accessKey', 'secretKey']],
  ['a token that is null', { body: { ...inBody, securityToken: null } }, ['securityToken']],
  ['a secret in a list', { body: { accessKey: AK, secretKey: [SK] } }, ['secretKey']],
])('%s is refused before anything is sent', async (_, given, fields) => {
  const { double, url } = await startBoth()
  const answer = await start(url, given)
  const { reason, violations } = ourErrorOf(answer)
  expect([answer.status, reason]).toEqual([400, 'INVALID_ARGUMENT'])
  expect(violations.map(({ field }) => field)).toEqual(fields)
  expect(double.requests).toEqual([])
  tellsNoKey(answer)
})

test.each([
  'Sec-Fetch-Site: same-origin',
  'Sec-Fetch-Mode: cors',
  'Sec-Fetch-Dest: empty',
  'Sec-Fetch-User: ?1',
])('HTTP Basic from a browser is refused: %s', async (line) => {
  const { double, url } = await startBoth()
  const answer = await askRaw(url, {
    target: `/api/images?${REGION}`,
    headers: [basic(`${AK}:${SK}`), line],
  })
  expect([answer.status, ourErrorOf(answer).reason]).toEqual([401, 'BASIC_FROM_BROWSER'])
  expect(answer.headers.get('www-authenticate')).toBeNull()
  expect(double.requests).toEqual([])
  tellsNoKey(answer)
})

describe('keys in a URL', () => {
  const target = `/api/images?${REGION}&${inQuery}`

  test.each([
    ['when all is well', target, 200],
    ['when something is not', `${target}&projectId=a/b`, 400],
    ['when the rest is missing', `/api/images?${REGION}&secretKey=${SK}`, 401],
    ['where none are needed', `/api/regions?${inQuery}`, 200],
    ['with a write', `/api/images?${REGION}&securityToken=${TOKEN}&${inQuery}`, 200],
  ])('are called deprecated %s', async (_, path, status) => {
    const { url } = await startBoth()
    const answer = await ask(`${url}${path}`)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('deprecation')).toMatch(/^@\d+$/)
    expect(answer.headers.get('link')).toMatch(/^<\/[^>]*>; rel="deprecation"; type="text\/html"$/)
    tellsNoKey(answer)
  })

  test('are called deprecated when Huawei refuses', async () => {
    const { double, url } = await startBoth()
    double.answer('GET /v2/images', { status: 404, body: '{}' })
    const { status, headers } = await ask(`${url}${target}`)
    expect(status).toBe(404)
    expect(headers.get('deprecation')).toMatch(/^@\d+$/)
  })

  test('lead by their link to a page that is there', async () => {
    const { url } = await startBoth()
    const { headers } = await ask(`${url}${target}`)
    const [, link = ''] = /^<([^>]+)>/.exec(headers.get('link') ?? '') ?? []
    const page = await ask(new URL(link, url).href, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(page.text).toContain(`id="${link.split('#')[1]}"`)
  })

  test.each(['accessKey', 'secretId', 'secretKey', 'securityToken'])(
    'are refused by setting, %s too',
    async (name) => {
      const { double, url } = await startBoth({ HCA_KEYS_IN_URL: 'off' })
      const answer = await ask(`${url}/api/images?${REGION}&${name}=${TOKEN}`, { headers: keyHeaders })
      expect([answer.status, ourErrorOf(answer).reason]).toEqual([400, 'CREDENTIALS_IN_URL'])
      expect(double.requests).toEqual([])
      tellsNoKey(answer)
    },
  )

  test('being refused leaves headers and bodies alone', async () => {
    const { url } = await startBoth({ HCA_KEYS_IN_URL: 'off' })
    expect((await start(url, { headers: inHeaders })).status).toBe(200)
    expect((await start(url, { body: inBody })).status).toBe(200)
  })
})

test('keys in headers or a body are not called deprecated', async () => {
  const { url } = await startBoth()
  for (const given of [{ headers: inHeaders }, { body: inBody }]) {
    const { headers } = await start(url, given)
    expect(headers.get('deprecation')).toBeNull()
    expect(headers.get('link')).toBeNull()
  }
})

test('sandbox keys are turned away while the sandbox is off', async () => {
  const { url } = await startHouse({ HCA_SANDBOX: 'off' })
  const answer = await ask(`${url}/api/images?${REGION}`, {
    headers: {
      'x-access-key': 'SANDBOXACCESSKEY0001',
      'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000001',
    },
  })
  expect([answer.status, ourErrorOf(answer).reason]).toEqual([401, 'SANDBOX_OFF'])
})

describe('a wrong pair', () => {
  const wrong = { ...keyHeaders, 'x-secret-key': OTHER }
  const images = (url: string, headers: Record<string, string>) =>
    ask(`${url}/api/images?${REGION}&projectId=p-1`, { headers })

  test('is asked three times, then rests a minute to protect the account; the right one goes on', async () => {
    let elapsed = 0
    const { double, url } = await startBoth({}, { elapsed: () => elapsed })
    for (let n = 0; n < 3; n += 1) expect((await images(url, wrong)).status).toBe(401)
    expect(double.requests).toHaveLength(3)
    const rested = await images(url, wrong)
    expect(rested.status).toBe(401)
    expect(ourErrorOf(rested)).toMatchObject({
      reason: 'CREDENTIALS_REJECTED',
      metadata: { cause: 'protecting-account' },
      retryDelay: undefined,
    })
    expect(rested.headers.get('retry-after')).toBe('60')
    expect(double.requests).toHaveLength(3)
    expect((await images(url, keyHeaders)).status).toBe(200)
    elapsed = 60_001
    expect(ourErrorOfHuawei(await images(url, wrong))).toBe('APIGW.0301')
    expect(double.requests).toHaveLength(5)
  })

  test('is not lent the project that the right one found', async () => {
    const { double, url } = await startBoth()
    const target = `${url}/api/images?${REGION}`
    expect((await ask(target, { headers: keyHeaders })).status).toBe(200)
    expect((await ask(target, { headers: wrong })).status).toBe(401)
    expect(double.requests.at(-1)?.path).toBe('/v3/projects')
  })
})

const ourErrorOfHuawei = ({ json }: Got) => json.error.details[0].reason
