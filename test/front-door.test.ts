import { connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { routes } from '../src/gateway/routes/index.ts'
import {
  askRaw,
  bytesAnswered,
  exchangeRaw,
  keyHeaders,
  ourErrorOf,
  type RawRequest,
  startBefore,
  startBoth,
  startHouse,
} from './helpers/house.ts'

const QUIET = { HCA_SANDBOX: 'off' }
const REGIONS = '/api/regions'
const startQuiet = (env = {}) => startHouse({ ...QUIET, ...env })

const everyDoor: [method: string, path: string][] = [
  ...routes.map(({ method, path }): [string, string] => [method, path]),
  ['GET', '/'],
  ['GET', '/welcome.css'],
  ['GET', '/_sandbox/state'],
  ['POST', '/_sandbox/reset'],
  ['GET', '/nothing'],
  ['DELETE', '/api/images'],
  ['OPTIONS', '/api/images'],
]

describe.each(everyDoor)('%s %s', (method, target) => {
  test.each<[name: string, headers: string[], status: number, reason: string]>([
    ['a foreign Host', ['Host: evil.example'], 403, 'HOST_NOT_ALLOWED'],
    ['a foreign Origin', ['Origin: https://evil.example'], 403, 'ORIGIN_NOT_ALLOWED'],
    ['another site', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: cors'], 403, 'ORIGIN_NOT_ALLOWED'],
  ])('is closed to %s', async (_, headers, status, reason) => {
    const { double, url } = await startBoth()
    const answer = await askRaw(url, { method, target, headers })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([status, reason])
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(double.requests).toEqual([])
  })
})

/** Where a path with a name in braces would fit, too. */
const spelledOut = [...new Set(routes.map(({ path }) => path))].filter((path) => !path.includes('{'))
const alike = spelledOut.flatMap((path) => {
  const others = routes.filter(({ path: other }) =>
    new RegExp(`^${other.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  )
  const known = routes.filter((route) => route.path === path).map(({ method }) => method)
  const strange = others.map(({ method }) => method).filter((method) => !known.includes(method))
  return [...new Set(strange)].map((method): [string, string, string[]] => [method, path, known])
})

describe('a path that is spelled out is no item of that name', () => {
  test('such paths there are', () => {
    expect(alike).toContainEqual(['GET', '/api/instances/start', ['PUT']])
  })

  test.each(alike)('%s %s', async (method, path, known) => {
    const { double, url } = await startBoth()
    const headers = Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`)
    const answer = await askRaw(url, { method, target: `${path}?regionId=cn-north-4`, headers })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([405, 'METHOD_NOT_ALLOWED'])
    expect(answer.headers.get('allow')).toBe(known.join(', '))
    expect(double.requests).toEqual([])
  })
})

describe('the Host header', () => {
  type Row = [name: string, host: (port: string) => string[], status: number, reason?: string]
  test.each<Row>([
    ['127.0.0.1', (port) => [`127.0.0.1:${port}`], 200],
    ['localhost', (port) => [`localhost:${port}`], 200],
    ['upper case', (port) => [`LOCALHOST:${port}`], 200],
    ['a trailing dot', (port) => [`localhost.:${port}`], 200],
    ['[::1]', (port) => [`[::1]:${port}`], 200],
    ['another loopback address', (port) => [`127.0.0.2:${port}`], 200],
    ['no port', () => ['127.0.0.1'], 403, 'HOST_NOT_ALLOWED'],
    ['the right name and a wrong port', () => ['127.0.0.1:1'], 403, 'HOST_NOT_ALLOWED'],
    ['a foreign name', (port) => [`evil.example:${port}`], 403, 'HOST_NOT_ALLOWED'],
    ['a name that begins like ours', (port) => [`localhost.evil.example:${port}`], 403, 'HOST_NOT_ALLOWED'],
    ['a name that resolves to us', (port) => [`127.0.0.1.nip.io:${port}`], 403, 'HOST_NOT_ALLOWED'],
    ['a short address', (port) => [`127.1:${port}`], 403, 'HOST_NOT_ALLOWED'],
    ['a wildcard address', (port) => [`0.0.0.0:${port}`], 403, 'HOST_NOT_ALLOWED'],
    ['an address as a number', (port) => [`2130706433:${port}`], 403, 'HOST_NOT_ALLOWED'],
    ['a private address', (port) => [`192.168.0.1:${port}`], 403, 'HOST_NOT_ALLOWED'],
    ['user info', (port) => [`localhost@127.0.0.1:${port}`], 400, 'INVALID_HOST'],
    ['user info with a password', (port) => [`127.0.0.1:${port}@evil.example`], 400, 'INVALID_HOST'],
    ['a space', (port) => [`a b:${port}`], 400, 'INVALID_HOST'],
    ['markup', () => ['<script>'], 400, 'INVALID_HOST'],
    ['nothing', () => [''], 400, 'INVALID_HOST'],
    ['5 kB', () => ['h'.repeat(5_000)], 400, 'INVALID_HOST'],
    ['a path', (port) => [`127.0.0.1:${port}/x`], 400, 'INVALID_HOST'],
    ['a port of words', () => ['127.0.0.1:http'], 400, 'INVALID_HOST'],
    ['two of them', (port) => [`127.0.0.1:${port}`, `127.0.0.1:${port}`], 400, 'INVALID_HOST'],
    ['two that differ', (port) => [`127.0.0.1:${port}`, 'evil.example'], 400, 'INVALID_HOST'],
    ['none', () => [], 400, 'MISSING_HOST'],
  ])('with %s', async (_, host, status, reason) => {
    const { url } = await startQuiet()
    const headers = host(new URL(url).port).map((value) => `Host: ${value}`)
    const answer = await askRaw(url, { target: REGIONS, headers, host: null })
    expect(answer.status).toBe(status)
    if (reason) expect(ourErrorOf(answer).reason).toBe(reason)
  })

  test('is wanted of HTTP/1.0 and 0.9 too', async () => {
    const { url } = await startQuiet()
    const { host } = new URL(url)
    const old = await exchangeRaw(url, `GET ${REGIONS} HTTP/1.0\r\n\r\n`)
    expect(ourErrorOf(old).reason).toBe('MISSING_HOST')
    expect((await exchangeRaw(url, `GET ${REGIONS} HTTP/1.0\r\nHost: ${host}\r\n\r\n`)).status).toBe(200)
    const older = await exchangeRaw(url, `GET ${REGIONS}\r\n\r\n`)
    expect(older.status).toBe(400)
    ourErrorOf(older)
  })

  test.each<[target: (host: string) => string, status: number]>([
    [(host) => `http://${host}${REGIONS}`, 200],
    [(host) => `http://${host.toUpperCase()}${REGIONS}`, 200],
    [() => `http://evil.example${REGIONS}`, 400],
    [(host) => `http://${host}@evil.example${REGIONS}`, 400],
    [(host) => `http://evil.example:80@${host}${REGIONS}`, 400],
    [() => `https://evil.example?x=${REGIONS}`, 400],
  ])('agrees with a target in absolute form: %s', async (target, status) => {
    const { url } = await startQuiet()
    const answer = await askRaw(url, { target: target(new URL(url).host) })
    expect(answer.status).toBe(status)
    if (status === 400) expect(ourErrorOf(answer).reason).toBe('TARGET_HOST_MISMATCH')
  })

  test.each([
    ['api.example', 200],
    ['API.example.', 200],
    ['api.example:4433', 200],
    ['own.example:81', 200],
    ['own.example:82', 403],
    ['own.example', 403],
    ['x.api.example', 403],
  ])('may be %s when the settings say so: %d', async (host, status) => {
    const { url } = await startQuiet({ HCA_ALLOWED_HOSTS: 'api.example, OWN.example:81' })
    expect((await askRaw(url, { target: REGIONS, headers: [`Host: ${host}`] })).status).toBe(status)
  })

  test.each(['/livez', '/readyz'])('is not asked for by %s', async (target) => {
    const { url } = await startQuiet()
    for (const request of [
      { headers: ['Host: 10.0.0.7:8080'] },
      { host: null },
    ] satisfies Partial<RawRequest>[]) {
      expect((await askRaw(url, { target, ...request })).status).toBe(200)
    }
  })
})

describe('the Origin header', () => {
  test.each<[origin: (host: string) => string, status: number]>([
    [(host) => `http://${host}`, 200],
    [(host) => `http://${host.replace('127.0.0.1', 'localhost')}`, 200],
    [() => 'https://evil.example', 403],
    [() => 'null', 403],
    [() => '', 403],
    [(host) => `https://${host}`, 403],
    [() => 'http://127.0.0.1:1', 403],
    [() => 'http://127.0.0.1', 403],
    [(host) => `http://${host}.evil.example`, 403],
    [(host) => `http://${host}/`, 403],
    [(host) => `http://evil.example@${host}`, 403],
    [(host) => `ftp://${host}`, 403],
    [(host) => host, 403],
  ])('%s → %d', async (origin, status) => {
    const { url } = await startQuiet()
    const value = origin(new URL(url).host)
    const answer = await askRaw(url, { target: REGIONS, headers: [`Origin: ${value}`] })
    expect(answer.status).toBe(status)
    if (status === 403) expect(ourErrorOf(answer).reason).toBe('ORIGIN_NOT_ALLOWED')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('of a page that rebound its name does not help', async () => {
    const { url } = await startQuiet()
    const { port } = new URL(url)
    const headers = [
      `Host: evil.example:${port}`,
      `Origin: http://evil.example:${port}`,
      'Sec-Fetch-Site: same-origin',
    ]
    expect(ourErrorOf(await askRaw(url, { target: REGIONS, headers })).reason).toBe('HOST_NOT_ALLOWED')
  })
})

describe('what browsers say of who asks', () => {
  const fetched = (site: string | undefined, mode: string | undefined, dest?: string) =>
    Object.entries({ Site: site, Mode: mode, Dest: dest }).flatMap(([name, value]) =>
      value === undefined ? [] : [`Sec-Fetch-${name}: ${value}`],
    )
  test.each<[target: string, headers: string[], status: number]>([
    [REGIONS, fetched('same-origin', 'cors', 'empty'), 200],
    [REGIONS, fetched('none', 'navigate', 'document'), 200],
    [REGIONS, fetched('same-site', 'cors', 'empty'), 403],
    [REGIONS, fetched('cross-site', 'cors', 'empty'), 403],
    [REGIONS, fetched('cross-site', 'navigate', 'document'), 403],
    [REGIONS, fetched('cross-site', 'no-cors', 'image'), 403],
    [REGIONS, fetched('same-origin', 'no-cors', 'image'), 403],
    [REGIONS, fetched(undefined, 'no-cors'), 403],
    [REGIONS, fetched('', 'cors'), 403],
    [REGIONS, fetched('nonsense', 'cors'), 403],
    ['/', fetched('cross-site', 'navigate', 'document'), 200],
    ['/', fetched('same-site', 'navigate', 'document'), 200],
    ['/', fetched('none', 'navigate', 'document'), 200],
    ['/', fetched('cross-site', 'navigate', 'iframe'), 403],
    ['/', fetched('cross-site', 'cors', 'empty'), 403],
    ['/welcome.css', fetched('same-origin', 'no-cors', 'style'), 200],
    ['/welcome.css', fetched('cross-site', 'no-cors', 'style'), 403],
    ['/livez', fetched('cross-site', 'no-cors', 'image'), 403],
  ])('%s with %j → %d', async (target, headers, status) => {
    const { url } = await startQuiet()
    const answer = await askRaw(url, { target, headers })
    expect(answer.status).toBe(status)
    if (status === 403) expect(ourErrorOf(answer).reason).toBe('ORIGIN_NOT_ALLOWED')
  })

  test('a form of another site cannot write', async () => {
    const { double, url } = await startBoth()
    const answer = await askRaw(url, {
      method: 'POST',
      target: '/api/instances',
      headers: ['Origin: null', 'Content-Type: text/plain', ...fetched('cross-site', 'navigate', 'document')],
      body: JSON.stringify(keyHeaders),
    })
    expect(answer.status).toBe(403)
    expect(double.requests).toEqual([])
  })
})

describe('sites that the settings allow', () => {
  const SITE = 'https://console.example:8443'
  const env = { HCA_ALLOWED_ORIGINS: `${SITE}, https://other.example` }

  test('are told so', async () => {
    const { url } = await startQuiet(env)
    const { status, headers } = await askRaw(url, {
      target: REGIONS,
      headers: [`Origin: ${SITE}`, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: cors'],
    })
    expect(status).toBe(200)
    expect(headers.get('access-control-allow-origin')).toBe(SITE)
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('access-control-expose-headers')).toContain('X-Request-Id')
    expect(headers.get('vary')).toContain('Origin')
  })

  test('may read errors too', async () => {
    const { url } = await startQuiet(env)
    const answer = await askRaw(url, { target: '/api/images', headers: [`Origin: ${SITE}`] })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('access-control-allow-origin')).toBe(SITE)
  })

  test.each(['/api/instances', '/api/instances/start', '/api/nothing'])(
    'may ask before they ask %s',
    async (target) => {
      const { url } = await startQuiet(env)
      const { status, headers, text } = await askRaw(url, {
        method: 'OPTIONS',
        target,
        headers: [
          `Origin: ${SITE}`,
          'Access-Control-Request-Method: PUT',
          'Access-Control-Request-Headers: x-access-key,content-type',
          'Sec-Fetch-Site: cross-site',
          'Sec-Fetch-Mode: cors',
        ],
      })
      expect([status, text]).toEqual([204, ''])
      expect(headers.get('access-control-allow-origin')).toBe(SITE)
      for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
        expect(headers.get('access-control-allow-methods')).toContain(method)
      for (const name of [
        'X-Access-Key',
        'X-Secret-Key',
        'X-Security-Token',
        'Content-Type',
        'Idempotency-Key',
      ])
        expect(headers.get('access-control-allow-headers')).toContain(name)
    },
  )

  test.each(['https://evil.example', 'http://console.example:8443', 'https://console.example', 'null'])(
    'are not %s',
    async (origin) => {
      const { url } = await startQuiet(env)
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await askRaw(url, {
          method,
          target: REGIONS,
          headers: [`Origin: ${origin}`, 'Access-Control-Request-Method: GET'],
        })
        expect(answer.status).toBe(403)
        expect(answer.headers.get('access-control-allow-origin')).toBeNull()
        expect(answer.headers.get('access-control-allow-methods')).toBeNull()
      }
    },
  )
})

describe('what is no request at all', () => {
  const { host } = { host: 'Host: x' }
  test.each<[name: string, bytes: string | Buffer, status: number, reason: string]>([
    ['a TLS greeting', Buffer.from('160301020001000001fc0303', 'hex'), 400, 'MALFORMED_HTTP'],
    ['the beginning of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'MALFORMED_HTTP'],
    ['an unknown method', `FOO / HTTP/1.1\r\n${host}\r\n\r\n`, 400, 'MALFORMED_HTTP'],
    ['an unknown version', `GET / HTTP/3.0\r\n${host}\r\n\r\n`, 400, 'MALFORMED_HTTP'],
    [
      'two lengths',
      `PUT / HTTP/1.1\r\n${host}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n`,
      400,
      'MALFORMED_HTTP',
    ],
    ['a length below zero', `PUT / HTTP/1.1\r\n${host}\r\nContent-Length: -1\r\n\r\n`, 400, 'MALFORMED_HTTP'],
    [
      'a length and chunks',
      `PUT / HTTP/1.1\r\n${host}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      400,
      'MALFORMED_HTTP',
    ],
    [
      'an unknown transfer',
      `PUT / HTTP/1.1\r\n${host}\r\nTransfer-Encoding: xchunked\r\n\r\n`,
      400,
      'MALFORMED_HTTP',
    ],
    ['a space before the colon', `GET / HTTP/1.1\r\nHost : x\r\n\r\n`, 400, 'MALFORMED_HTTP'],
    ['a folded line', `GET / HTTP/1.1\r\n${host}\r\nX-A: a\r\n b\r\n\r\n`, 400, 'MALFORMED_HTTP'],
    ['a control sign in a header', `GET / HTTP/1.1\r\n${host}\r\nX-A: a\x01\r\n\r\n`, 400, 'MALFORMED_HTTP'],
    [
      'a header too long',
      `GET / HTTP/1.1\r\n${host}\r\nX-A: ${'a'.repeat(17_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
  ])('%s is answered in our envelope, then the connection ends', async (_, bytes, status, reason) => {
    const { url } = await startQuiet()
    const answer = await exchangeRaw(url, bytes)
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([status, reason])
    expect(answer.headers.get('connection')).toBe('close')
  })

  test('does not disturb an answer that is under way', async () => {
    const { url } = await startBefore((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(`{"a":"${'x'.repeat(600_000)}`) // and goes on for ever
    })
    const lines = Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`)
    const bytes = [
      'GET /api/images?regionId=cn-south-1&projectId=p-1 HTTP/1.1',
      `Host: ${new URL(url).host}`,
      ...lines,
      '\r\n',
    ].join('\r\n')
    const { hostname, port } = new URL(url)
    const socket = connect({ host: hostname, port: Number(port) })
    onTestFinished(() => void socket.destroy())
    let text = ''
    await new Promise<void>((resolve) => {
      socket.on('close', () => resolve())
      socket.on('error', () => {})
      socket.on('data', (chunk) => {
        if (text === '') socket.write('garbage\r\n\r\n')
        text += chunk
      })
      socket.write(bytes)
    })
    expect(text.startsWith('HTTP/1.1 200')).toBe(true)
    expect(text).not.toContain('MALFORMED_HTTP')
  })
})

test('several requests on one connection are answered in order', async () => {
  const { url } = await startQuiet()
  const { host } = new URL(url)
  const request = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`
  const text = await bytesAnswered(
    url,
    request('/livez') + request('/api/nothing') + request('/readyz', 'Connection: close\r\n'),
  )
  const found = ['"ok"', 'ROUTE_NOT_FOUND', '"ready"'].map((sign) => text.indexOf(sign))
  expect(found.every((at) => at > 0)).toBe(true)
  expect(found).toEqual(found.toSorted((a, b) => a - b))
})

test('every answer says who may keep it and what it is', async () => {
  const { url } = await startQuiet()
  for (const target of [REGIONS, '/api/images', '/nothing', '/%zz', '/']) {
    const { headers } = await askRaw(url, { target })
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('server')).toBeNull()
  }
})

test('one line a request is logged, whatever became of it', async () => {
  const { url, log, logged } = await startQuiet()
  const cases: [target: string, headers: string[], wanted: object][] = [
    ['/livez', [], { route: '/livez', status: 200 }],
    ['/nothing/SECRETPATH', [], { route: 'none', status: 404, reason: 'ROUTE_NOT_FOUND' }],
    [REGIONS, ['Host: evil.example'], { route: REGIONS, status: 403, reason: 'HOST_NOT_ALLOWED' }],
    ['/api/images?regionId=%zz', [], { route: '/api/images', status: 400, reason: 'MALFORMED_URL' }],
    ['/%zz?SECRETPATH', [], { route: 'none', status: 400, reason: 'MALFORMED_URL' }],
  ]
  for (const [target, headers] of cases) await askRaw(url, { target, headers })
  await logged(cases.length + 1)
  // Beside them stands one about who was refused at the door.
  const requests = log.filter(({ msg }) => msg !== 'refused')
  expect(log).toHaveLength(cases.length + 1)
  expect(requests).toMatchObject(cases.map(([, , wanted]) => ({ method: 'GET', ...wanted })))
  expect(JSON.stringify(log)).not.toContain('SECRETPATH')
})

describe('pages', () => {
  test('are strict about what they load', async () => {
    const { url } = await startQuiet()
    const { headers, text } = await askRaw(url, { target: '/', headers: ['Accept: text/html'] })
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(text).not.toMatch(/<script|https?:\/\/(?!127)/)
  })

  test.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-US,zh;q=0.5', 'en'],
    ['fr', 'en'],
  ])('speak the language of %s', async (accepted, language) => {
    const { url } = await startQuiet()
    const { headers } = await askRaw(url, { target: '/', headers: [`Accept-Language: ${accepted}`] })
    expect(headers.get('content-language')).toBe(language)
  })

  test('have HEAD as they have GET', async () => {
    const { url } = await startQuiet()
    for (const target of ['/', '/livez', '/readyz']) {
      expect(await askRaw(url, { method: 'HEAD', target })).toMatchObject({ status: 200, text: '' })
    }
  })
})

test('a house that is being left says so', async () => {
  const { url, gateway } = await startQuiet()
  gateway.drain()
  const { status, headers } = await askRaw(url, { target: '/readyz' })
  expect(status).toBe(503)
  expect(headers.get('connection')).toBe('close')
  expect((await askRaw(url, { target: '/livez' })).status).toBe(200)
})
