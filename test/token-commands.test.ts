import { readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readExpiry, readRegions, readScopes } from '../src/token-flags.ts'
import { KEYS } from './helpers/house.ts'
import { run } from './helpers/program.ts'
import { keyring, sectionOf } from './helpers/tokens.ts'

const TOKEN = /^hca_[0-9a-f]{10}_[\w-]{43}\n$/
const create = (...more: string[]) => ['token', 'create', '--profile', 'ci', '--scope', 'read', ...more]
const lines = (text: string) => text.trim().split('\n')

describe('token create', () => {
  test('prints the token alone on stdout, and what it is on stderr', async () => {
    const ring = keyring()
    const made = await run(
      [
        ...[
          'token',
          'create',
          '--profile',
          'ci',
          '--scope',
          'iam,admin',
          '--regions',
          'cn-north-4,ap-guangzhou',
        ],
        ...['--expires', '2100-01-01', '--name', 'build machine'],
      ],
      ring.env,
    )
    expect(made.code).toBe(0)
    expect(made.stdout).toMatch(TOKEN)
    expect(made.stderr).not.toContain(made.stdout.trim())
    expect(made.stderr).not.toContain(KEYS.secretKey)
    const listed = await run(['token', 'list', '--json'], ring.env)
    expect(JSON.parse(listed.stdout)).toEqual([
      {
        id: made.stdout.split('_')[1],
        name: 'build machine',
        profile: 'ci',
        scopes: ['admin', 'iam'],
        regions: ['cn-north-4', 'cn-south-1'],
        created: expect.stringMatching(/^20.*Z$/),
        expires: '2100-01-01T00:00:00.000Z',
        revoked: null,
        state: 'valid',
      },
    ])
  })

  test('lasts 90 days unless it is told otherwise, in all regions', async () => {
    const ring = keyring()
    await run(create(), ring.env)
    const [row] = await ring.change((tokens) => tokens.list())
    expect((row?.expires ?? 0) - (row?.created ?? 0)).toBe(90 * 86_400_000)
    expect(row).not.toHaveProperty('regions')
  })

  test('without a file of its own it goes where state belongs', async () => {
    const ring = keyring()
    const { HUAWEICLOUD_SDK_CREDENTIALS_FILE = '' } = ring.env
    const env = { HOME: ring.folder, XDG_STATE_HOME: '', HUAWEICLOUD_SDK_CREDENTIALS_FILE }
    expect((await run(create(), env)).code).toBe(0)
    expect(readdirSync(join(ring.folder, '.local/state/huawei-cloud-api'))).toContain('tokens.db')
  })

  test.each<[what: string, profile: string, says: string]>([
    ['a section that is not there', 'nobody', 'no section [nobody]'],
    ['the environment without keys', 'environment', 'no HUAWEICLOUD_SDK_AK'],
    ['half a pair', 'half', '[half]: no sk'],
  ])('with %s it ends with 2, tells where it looked, and makes no token', async (_, profile, says) => {
    const ring = keyring()
    writeFileSync(ring.credentials, sectionOf('half', KEYS).replace(/sk = .*/, ''))
    const made = await run(['token', 'create', '--profile', profile, '--scope', 'read'], ring.env)
    expect([made.code, made.stdout]).toEqual([2, ''])
    expect(lines(made.stderr)).toHaveLength(1)
    expect(made.stderr).toContain(says)
    expect(made.stderr).not.toContain(KEYS.accessKey)
    expect(await run(['token', 'list', '--json'], ring.env)).toMatchObject({ code: 0, stdout: '[]\n' })
  })

  test('takes the keys of the agency from the metadata service', async () => {
    const ring = keyring()
    const server = createServer((request, response) =>
      request.method === 'PUT'
        ? response.writeHead(404).end()
        : response.end(
            JSON.stringify({
              credential: {
                access: 'HSTA',
                secret: 's',
                securitytoken: 't',
                expires_at: '2100-01-01T00:00:00Z',
              },
            }),
          ),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const made = await run(['token', 'create', '--profile', 'metadata', '--scope', 'read'], {
      ...ring.env,
      HCA_METADATA_URL: `http://127.0.0.1:${port}`,
      HTTPS_PROXY: 'http://127.0.0.1:1',
      HTTP_PROXY: 'http://127.0.0.1:1',
    })
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(TOKEN) })
  })

  test('names all that is wrong at once, and no value', async () => {
    const ring = keyring()
    const canary = 'canary-4f0c'
    const args = ['--scope', canary, '--regions', canary, '--expires', canary, '--name', '\u001b[2J']
    const made = await run(['token', 'create', ...args], ring.env)
    expect([made.code, made.stdout]).toEqual([2, ''])
    for (const flag of ['--profile', '--scope', '--regions', '--expires', '--name'])
      expect(made.stderr).toContain(`huawei-cloud-api: ${flag} `)
    expect(lines(made.stderr)).toHaveLength(5)
    expect(made.stderr).not.toContain(canary)
  })
})

describe('token list and revoke', () => {
  test('of no tokens', async () => {
    const ring = keyring()
    expect(await run(['token', 'list'], ring.env)).toMatchObject({ code: 0, stdout: '' })
    expect(await run(['token', 'revoke', '0123456789'], ring.env)).toMatchObject({ code: 4, stdout: '' })
    expect(readdirSync(ring.folder)).toEqual(['credentials'])
  })

  test('a table with a line for each, valid, expired and revoked', async () => {
    const ring = keyring()
    const created = Date.parse('2026-01-02T03:04:05Z')
    const valid = await ring.mint({ created, regions: ['cn-north-4'], name: 'ci' })
    const expired = await ring.mint({
      created: created + 1,
      expires: created + 60_000,
      scopes: ['read', 'iam'],
    })
    const revoked = await ring.mint({ created: created + 2, revoked: created + 3 })
    const { stdout } = await run(['token', 'list'], ring.env)
    expect(lines(stdout)).toEqual([
      'ID          NAME  PROFILE  SCOPES    REGIONS     CREATED           EXPIRES           STATE',
      `${valid.id}  ci    ci       admin     cn-north-4  2026-01-02 03:04  never             valid`,
      `${expired.id}  -     ci       read,iam  all         2026-01-02 03:04  2026-01-02 03:05  expired`,
      `${revoked.id}  -     ci       admin     all         2026-01-02 03:04  never             revoked`,
    ])
    for (const { token } of [valid, expired, revoked]) expect(stdout).not.toContain(token.slice(-43))
  })

  test('who found a whole token may revoke it as it is, twice; it is not repeated', async () => {
    const ring = keyring()
    const { id, token } = await ring.mint()
    for (const _ of [1, 2]) {
      const { code, stdout, stderr } = await run(['token', 'revoke', token], ring.env)
      expect([code, stdout, stderr]).toEqual([0, `Token ${id} is revoked.\n`, ''])
    }
    const [row] = await ring.change((tokens) => tokens.list())
    expect(row?.revoked).toBeGreaterThan(0)
  })

  test('an id that is not there ends with 4', async () => {
    const ring = keyring()
    await ring.mint()
    const { code, stdout, stderr } = await run(['token', 'revoke', 'canary-4f0c'], ring.env)
    expect([code, stdout]).toEqual([4, ''])
    expect(stderr).not.toContain('canary')
    expect((await ring.change((tokens) => tokens.list()))[0]).not.toHaveProperty('revoked')
  })
})

test.each([
  ['token', ['token']],
  ['revoke without an id', ['token', 'revoke']],
  ['list with a word more', ['token', 'list', 'all']],
  ["a flag of the server's", ['token', 'list', '--port', '1']],
  ["a flag of another token command's", ['token', 'list', '--profile', 'x']],
  ['a flag of tokens on serve', ['serve', '--profile', 'x']],
  ['a flag of tokens on the sandbox', ['sandbox', '--json']],
])('%s ends with 2 and one line', async (_, args) => {
  const { code, stdout, stderr } = await run(args, keyring().env)
  expect([code, stdout]).toEqual([2, ''])
  expect(lines(stderr)).toHaveLength(1)
})

test('help tells of them', async () => {
  expect((await run(['--help'])).stdout).toMatch(/token .*create, list, revoke/)
  const { stdout } = await run(['token', 'revoke', '--help'])
  for (const words of ['token revoke', '[id]', '--token-file']) expect(stdout).toContain(words)
})

describe('flags', () => {
  const NOW = Date.parse('2026-11-25T12:00:00Z')
  const refuse = (fault: string) => {
    throw new Error(fault)
  }

  test.each<[text: string | undefined, expires: string | undefined]>([
    [undefined, '2027-02-23T12:00:00.000Z'],
    ['never', undefined],
    ['12h', '2026-11-26T00:00:00.000Z'],
    ['30d', '2026-12-25T12:00:00.000Z'],
    ['2026-11-26', '2026-11-26T00:00:00.000Z'],
    ['2026-11-25T12:00:01Z', '2026-11-25T12:00:01.000Z'],
  ])('--expires %s', (text, expires) => {
    const read = readExpiry(text, NOW, refuse)
    expect(read === undefined ? undefined : new Date(read).toISOString()).toBe(expires)
  })

  test.each([
    '0d',
    '-1d',
    '3x',
    'd',
    '1.5h',
    '',
    '2026-11-25',
    '2027-02-30',
    '2027-13-01',
    'tomorrow',
    '999999d',
  ])('--expires %s is refused', (text) =>
    expect(() => readExpiry(text, NOW, refuse)).toThrow('--expires must be'),
  )

  test.each([
    ['read', ['read']],
    ['admin,iam', ['admin', 'iam']],
    [' IAM , read,read', ['read', 'iam']],
    ['mcp,admin', ['admin', 'mcp']],
  ])('--scope %s', (text, scopes) => expect(readScopes(text, refuse)).toEqual(scopes))

  test('--scope mcp by itself would open nothing', () =>
    expect(() => readScopes('mcp', refuse)).toThrow('beside it'))

  test.each(['', ',', 'all', 'read,all', 'open'])('--scope %s is refused', (text) =>
    expect(() => readScopes(text, refuse)).toThrow('--scope must be'),
  )

  test('--regions: unknown ones are refused with the nearest; those of the settings are known', () => {
    const none = new Map<string, string>()
    expect(readRegions('cn-north-4, CN-EAST-2', none, refuse)).toEqual(['cn-north-4', 'cn-east-2'])
    expect(() => readRegions('cn-nort-4', none, refuse)).toThrow('did you mean cn-north-4')
    expect(() => readRegions('my-own-1', none, refuse)).toThrow('--regions')
    expect(readRegions('my-own-1', new Map([['ecs/my-own-1', 'https://x']]), refuse)).toEqual(['my-own-1'])
    expect(() => readRegions(' , ', none, refuse)).toThrow('--regions must be')
  })
})
