import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { type Environment, type Flags, isLoopback, readSettings, rows, SettingsError } from './settings.ts'

const CANARY = 'canary-4f0c'

/** The complaints, after making sure that none of them, nor anything on the error, shows a value. */
function faults(flags: Flags, env: Environment): readonly string[] {
  try {
    readSettings(flags, env)
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError)
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(CANARY)
    return (error as SettingsError).faults
  }
  return expect.fail('nothing was wrong')
}

test('defaults', () => {
  const settings = readSettings({}, {})
  expect(settings).toMatchObject({
    host: '127.0.0.1',
    ports: [8002, 8001],
    insecure: false,
    sandbox: true,
    keysInUrl: true,
    allowedHosts: [],
    allowedOrigins: [],
    deadlineRead: 10,
    deadlineWrite: 30,
    logLevel: 'info',
  })
  for (const name of ['tlsCert', 'tlsKey', 'endpointUrl', 'httpsProxy', 'noProxy', 'caFile'] as const) {
    expect(settings[name]).toBeUndefined()
  }
  expect(settings.overrides.size).toBe(0)
  expect(Object.isFrozen(settings)).toBe(true)
})

describe('where a value comes from', () => {
  test.each<[what: string, flags: Flags, env: Environment, ports: number[]]>([
    ['a flag before all', { port: '1' }, { HCA_PORT: '2', PORT: '3' }, [1]],
    ['our variable before the common one', {}, { HCA_PORT: '2', PORT: '3' }, [2]],
    ['the common one', {}, { PORT: '3' }, [3]],
    ['an empty one is none', {}, { HCA_PORT: '', PORT: '3' }, [3]],
    ['a bad one that does not count is not looked at', { port: '1' }, { HCA_PORT: 'x', PORT: 'y' }, [1]],
    ['several, with blanks', { port: ' 8002 , 0,65535' }, {}, [8002, 0, 65_535]],
  ])('%s', (_, flags, env, ports) => expect(readSettings(flags, env).ports).toEqual(ports))

  test.each([
    ['HOST', 'x'],
    ['LOG_LEVEL', 'nonsense'],
    ['SANDBOX', 'maybe'],
    ['HTTP_PROXY', '::'],
    ['HUAWEICLOUD_SDK_AK', 'x'],
    ['hca_port', 'x'],
  ])('%s is none of ours', (name, text) => {
    expect(readSettings({}, { [name]: text })).toEqual(readSettings({}, {}))
  })

  test('proxies are known in both spellings, the upper one first', () => {
    const upper = 'http://upper.example:1'
    const lower = 'http://lower.example:1'
    expect(readSettings({}, { HTTPS_PROXY: upper, https_proxy: lower }).httpsProxy).toBe(upper)
    expect(readSettings({}, { https_proxy: lower, no_proxy: 'a,b' })).toMatchObject({
      httpsProxy: lower,
      noProxy: 'a,b',
    })
  })
})

describe('the sandbox', () => {
  test.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['localhost', true],
    ['::1', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.1', false],
    ['localhost.example.com', false],
    ['127.0.0.1.example.com', false],
    ['128.0.0.1', false],
  ])('bound to %s it is %s by default', (host, expected) => {
    expect(isLoopback(host)).toBe(expected)
    expect(readSettings({ host }, {}).sandbox).toBe(expected)
    expect(readSettings({ host, sandbox: 'on' }, {}).sandbox).toBe(true)
    expect(readSettings({ host }, { HCA_SANDBOX: 'off' }).sandbox).toBe(false)
  })
})

describe('values', () => {
  test.each([
    ['on', true],
    ['TRUE', true],
    ['1', true],
    [' yes ', true],
    ['off', false],
    ['False', false],
    ['0', false],
    ['no', false],
  ])('%j is %s', (text, value) => {
    expect(readSettings({}, { HCA_KEYS_IN_URL: text }).keysInUrl).toBe(value)
    expect(readSettings({ insecure: text }, {}).insecure).toBe(value)
  })

  test.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['https://Example.COM/', 'https://example.com'],
    [' https://example.com:443 ', 'https://example.com'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('endpoint %j is %s', (text, base) => {
    expect(readSettings({}, { HUAWEICLOUD_ENDPOINT_URL: text }).endpointUrl).toBe(base)
  })

  test.each([
    [
      'HCA_ALLOWED_HOSTS',
      'allowedHosts',
      'A.example, b.example:8443,,[::1]:80',
      ['a.example', 'b.example:8443', '[::1]:80'],
    ],
    [
      'HCA_ALLOWED_ORIGINS',
      'allowedOrigins',
      'https://a.example,http://B:81',
      ['https://a.example', 'http://b:81'],
    ],
    ['HCA_DEADLINE_READ', 'deadlineRead', '2.5', 2.5],
    ['HCA_DEADLINE_WRITE', 'deadlineWrite', ' 60 ', 60],
    ['HCA_LOG_LEVEL', 'logLevel', 'silent', 'silent'],
    ['HCA_WORKERS', 'workers', ' Auto ', 'auto'],
    ['HCA_WORKERS', 'workers', '4', 4],
  ] as const)('%s is read', (name, key, text, value) => {
    expect(readSettings({}, { [name]: text })[key]).toEqual(value)
  })
})

describe('what is wrong', () => {
  test.each([
    [{ HCA_TIMEOUT_SILENT: '30' }, 'HCA_DEADLINE_WRITE'],
    [{ HCA_DEADLINE_WRITE: '600' }, 'HCA_DEADLINE_WRITE'],
    [{ HCA_DEADLINE_READ: '75' }, 'HCA_DEADLINE_READ'],
    [{ HCA_REGION_DEADLINE: '80', HCA_DEADLINE_READ: '76' }, 'HCA_REGION_DEADLINE'],
  ])('a limit on silence that is not above every deadline: %o', (env, longest) => {
    expect(() => readSettings({}, env)).toThrow(`HCA_TIMEOUT_SILENT must be more than ${longest}`)
    expect(readSettings({}, { ...env, HCA_TIMEOUT_SILENT: '601' }).timeoutSilent).toBe(601)
  })

  test.each([
    ['HCA_HOST', `${CANARY} x`],
    ['HCA_HOST', 'http://127.0.0.1'],
    ['HCA_PORT', CANARY],
    ['HCA_PORT', '65536'],
    ['HCA_PORT', '80,'],
    ['HCA_PORT', '-1'],
    ['HCA_PORT', '8e1'],
    ['PORT', CANARY],
    ['HCA_INSECURE', CANARY],
    ['HCA_SANDBOX', CANARY],
    ['HCA_KEYS_IN_URL', CANARY],
    ['HUAWEICLOUD_ENDPOINT_URL', CANARY],
    ['HUAWEICLOUD_ENDPOINT_URL', `https://user:${CANARY}@example.com`],
    ['HUAWEICLOUD_ENDPOINT_URL', `https://:${CANARY}@example.com`],
    ['HUAWEICLOUD_ENDPOINT_URL', `https://example.com/${CANARY}`],
    ['HUAWEICLOUD_ENDPOINT_URL', `https://example.com?${CANARY}`],
    ['HUAWEICLOUD_ENDPOINT_URL', `ftp://${CANARY}`],
    ['HCA_ALLOWED_HOSTS', `https://${CANARY}`],
    ['HCA_ALLOWED_ORIGINS', CANARY],
    ['HCA_ALLOWED_ORIGINS', `https://${CANARY}/path`],
    ['HCA_DEADLINE_READ', '0'],
    ['HCA_DEADLINE_READ', '601'],
    ['HCA_DEADLINE_WRITE', '1e2'],
    ['HCA_DEADLINE_WRITE', '-5'],
    ['HCA_LOG_LEVEL', CANARY],
    ['HCA_WORKERS', CANARY],
    ['HCA_WORKERS', '0'],
    ['HCA_WORKERS', '257'],
    ['HCA_WORKERS', '1.5'],
    ['HUAWEICLOUD_SDK_REGION_ECS_CN_NORTH_4', CANARY],
    ['HUAWEICLOUD_SDK_REGION_ECS_CN_NORTH_4', `https://x:${CANARY}@example.com`],
    ['HUAWEICLOUD_SDK_REGION_ECS', 'https://example.com'],
    ['HUAWEICLOUD_SDK_REGION_ecs_cn_north_4', 'https://example.com'],
    ['HCA_TLS_CERT', CANARY],
    ['HCA_TLS_KEY', CANARY],
  ])('%s=%s is complained about by name, without the value', (name, text) => {
    const found = faults({}, { [name]: text })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(
      name.startsWith('HCA_TLS') ? /^--tls-cert and --tls-key / : new RegExp(`^${name} must be `),
    )
  })

  test('a flag is named as a flag', () => {
    expect(faults({ port: CANARY, 'log-level': CANARY, host: '' }, { HCA_PORT: '1' }).toSorted()).toEqual([
      '--host must be an address or a host name',
      '--log-level must be trace, debug, info, warn, error, fatal, silent',
      '--port must be port numbers from 0 to 65535, separated by commas',
    ])
  })

  test('everything at once', () => {
    const env = {
      HCA_PORT: CANARY,
      HCA_SANDBOX: CANARY,
      HCA_DEADLINE_READ: CANARY,
      HCA_TLS_CERT: CANARY,
      HCA_PROT: CANARY,
      HUAWEICLOUD_ENDPOINT_URL: CANARY,
      HUAWEICLOUD_SDK_REGION_ECS_CN_NORTH_4: CANARY,
    }
    expect(faults({ 'log-level': CANARY }, env)).toHaveLength(8)
  })

  test.each([
    ['HCA_PROT', 'HCA_PORT'],
    ['HCA_SANDBOXES', 'HCA_SANDBOX'],
    ['HCA_LOGLEVEL', 'HCA_LOG_LEVEL'],
  ])('an unknown name of ours, %s, is guessed as %s', (name, meant) => {
    expect(faults({}, { [name]: CANARY })).toEqual([
      `${name} is not a setting of this version; did you mean ${meant}?`,
    ])
  })

  test('an unknown name like no other, even empty, is named', () => {
    expect(faults({}, { HCA_ZZZZZZZZZZZZZZZZZZ: '' })).toEqual([
      'HCA_ZZZZZZZZZZZZZZZZZZ is not a setting of this version',
    ])
  })

  test('half a TLS pair, whichever half and wherever it was set', () => {
    for (const half of ['tls-cert', 'tls-key']) {
      expect(faults({ [half]: 'x.pem' }, {})).toEqual(['--tls-cert and --tls-key must be set together'])
    }
    const both = readSettings({ 'tls-cert': 'c.pem' }, { HCA_TLS_KEY: 'k.pem' })
    expect(both).toMatchObject({ tlsCert: 'c.pem', tlsKey: 'k.pem' })
  })
})

describe('overrides', () => {
  test.each([
    ['ECS_CN_NORTH_4', 'https://a.example', 'ecs/cn-north-4', 'https://a.example'],
    ['IAM_EU_WEST_101', 'http://127.0.0.1:81/', 'iam/eu-west-101', 'http://127.0.0.1:81'],
    ['VPC_XX_NEW_1', 'https://a.example,https://b.example', 'vpc/xx-new-1', 'https://a.example'],
    ['ECS_MY_KUALALUMPUR_1', ' https://a.example ', 'ecs/my-kualalumpur-1', 'https://a.example'],
  ])('…_%s=%s is %s', (name, text, key, base) => {
    const { overrides } = readSettings({}, { [`HUAWEICLOUD_SDK_REGION_${name}`]: text })
    expect([...overrides]).toEqual([[key, base]])
  })

  test('an empty one is none', () => {
    expect(readSettings({}, { HUAWEICLOUD_SDK_REGION_ECS_CN_NORTH_4: '' }).overrides.size).toBe(0)
  })
})

test('every row can be explained: help, and a description for its complaint', () => {
  for (const [name, row] of Object.entries(rows)) {
    expect(row.help, name).toMatch(/\.$/)
    expect(row.env.length, name).toBeGreaterThan(0)
    if (name !== 'noProxy') expect(Reflect.get(row.schema, 'description'), name).toEqual(expect.any(String))
  }
})
