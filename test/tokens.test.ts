import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TOKEN_SCOPES } from '../src/gateway/grants.ts'
import { routes } from '../src/gateway/routes/index.ts'
import { SANDBOX_KEYS } from '../src/sandbox/keys.ts'
import { projectIdOf } from './helpers/double.ts'
import { ask, asked, KEYS, keyHeaders, ourErrorOf, send, startBoth, startHouse } from './helpers/house.ts'
import { run } from './helpers/program.ts'
import { bearer, keyring, sectionOf, temporaryFolder } from './helpers/tokens.ts'

const IN_SOUTH = 'regionId=cn-south-1'
const DAY = 86_400_000

describe('the life of a token', () => {
  test('made, used at once, listed, revoked and refused at once, without a restart', {
    timeout: 60_000,
  }, async () => {
    const ring = keyring()
    writeFileSync(ring.credentials, sectionOf('test', SANDBOX_KEYS))
    const house = await startHouse(ring.env)
    const made = await run(['token', 'create', '--profile', 'test', '--scope', 'operate'], ring.env)
    expect(made.code).toBe(0)
    const token = made.stdout.trim()
    const id = token.split('_')[1] ?? ''

    const list = () => ask(`${house.url}/api/instances?regionId=cn-east-2`, { headers: bearer(token) })
    const { status, json } = await list()
    expect(status).toBe(200)
    expect(json.data.value.servers.length).toBeGreaterThan(0)

    const listed = await run(['token', 'list'], ring.env)
    expect(listed.stdout).toMatch(new RegExp(`^${id} .* test +operate +all .* valid$`, 'm'))
    expect((await run(['token', 'revoke', id], ring.env)).code).toBe(0)
    const refused = await list()
    expect([refused.status, ourErrorOf(refused).reason]).toEqual([401, 'TOKEN_REVOKED'])

    const files = readdirSync(join(ring.folder, 'state')).map((name) => join(ring.folder, 'state', name))
    const written = files.map((file) => readFileSync(file, 'latin1')).join('')
    expect(written).toContain(id)
    expect(written).not.toContain(token.slice(-43))
    expect(written).not.toContain(SANDBOX_KEYS.secretKey)
    expect(statSync(join(ring.folder, 'state')).mode & 0o777).toBe(0o700)
    for (const file of files) expect(statSync(file).mode & 0o777, file).toBe(0o600)
  })

  test('signs with the keys of its profile', async () => {
    const ring = keyring()
    const { double, url } = await startBoth(ring.env)
    const { bearer } = await ring.mint()
    const answer = await send('PUT', `${url}/api/instances/start?${IN_SOUTH}`, { servers: ['ins-1'] }, bearer)
    expect(answer.status).toBe(200)
    expect(asked(double)).toMatchObject([{ verified: true }])
    expect(asked(double)[0]?.headers.authorization).toContain(`Access=${KEYS.accessKey},`)
  })

  test('deleting the file takes all tokens away, and a new file brings its own', async () => {
    const ring = keyring()
    const { url } = await startBoth(ring.env)
    const first = await ring.mint()
    const status = async (headers: Record<string, string>) =>
      (await ask(`${url}/api/images?${IN_SOUTH}`, { headers })).status
    expect(await status(first.bearer)).toBe(200)
    rmSync(join(ring.folder, 'state'), { recursive: true })
    expect(await status(first.bearer)).toBe(401)
    const second = await ring.mint()
    expect([await status(first.bearer), await status(second.bearer)]).toEqual([401, 200])
  })

  test('many at once open the file once and all are answered', async () => {
    const ring = keyring()
    const { bearer } = await ring.mint()
    const { url } = await startBoth(ring.env)
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => ask(`${url}/api/images?${IN_SOUTH}`, { headers: bearer })),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  })
})

describe('a token that is refused', () => {
  test.each<[name: string, spoil: (token: string) => string]>([
    ['a wrong secret', (token) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['an id that is not there', (token) => token.replace(/_[0-9a-f]{10}_/, '_0123456789_')],
    ['a secret cut short', (token) => token.slice(0, -1)],
    ['a secret with more behind it', (token) => `${token}A`],
    ['no secret', (token) => token.slice(0, 15)],
    ['no id', () => `hca__${'A'.repeat(43)}`],
    ['nothing behind the prefix', () => 'hca_'],
    ['quotes of another language', (token) => `${token.slice(0, 10)}'--${token.slice(13)}`],
    ['kilobytes', () => `hca_${'a'.repeat(6_000)}`],
  ])('%s gets the same 401, and is not repeated', async (_, spoil) => {
    const ring = keyring()
    const { double, url, log, logged } = await startBoth(ring.env)
    const spoilt = spoil((await ring.mint()).token)
    const answer = await ask(`${url}/api/images?${IN_SOUTH}`, { headers: bearer(spoilt) })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([401, 'TOKEN_UNKNOWN'])
    expect(ourErrorOf(answer).metadata).toEqual({})
    expect(double.requests).toEqual([])
    await logged(2)
    expect(log).toMatchObject([
      { msg: 'refused', reasons: { TOKEN_UNKNOWN: 1 } },
      { reason: 'TOKEN_UNKNOWN' },
    ])
    expect(log[1]).not.toHaveProperty('caller')
    if (spoilt.length > 20) expect(answer.text + JSON.stringify(log)).not.toContain(spoilt)
  })

  test('expired, from that millisecond on', async () => {
    const ring = keyring()
    const start = Date.now()
    let now = start + DAY - 1
    const { url } = await startBoth(ring.env, { now: () => now })
    const { bearer } = await ring.mint({ expires: start + DAY })
    const list = () => ask(`${url}/api/regions`, { headers: bearer })
    expect((await list()).status).toBe(200)
    const images = () => ask(`${url}/api/images?${IN_SOUTH}`, { headers: bearer })
    expect((await images()).status).toBe(200)
    now += 1
    expect(ourErrorOf(await images())).toMatchObject({ reason: 'TOKEN_EXPIRED' })
  })

  test('expired or revoked is told only to who has the secret', async () => {
    const ring = keyring()
    const { url } = await startBoth(ring.env)
    for (const row of [{ expires: 1 }, { revoked: 1 }]) {
      const { token } = await ring.mint(row)
      const wrong = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
      const answer = await ask(`${url}/api/images?${IN_SOUTH}`, { headers: bearer(wrong) })
      expect(ourErrorOf(answer).reason).toBe('TOKEN_UNKNOWN')
    }
  })

  test.each([
    ['where no token was ever made', { HCA_TOKEN_FILE: '/no/such/file' }],
    ['where nothing says where tokens would be', {}],
  ])('%s every token is unknown', async (_, env) => {
    const { url } = await startBoth(env)
    const token = `hca_0123456789_${'A'.repeat(43)}`
    const answer = await ask(`${url}/api/images?${IN_SOUTH}`, { headers: bearer(token) })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([401, 'TOKEN_UNKNOWN'])
  })

  test("another's bearer without keys is unknown too, and beside keys none of our business", async () => {
    const { url } = await startBoth()
    const theirs = bearer('eyJhbGciOiJIUzI1NiJ9.e30.x')
    const alone = await ask(`${url}/api/images?${IN_SOUTH}`, { headers: theirs })
    expect([alone.status, ourErrorOf(alone).reason]).toEqual([401, 'TOKEN_UNKNOWN'])
    const beside = await ask(`${url}/api/images?${IN_SOUTH}`, { headers: { ...theirs, ...keyHeaders } })
    expect(beside.status).toBe(200)
  })

  test('a good one whose profile has no keys is a 503, and the log tells where they were looked for', async () => {
    const ring = keyring()
    const { url, log, logged, double } = await startBoth(ring.env)
    const { id, bearer } = await ring.mint({ profile: 'gone' })
    const answer = await ask(`${url}/api/images?${IN_SOUTH}`, { headers: bearer })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([503, 'TOKEN_HAS_NO_KEYS'])
    expect(answer.text).not.toContain(ring.folder)
    await logged(2)
    expect(log).toMatchObject([
      { level: 40, token: id, profile: 'gone', missing: expect.stringContaining('no section [gone]') },
      { reason: 'TOKEN_HAS_NO_KEYS', caller: `token:${id}` },
    ])
    expect(double.requests).toEqual([])
  })

  const start = (ours: Buffer, rest: string) => Buffer.concat([ours.subarray(0, 100), Buffer.from(rest)])
  test.each<[file: string, makes: (ours: Buffer) => Buffer | string, why: RegExp]>([
    ['of something else', () => 'something else of mine\n', /tokens\.db is no token file/],
    ['that is damaged', (ours) => start(ours, 'x'.repeat(20_000)), /tokens\.db is damaged/],
  ])('a file %s under a running server is a 503, and the log tells why', async (_, makes, why) => {
    const ring = keyring()
    const { url, log, logged, double } = await startBoth(ring.env)
    const { bearer } = await ring.mint()
    const list = () => ask(`${url}/api/images?${IN_SOUTH}`, { headers: bearer })
    expect((await list()).status).toBe(200)
    const ours = readFileSync(ring.tokenFile)
    rmSync(join(ring.folder, 'state'), { recursive: true })
    mkdirSync(join(ring.folder, 'state'))
    writeFileSync(ring.tokenFile, makes(ours))
    const before = double.requests.length
    const answer = await list()
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([503, 'TOKENS_UNREADABLE'])
    expect(answer.text).not.toContain(ring.folder)
    await logged(3)
    expect(log.slice(1)).toMatchObject([
      { level: 40, msg: expect.stringMatching(why) },
      { level: 30, status: 503, reason: 'TOKENS_UNREADABLE' },
    ])
    expect(double.requests).toHaveLength(before)

    rmSync(ring.tokenFile)
    const again = await ring.mint()
    expect((await ask(`${url}/api/images?${IN_SOUTH}`, { headers: again.bearer })).status).toBe(200)
  })

  test('a file that is no token file keeps the server from starting', async () => {
    const file = join(temporaryFolder(), 'tokens.db')
    writeFileSync(file, 'something else of mine\n')
    await expect(startHouse({ HCA_TOKEN_FILE: file })).rejects.toThrow(`${file} is no token file`)
    const made = await run(['token', 'list'], { HCA_TOKEN_FILE: file })
    expect([made.code, made.stdout]).toEqual([1, ''])
    expect(readFileSync(file, 'utf8')).toBe('something else of mine\n')
  })
})

describe('a token with keys beside it is a conflict', () => {
  const { accessKey, secretKey } = KEYS
  test.each<[where: string, given: { headers?: Record<string, string>; query?: string; body?: object }]>([
    ['both in headers', { headers: keyHeaders }],
    ['half in headers', { headers: { 'x-access-key': accessKey } }],
    ['a security token in a header', { headers: { 'x-security-token': 'TOKEN-0123456789' } }],
    ['in the query', { query: `&accessKey=${accessKey}&secretKey=${secretKey}` }],
    ['half in the query', { query: `&secretId=${accessKey}` }],
    ['in the body', { body: { accessKey, secretKey } }],
    ['half in the body', { body: { secretKey } }],
    ['of no form in the body', { body: { secretKey: 7 } }],
  ])('%s', async (_, { headers, query = '', body }) => {
    const ring = keyring()
    const { double, url } = await startBoth(ring.env)
    const { bearer } = await ring.mint()
    const target = `${url}/api/instances/start?${IN_SOUTH}${query}`
    const answer = await send('PUT', target, { servers: ['ins-1'], ...body }, { ...bearer, ...headers })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([400, 'CREDENTIALS_CONFLICT'])
    expect(answer.text).not.toContain(secretKey)
    expect(double.requests).toEqual([])
  })
})

describe('scopes', () => {
  const reach: Record<string, readonly string[]> = {
    read: ['read'],
    operate: ['read', 'operate'],
    admin: ['read', 'operate', 'admin'],
    iam: [],
  }
  const order = ['read', 'operate', 'admin']

  test('every route of the table states one, and reads are what GET does', () => {
    for (const { name, method, scope } of routes) {
      expect(['open', ...order], name).toContain(scope)
      if (scope === 'open') expect(method, name).toBe('GET')
      if (method !== 'GET') expect(scope, name).not.toBe('read')
    }
  })

  test.each(TOKEN_SCOPES)(
    'a token of scope %s reaches its routes of the table and no others',
    async (held) => {
      const ring = keyring()
      const { double, url } = await startBoth(ring.env)
      const { bearer } = await ring.mint({ scopes: [held] })
      for (const { method, path, name, scope } of routes) {
        if (scope === 'open') continue
        const target = `${url}${path.replace(/\{\w+\}/g, 'x-1')}`
        // With nothing that the route itself could use: past the scope it is refused for that.
        const answer = await (method === 'GET' || method === 'DELETE'
          ? ask(`${target}?%=`, { method, headers: bearer })
          : send(method, `${target}?%=`, {}, bearer))
        const { reason, metadata } = ourErrorOf(answer)
        if (reach[held]?.includes(scope)) expect([name, reason]).toEqual([name, 'MALFORMED_URL'])
        else expect([name, reason, metadata]).toEqual([name, 'SCOPE_TOO_SMALL', { scope }])
        expect(answer.status, name).toBe(reason === 'SCOPE_TOO_SMALL' ? 403 : 400)
      }
      expect(double.requests).toEqual([])
    },
  )

  test.each([
    ['ecs', 'admin'],
    ['iam', 'iam'],
  ] as const)('raw calls to %s need scope %s of their own', async (service, scope) => {
    const ring = keyring()
    const { double, url } = await startBoth(ring.env)
    const target = `${url}/api/raw/${service}/v3/projects?${IN_SOUTH}`
    for (const held of TOKEN_SCOPES) {
      const { bearer } = await ring.mint({ scopes: [held] })
      const answer = await ask(target, { headers: bearer })
      if (held === scope) expect(answer.headers.get('content-disposition'), held).toBe('attachment')
      else expect(ourErrorOf(answer)).toMatchObject({ reason: 'SCOPE_TOO_SMALL', metadata: { scope } })
    }
    expect(double.requests.at(-1)).toMatchObject({ verified: true, path: '/v3/projects' })
  })

  test('what is mounted without a scope is closed to every token', async () => {
    const ring = keyring()
    const house = await startHouse(ring.env)
    const { bearer } = await ring.mint({ scopes: TOKEN_SCOPES })
    const answer = await ask(`${house.url}/_sandbox/world`, { headers: bearer })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([403, 'SCOPE_TOO_SMALL'])
  })

  test('nobody asks for a token where none is needed', async () => {
    const { url } = await startHouse()
    for (const path of ['/api/regions', '/', '/livez', '/readyz'])
      expect((await ask(url + path, { headers: bearer('hca_wrong') })).status, path).toBe(200)
    const answer = await ask(`${url}/nowhere`, { headers: bearer('hca_wrong') })
    expect(ourErrorOf(answer).reason).toBe('ROUTE_NOT_FOUND')
  })
})

describe('regions of a token', () => {
  const inSouthOnly = { regions: ['cn-south-1', 'cn-east-2'] }

  test.each([
    ['its own region', 'cn-east-2', 200],
    ['its own region by its other name', 'ap-guangzhou', 200],
    ['another', 'cn-north-4', 403],
    ['one that is none', 'cn-nowhere-9', 400],
  ])('%s', async (_, region, status) => {
    const ring = keyring()
    const { double, url } = await startBoth(ring.env)
    const { bearer } = await ring.mint(inSouthOnly)
    const answer = await ask(`${url}/api/images?regionId=${region}`, { headers: bearer })
    expect(answer.status).toBe(status)
    if (status !== 403) return
    expect(ourErrorOf(answer)).toMatchObject({
      reason: 'SCOPE_TOO_SMALL',
      metadata: { regions: 'cn-south-1,cn-east-2' },
    })
    expect(double.requests).toEqual([])
  })

  test('in the body as well', async () => {
    const ring = keyring()
    const { url } = await startBoth(ring.env)
    const { bearer } = await ring.mint(inSouthOnly)
    const body = { regionId: 'cn-north-4', servers: ['ins-1'] }
    const answer = await send('PUT', `${url}/api/instances/stop`, body, bearer)
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([403, 'SCOPE_TOO_SMALL'])
  })

  test('lists over several: all of them must be its own, and a star means those', async () => {
    const ring = keyring()
    writeFileSync(ring.credentials, sectionOf('ci', SANDBOX_KEYS))
    const { url } = await startHouse(ring.env)
    const { bearer } = await ring.mint(inSouthOnly)
    const list = (regions: string) => ask(`${url}/api/instances?regionId=${regions}`, { headers: bearer })
    const strange = await list('cn-south-1,cn-north-4')
    expect([strange.status, ourErrorOf(strange).reason]).toEqual([403, 'SCOPE_TOO_SMALL'])
    for (const regions of ['cn-south-1,cn-east-2', '*']) {
      const { status, json } = await list(regions)
      expect(status).toBe(200)
      const seen: string[] = json.data.value.servers.map(({ regionId }: { regionId: string }) => regionId)
      expect([...new Set(seen)].sort()).toEqual(['cn-east-2', 'cn-south-1'])
    }
  })

  test('the whole account is none of them, one region of it is', async () => {
    const ring = keyring()
    const { url } = await startBoth(ring.env)
    const { bearer } = await ring.mint(inSouthOnly)
    const whole = await ask(`${url}/api/projects`, { headers: bearer })
    expect(ourErrorOf(whole)).toMatchObject({ reason: 'SCOPE_TOO_SMALL', message: /regionId/ })
    expect((await ask(`${url}/api/projects?${IN_SOUTH}`, { headers: bearer })).status).toBe(200)
    const unlimited = await ring.mint()
    expect((await ask(`${url}/api/projects`, { headers: unlimited.bearer })).status).toBe(200)
  })

  test.each([
    ['regionId=cn-south-1', ['cn-south-1']],
    ['regionId=cn-south-1&all=true', ['cn-south-1']],
    ['regionId=cn-south-1&name=cn-east-2', ['cn-east-2']],
    ['regionId=cn-south-1&name=cn-north-4', undefined],
    ['regionId=cn-south-1&name=cn-south-1&name=cn-north-4', undefined],
    ['regionId=cn-south-1&name=', undefined],
  ])('of the projects it is told its own regions’ only: %s', async (query, told) => {
    const ring = keyring()
    writeFileSync(ring.credentials, sectionOf('ci', SANDBOX_KEYS))
    const { url } = await startHouse(ring.env)
    const { bearer } = await ring.mint(inSouthOnly)
    const answer = await ask(`${url}/api/projects?${query}`, { headers: bearer })
    if (!told) expect(ourErrorOf(answer).reason).toBe('SCOPE_TOO_SMALL')
    else expect(answer.json.data.value.projects.map(({ name }: { name: string }) => name)).toEqual(told)
  })

  test.each([
    ['one region', ['cn-south-1'], '', 'prj-of-profile'],
    [
      'one region, and the request names another project',
      ['cn-south-1'],
      '&projectId=prj-asked',
      'prj-asked',
    ],
    ['two regions', ['cn-south-1', 'cn-east-2'], '', projectIdOf('cn-south-1')],
    ['all regions', undefined, '', projectIdOf('cn-south-1')],
  ])("the profile's project for a token of %s", async (_, regions, query, project) => {
    const ring = keyring()
    writeFileSync(ring.credentials, sectionOf('ci', { ...KEYS, projectId: 'prj-of-profile' }))
    const { double, url } = await startBoth(ring.env)
    const { bearer } = await ring.mint(regions ? { regions } : {})
    expect((await ask(`${url}/api/images?${IN_SOUTH}${query}`, { headers: bearer })).status).toBe(200)
    expect(asked(double).map(({ headers }) => headers['x-project-id'])).toEqual([project])
  })
})

describe('where the keys are', () => {
  test('in the environment of the server, temporary ones too', async () => {
    const ring = keyring()
    const { double, url } = await startBoth({
      ...ring.env,
      HUAWEICLOUD_SDK_AK: KEYS.accessKey,
      HUAWEICLOUD_SDK_SK: KEYS.secretKey,
      HUAWEICLOUD_SDK_SECURITY_TOKEN: 'TOKEN-0123456789',
    })
    const { bearer } = await ring.mint({ profile: 'environment' })
    expect((await ask(`${url}/api/images?${IN_SOUTH}`, { headers: bearer })).status).toBe(200)
    expect(asked(double)).toMatchObject([
      { verified: true, headers: { 'x-security-token': 'TOKEN-0123456789' } },
    ])
  })

  test('in the credentials file, which may change under a running server', async () => {
    const ring = keyring()
    const { double, url } = await startBoth(ring.env)
    const { bearer } = await ring.mint()
    const access = async () => {
      await ask(`${url}/api/images?${IN_SOUTH}`, { headers: bearer })
      return /Access=(\w+)/.exec(double.requests.at(-1)?.headers.authorization ?? '')?.[1]
    }
    expect(await access()).toBe(KEYS.accessKey)
    writeFileSync(ring.credentials, sectionOf('ci', { ...KEYS, accessKey: 'AKTESTTESTTESTTEST02' }))
    expect(await access()).toBe('AKTESTTESTTESTTEST02')
  })
})

test('neither token nor keys are told: not by answers, errors that quote them, nor the log', async () => {
  const ring = keyring()
  const securityToken = 'STtestSTtestSTtest0001'
  writeFileSync(ring.credentials, sectionOf('ci', { ...KEYS, securityToken }))
  const { double, url, log, logged } = await startBoth(ring.env)
  const { id, token, bearer } = await ring.mint()
  double.answer('GET /v2/images', {
    status: 400,
    body: JSON.stringify({
      error: { code: 'IMG.0001', message: `for ${KEYS.secretKey} and ${securityToken} and ${token}` },
    }),
  })
  const answers = [
    await ask(`${url}/api/images?${IN_SOUTH}`, { headers: bearer }),
    await ask(`${url}/api/instances?${IN_SOUTH}`, { headers: bearer }),
    await ask(`${url}/api/images?regionId=nowhere`, { headers: bearer }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([400, 200, 400])
  expect(answers[0]?.text).toContain('for *** and *** and ***')
  await logged(3)
  expect(log.map(({ caller }) => caller)).toEqual([`token:${id}`, `token:${id}`, `token:${id}`])
  const told = JSON.stringify([log, answers.map(({ text, headers }) => [text, [...headers]])])
  for (const secret of [token, token.slice(-43), KEYS.secretKey, securityToken, KEYS.accessKey])
    expect(told).not.toContain(secret)
})
