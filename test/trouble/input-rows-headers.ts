import { expect } from 'vitest'
import { sandboxKeys } from '../helpers/examples.ts'
import { startHouse } from '../helpers/house.ts'
import {
  CREATE,
  create,
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
} from './input-row.ts'

const BY_SANDBOX = { start: () => startHouse({ HCA_SANDBOX_PACE: 'at-once' }) }
const sandboxLines = Object.entries(sandboxKeys).map(([name, value]) => `${name}: ${value}`)
const bySandbox = (target: string) => ({ ...BY_SANDBOX, send: raw({ target, headers: sandboxLines }) })
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const REFUSED = { status: 403, word: 'PERMISSION_DENIED', reason: 'ORIGIN_NOT_ALLOWED', event: true } as const
const fetched = (site: string, mode: string, dest = 'empty') => [
  `Sec-Fetch-Site: ${site}`,
  `Sec-Fetch-Mode: ${mode}`,
  `Sec-Fetch-Dest: ${dest}`,
]
const everyMethod = ['GET', 'POST', 'PUT', 'DELETE'] as const
const doors = { GET: '/api/regions', POST: '/api/instances', PUT: START_PATH, DELETE: '/api/vpcs/v-1' }
const asPage = (method: keyof typeof doors, ...headers: string[]) =>
  raw({
    method,
    target: doors[method],
    headers: [...keys, ...headers],
    ...(method === 'POST' || method === 'PUT' ? { body: JSON.stringify(START) } : {}),
  })

/** Queries, what browsers say, and headers. */
export const headerRows: InputRow[] = [
  ...each(
    ['0', '-1', '1000000000', 'abc', ''],
    (limit): InputRow => ({
      id: 'I-100',
      what: `limit=${limit} is Huawei's to judge, as it came`,
      send: images(`&limit=${limit}`),
      expect: {
        status: 200,
        sent: 1,
        more: (_, { double }) => expect(double?.requests.at(-1)?.query.get('limit')).toBe(limit),
      },
    }),
  ),
  ...each(
    ['-1', 'abc'],
    (limit): InputRow => ({
      id: 'I-100',
      what: `limit=${limit} is refused by the sandbox, as Huawei does`,
      ...bySandbox(`/api/images?regionId=cn-south-1&limit=${limit}`),
      expect: { status: 400 },
    }),
  ),
  ...each(
    ['marker', 'name'],
    (name): InputRow => ({
      id: 'I-101',
      what: `a ${name} of 10 kB`,
      send: images(`&${name}=${'x'.repeat(10_000)}`),
      expect: { status: 414, reason: 'URI_TOO_LONG' },
    }),
  ),
  {
    id: 'I-101',
    what: 'a name that is a slow pattern elsewhere is sent as it is',
    send: images(`&name=${encodeURIComponent('(a+)+$')}`),
    expect: {
      status: 200,
      sent: 1,
      more: (_, { double }) => expect(double?.requests.at(-1)?.query.get('name')).toBe('(a+)+$'),
    },
  },
  {
    id: 'I-102',
    what: 'an unknown parameter of a list passes on',
    send: images('&colour=red'),
    expect: {
      status: 200,
      sent: 1,
      more: (_, { double }) => expect(double?.requests.at(-1)?.query.get('colour')).toBe('red'),
    },
  },
  {
    id: 'I-102',
    what: 'an unknown parameter elsewhere, by name only',
    send: get('/api/regions?colour=PLANTED'),
    expect: {
      status: 400,
      reason: 'INVALID_ARGUMENT',
      fields: ['colour'],
      more: ({ text }) => expect(text).not.toContain('PLANTED'),
    },
  },
  {
    id: 'I-102',
    what: '10,000 parameters',
    send: images('&a=1'.repeat(10_000)),
    expect: { status: 414, reason: 'URI_TOO_LONG' },
  },
  ...each(
    everyMethod,
    (method): InputRow => ({
      id: 'I-103',
      what: `${method} of a page at https://evil.example`,
      send: asPage(method, 'Origin: https://evil.example', JSON_LINE),
      expect: REFUSED,
    }),
  ),
  ...each(
    ['null', 'http://127.0.0.1:1', 'https://OWN', 'http://127.0.0.1', 'http://OWN/', 'OWN', ''],
    (origin): InputRow => ({
      id: 'I-104',
      what: `Origin: ${origin}`,
      send: (house) => get(doors.GET, `Origin: ${origin.replace('OWN', new URL(house.url).host)}`)(house),
      expect: REFUSED,
    }),
  ),
  ...everyMethod.flatMap((method) =>
    each(
      ['cross-site', 'same-site'],
      (site): InputRow => ({
        id: 'I-105',
        what: `${method} with Sec-Fetch-Site: ${site}: ORIGIN_NOT_ALLOWED`,
        send: asPage(method, ...fetched(site, 'cors')),
        expect: REFUSED,
      }),
    ),
  ),
  ...each(
    [fetched('same-origin', 'no-cors', 'image'), fetched('none', 'no-cors'), ['Sec-Fetch-Mode: no-cors']],
    (lines): InputRow => ({
      id: 'I-106',
      what: `${lines.length} headers with Sec-Fetch-Mode: no-cors (${lines[0]})`,
      send: asPage('GET', ...lines),
      expect: REFUSED,
    }),
  ),
  {
    id: 'I-107',
    what: 'a name that was bound to us anew',
    send: (house) => {
      const { port } = new URL(house.url)
      return raw({
        target: doors.GET,
        headers: [
          `Host: evil.example:${port}`,
          `Origin: http://evil.example:${port}`,
          ...fetched('same-origin', 'cors'),
        ],
      })(house)
    },
    expect: { status: 403, reason: 'HOST_NOT_ALLOWED', event: true },
  },
  {
    id: 'I-108',
    what: 'X-HTTP-Method-Override: DELETE on a GET is ignored',
    send: images('', 'X-HTTP-Method-Override: DELETE', 'X-HTTP-Method: DELETE', 'X-Method-Override: DELETE'),
    expect: {
      status: 200,
      sent: 1,
      more: (_, { double }) => expect(double?.requests.at(-1)?.method).toBe('GET'),
    },
  },
  {
    id: 'I-109',
    what: "a caller's request id is dropped",
    send: images('', 'X-Request-Id: PLANTED-ID', 'Request-Id: PLANTED-ID', 'X-Correlation-Id: PLANTED-ID'),
    expect: {
      status: 200,
      sent: 1,
      more: ({ headers }, { double, log }) => {
        expect(headers.get('x-request-id')).toMatch(UUID)
        expect(JSON.stringify([double?.requests, log])).not.toContain('PLANTED-ID')
      },
    },
  },
  {
    id: 'I-109',
    what: 'a request id with ANSI codes',
    send: images('', 'X-Request-Id: \x1b[31mred'),
    expect: { status: 400, reason: 'MALFORMED_HTTP', closes: true, event: true },
  },
  {
    id: 'I-109',
    what: 'a request id of 200 kB',
    send: images('', `X-Request-Id: ${'x'.repeat(200_000)}`),
    expect: { status: 431, reason: 'HEADERS_TOO_LARGE', closes: true },
  },
  {
    id: 'I-110',
    what: 'X-Forwarded-* change no link and are not in the log',
    send: raw({
      target: '/',
      headers: [
        'X-Forwarded-For: 203.0.113.9',
        'X-Forwarded-Host: evil.example',
        'X-Forwarded-Proto: https',
        'Forwarded: for=203.0.113.9;host=evil.example',
      ],
    }),
    expect: {
      status: 200,
      more: ({ text }, { log, url }) => {
        expect(text).toContain(url)
        expect(text + JSON.stringify(log)).not.toMatch(/evil\.example|203\.0\.113\.9|https:\/\/127/)
      },
    },
  },
  {
    id: 'I-110',
    what: 'a refusal is noted under the address it came from',
    send: raw({ target: '/', headers: ['Host: evil.example', 'X-Forwarded-For: 203.0.113.9'] }),
    expect: { status: 403, reason: 'HOST_NOT_ALLOWED', event: true },
  },
  {
    id: 'I-111',
    what: 'Connection: X-Secret-Key, close: keys are read, and nothing is passed on',
    send: images('', 'Connection: X-Secret-Key, close'),
    expect: {
      status: 200,
      sent: 1,
      more: (_, { double }) => {
        const { headers } = double?.requests.at(-1) ?? {}
        expect(headers?.connection ?? '').not.toContain('ecret')
        expect(headers?.['x-secret-key']).toBeUndefined()
      },
    },
  },
  {
    id: 'I-112',
    what: 'the headers __proto__ and x_access_key are ignored',
    send: images(
      '',
      '__proto__: x',
      'constructor: x',
      'x_access_key: AKOTHER0000000000001',
      'X_Secret_Key: y',
    ),
    expect: { status: 200, sent: 1 },
  },
  {
    id: 'I-112',
    what: 'the header x_access_key is no key',
    send: raw({
      target: '/api/images?regionId=cn-south-1',
      headers: keys.map((line) => line.replaceAll('-', '_')),
    }),
    expect: { status: 401, reason: 'CREDENTIALS_MISSING' },
  },
  {
    id: 'I-113',
    what: 'an Idempotency-Key that is no UUID is hashed to one',
    send: create(CREATE, 'Idempotency-Key: order 66'.replace(' 66', '-66')),
    expect: {
      status: 200,
      sent: 1,
      more: ({ headers }, { double }) => {
        expect(headers.get('x-client-token')).toMatch(UUID)
        expect(double?.requests.at(-1)?.headers['x-client-token']).toBe(headers.get('x-client-token'))
      },
    },
  },
  ...each(
    ['', 'a b', 'k'.repeat(256), 'ключ'],
    (key): InputRow => ({
      id: 'I-113',
      what: `the Idempotency-Key ${named(key)}`,
      send: create(CREATE, `Idempotency-Key: ${key}`),
      expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['Idempotency-Key'] },
    }),
  ),
  ...each(
    [
      ['I-114', 'Ecs.0122', 'another body'],
      ['I-117', 'Ecs.0124', 'eight hours later'],
    ] as const,
    ([id, code, what]): InputRow => ({
      id,
      what: `the same key with ${what}: Huawei's ${code}`,
      send(house) {
        house.double?.answer('POST /v1.1', {
          status: 400,
          body: `{"error":{"code":"${code}","message":"no"}}`,
        })
        return create(CREATE, 'Idempotency-Key: same')(house)
      },
      expect: { status: 400, reason: code, sent: 1 },
    }),
  ),
  ...each(
    ['at once', 'after the end'],
    (when): InputRow => ({
      id: when === 'at once' ? 'I-115' : 'I-116',
      what: `the same key twice, ${when}: both carry one token, by which Huawei creates once`,
      async send(house) {
        const send = create(CREATE, 'Idempotency-Key: same')
        const first = send(house)
        if (when !== 'at once') await first
        const [, second] = await Promise.all([first, send(house)])
        return second
      },
      expect: {
        status: 200,
        sent: 2,
        more: (_, { double }) => {
          const tokens = double?.requests.map(({ headers }) => headers['x-client-token']).filter(Boolean)
          expect(tokens).toHaveLength(2)
          expect(new Set(tokens).size).toBe(1)
        },
      },
    }),
  ),
  ...each(
    ['0', '-5', 'abc', '1e9', '', 'Infinity', '0x10'],
    (seconds): InputRow => ({
      id: 'I-118',
      what: `X-Request-Timeout: ${seconds}`,
      send: images('', `X-Request-Timeout: ${seconds}`),
      expect: { status: 400, reason: 'INVALID_ARGUMENT', fields: ['X-Request-Timeout'] },
    }),
  ),
  {
    id: 'I-118',
    what: "X-Request-Timeout above the server's own is no fault",
    send: images('', 'X-Request-Timeout: 999999'),
    expect: { status: 200, sent: 1 },
  },
]
