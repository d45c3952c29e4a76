import { expect, test } from 'vitest'
import { account } from './projects.ts'
import { type Call, projectIn, startCloud } from './test-client.ts'
import { askForToken, bearing, byPassword, tokenFor } from './test-token.ts'

const DAY = 24 * 3_600_000
const host = 'iam.myhuaweicloud.com'
const scope = { project: { name: 'cn-north-4' } }
const project = projectIn('cn-north-4')
const list: Call = { host: 'ecs.cn-north-4.myhuaweicloud.com', path: `/v1/${project}/cloudservers/detail` }
const incorrect = 'Incorrect IAM authentication information: '

test('a name and a password get a token for a project', async () => {
  const cloud = await startCloud()
  const heard = await askForToken(cloud, { identity: byPassword(), scope })
  expect(heard.status).toBe(201)
  expect(heard.headers['x-subject-token']).toMatch(/^MII[A-Za-z0-9+/=]{100,}$/)
  const { token } = heard.body
  expect(token).toMatchObject({
    methods: ['password'],
    issued_at: '2026-01-01T00:00:00.000000Z',
    expires_at: '2026-01-02T00:00:00.000000Z',
    user: { id: account.userId, name: 'sandbox', domain: { id: account.domainId, name: 'sandbox' } },
    project: { id: project, name: 'cn-north-4', domain: { id: account.domainId, name: 'sandbox' } },
  })
  expect(token.user.password_expires_at).toBe('')
  expect(token.roles[0]).toEqual({ id: '0', name: 'te_admin' })
  const compute = token.catalog.find(({ type }: { type: string }) => type === 'compute')
  expect(compute.endpoints[0]).toMatchObject({
    interface: 'public',
    region: 'cn-north-4',
    url: `https://ecs.cn-north-4.myhuaweicloud.com/v2.1/${project}`,
  })
})

test('two tokens are never the same, and the catalog can be left out', async () => {
  const cloud = await startCloud()
  const ask = () => askForToken(cloud, { identity: byPassword(), scope }, { query: [['nocatalog', 'true']] })
  const [one, other] = [await ask(), await ask()]
  expect(one.headers['x-subject-token']).not.toBe(other.headers['x-subject-token'])
  expect(one.body.token).not.toHaveProperty('catalog')
})

test('users, domains and projects can be named by id too', async () => {
  const cloud = await startCloud()
  const byIds = {
    methods: ['password'],
    password: { user: { id: account.userId, password: 'SandboxPassword1' } },
  }
  const heard = await askForToken(cloud, { identity: byIds, scope: { project: { id: project } } })
  expect(heard.body.token.project.name).toBe('cn-north-4')
  const inDomain = byPassword({ domain: { id: account.domainId } })
  const whole = await askForToken(cloud, { identity: inDomain, scope: { domain: { id: account.domainId } } })
  expect(whole.body.token.domain).toEqual({ id: account.domainId, name: 'sandbox' })
  expect(whole.body.token).not.toHaveProperty('project')
  const none = await askForToken(cloud, { identity: byPassword() })
  expect([none.status, none.body.token.catalog, none.body.token.roles]).toEqual([201, undefined, undefined])
})

test.for<[string, object]>([
  ['a wrong password', { password: 'wrong' }],
  ['an unknown user', { name: 'nobody' }],
  ['another domain', { domain: { name: 'other' } }],
  ['no domain', { domain: undefined }],
])('%s is wrong', async ([, changes]) => {
  const cloud = await startCloud()
  const heard = await askForToken(cloud, { identity: byPassword(changes), scope })
  expect(heard.status).toBe(401)
  expect(heard.body).toEqual({
    error: { code: 401, message: 'The username or password is wrong.', title: 'Unauthorized' },
  })
})

test('a scope that is not the caller’s needs another authentication', async () => {
  const cloud = await startCloud()
  for (const foreign of [
    { project: { name: 'cn-nowhere-1' } },
    { project: { id: 'nobody' } },
    { project: { name: 'cn-north-4', domain: { name: 'other' } } },
    { domain: { name: 'other' } },
  ]) {
    const heard = await askForToken(cloud, { identity: byPassword(), scope: foreign })
    expect([heard.status, heard.body.error.title]).toEqual([401, 'Unauthorized'])
  }
})

test('a body that is none is invalid', async () => {
  const cloud = await startCloud()
  for (const body of ['{', '', '[]', '{"auth":{}}', '{"auth":{"identity":{"methods":["password"]}}}']) {
    const heard = await askForToken(cloud, {}, { body })
    expect([heard.status, heard.body.error]).toEqual([
      400,
      { code: 400, message: 'The request body is invalid', title: 'Bad Request' },
    ])
  }
})

test('what is not imitated is refused plainly', async () => {
  const cloud = await startCloud()
  for (const methods of [['password', 'totp'], ['assume_role'], ['mapped']]) {
    const heard = await askForToken(cloud, { identity: { ...byPassword(), methods }, scope })
    expect([heard.status, heard.body.error_code]).toEqual([501, 'SANDBOX.NOT_IMITATED'])
  }
})

test('a token gets another of other scope, for the rest of its time', async () => {
  const cloud = await startCloud()
  const first = await tokenFor(cloud)
  cloud.pass(DAY / 2)
  const identity = { methods: ['token'], token: { id: first } }
  const heard = await askForToken(cloud, { identity, scope: { project: { name: 'cn-east-2' } } })
  expect(heard.body.token).toMatchObject({
    methods: ['token', 'password'],
    project: { name: 'cn-east-2' },
    expires_at: '2026-01-02T00:00:00.000000Z',
  })
  cloud.pass(DAY / 2)
  expect((await askForToken(cloud, { identity, scope })).status).toBe(401)
})

test('a token opens its project, for a day', async () => {
  const cloud = await startCloud()
  const token = await tokenFor(cloud)
  expect((await cloud.call(bearing(list, token))).status).toBe(200)
  cloud.pass(DAY - 1)
  expect((await cloud.call(bearing(list, token))).status).toBe(200)
  cloud.pass(1)
  const late = await cloud.call(bearing(list, token))
  expect([late.status, late.body.error_code, late.body.error_msg]).toEqual([
    401,
    'APIGW.0301',
    `${incorrect}token expires`,
  ])
})

test('a token decides the project where no path does', async () => {
  const cloud = await startCloud()
  const token = await tokenFor(cloud, { project: { name: 'cn-east-2' } })
  const path = `/v1/${projectIn('cn-east-2')}/cloudservers/detail`
  expect((await cloud.call(bearing({ path }, token))).body.count).toBe(2)
  const images = await cloud.call(bearing({ path: '/v2/images' }, token))
  expect(images.status).toBe(200)
})

test('a token of another region must be updated, and of another project does not match', async () => {
  const cloud = await startCloud()
  const east = await tokenFor(cloud, { project: { name: 'cn-east-2' } })
  const stale = await cloud.call(bearing(list, east))
  expect([stale.status, stale.body]).toMatchObject([
    401,
    { error_code: 'APIGW.0307', error_msg: 'The token must be updated.' },
  ])
  const sub = await tokenFor(cloud, { project: { name: 'cn-north-4_dev' } })
  const other = await cloud.call(bearing(list, sub))
  expect([other.status, other.body.error.code]).toEqual([400, 'Common.0018'])
})

test('a token of the whole account opens IAM alone', async () => {
  const cloud = await startCloud()
  const token = await tokenFor(cloud, { domain: { name: 'sandbox' } })
  expect((await cloud.call(bearing({ host, path: '/v3/projects' }, token))).status).toBe(200)
  const heard = await cloud.call(bearing(list, token))
  expect([heard.status, heard.body.error.code]).toEqual([400, 'Common.0018'])
})

test('a token is judged, and says what it opens', async () => {
  const cloud = await startCloud()
  const token = await tokenFor(cloud)
  const ask = (subject: string) =>
    cloud.call(bearing({ host, path: '/v3/auth/tokens', headers: { 'X-Subject-Token': subject } }, token))
  const heard = await ask(token)
  expect([heard.status, heard.headers['x-subject-token']]).toEqual([200, token])
  expect(heard.body.token.project.id).toBe(project)
  const unknown = await ask('nobody')
  expect([unknown.status, unknown.body.error]).toEqual([
    404,
    { code: 404, message: 'Could not find token.', title: 'Not Found' },
  ])
})

test('the catalog is for tokens of a project', async () => {
  const cloud = await startCloud()
  const path = '/v3/auth/catalog'
  const heard = await cloud.call(bearing({ host, path }, await tokenFor(cloud)))
  expect(heard.body.catalog.map(({ type }: { type: string }) => type)).toContain('network')
  const whole = await cloud.call(
    bearing({ host, path }, await tokenFor(cloud, { domain: { name: 'sandbox' } })),
  )
  expect([whole.status, whole.body.error.title]).toEqual([403, 'Forbidden'])
})

test('by the bare address, versions and catalog lead back to it', async () => {
  const cloud = await startCloud()
  const base = `http://127.0.0.1:${cloud.port}`
  const root = await cloud.call(bearing({ path: '/' }, undefined))
  expect([root.status, root.body.versions.values[0].links[0].href]).toEqual([300, `${base}/v3/`])
  const version = await cloud.call(bearing({ path: '/v3' }, undefined))
  expect(version.body.version).toMatchObject({
    status: 'stable',
    links: [{ rel: 'self', href: `${base}/v3/` }],
  })
  const heard = await askForToken(
    cloud,
    { identity: byPassword(), scope },
    { host: `127.0.0.1:${cloud.port}` },
  )
  for (const { endpoints } of heard.body.token.catalog) expect(endpoints[0].url).toMatch(`${base}/v`)
})

test('the one user is found by name and id', async () => {
  const cloud = await startCloud()
  const { body } = await cloud.call({ host, path: '/v3/users', query: [['name', 'sandbox']] })
  expect(body.users.map(({ id }: { id: string }) => id)).toEqual([account.userId])
  expect((await cloud.call({ host, path: '/v3/users', query: [['name', 'other']] })).body.users).toEqual([])
  expect((await cloud.call({ host, path: `/v3/users/${account.userId}` })).body.user.name).toBe('sandbox')
  expect((await cloud.call({ host, path: `/v3/users/${account.userId}/projects` })).status).toBe(200)
  expect((await cloud.call({ host, path: '/v3/users/nobody' })).status).toBe(404)
  expect((await cloud.call({ host, path: '/v3/users/nobody/projects' })).status).toBe(404)
})
