import { expect } from 'vitest'
import {
  bytes,
  each,
  get,
  type InputRow,
  images,
  JSON_LINE,
  keys,
  lines,
  raw,
  START,
  START_PATH,
  several,
} from './input-row.ts'

const REGIONS = '/api/regions'
const MALFORMED = { status: 400, reason: 'MALFORMED_HTTP', closes: true, event: true } as const
const head = (host: string, ...more: string[]) => [`GET ${REGIONS} HTTP/1.1`, `Host: ${host}`, ...more]
const put = (host: string, ...more: string[]) => [
  `PUT ${START_PATH} HTTP/1.1`,
  `Host: ${host}`,
  JSON_LINE,
  ...more,
]
const withBody = (body: string, ...more: string[]) =>
  bytes((host) => `${put(host, ...more).join('\r\n')}\r\n\r\n${body}`)
const CHUNKED = 'Transfer-Encoding: chunked'
const CLOSE = 'Connection: close'

/** What is no HTTP, or HTTP that says two things at once. */
export const httpRows: InputRow[] = [
  {
    id: 'I-01',
    what: 'a TLS greeting on the HTTP port',
    send: bytes(() => Buffer.from('160301020001000001fc0303', 'hex')),
    expect: MALFORMED,
  },
  {
    id: 'I-01',
    what: 'bytes at random',
    send: bytes(() => Buffer.from([1, 2, 3, 250, 251, 13, 10, 13, 10])),
    expect: MALFORMED,
  },
  {
    id: 'I-02',
    what: 'the preface of HTTP/2',
    send: bytes(() => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    expect: MALFORMED,
  },
  {
    id: 'I-02',
    what: 'a request that says HTTP/2.0',
    send: lines((host) => [`GET ${REGIONS} HTTP/2.0`, `Host: ${host}`]),
    expect: MALFORMED,
  },
  {
    id: 'I-03',
    what: 'a request line without version',
    send: lines(() => [`GET ${REGIONS}`]),
    expect: { status: 400, reason: 'MISSING_HOST', closes: true },
  },
  {
    id: 'I-04',
    what: 'HTTP/1.0 without Host',
    send: lines(() => [`GET ${REGIONS} HTTP/1.0`]),
    expect: { status: 400, reason: 'MISSING_HOST', closes: true },
  },
  {
    id: 'I-05',
    what: 'HTTP/1.1 without Host',
    send: lines(() => [`GET ${REGIONS} HTTP/1.1`]),
    expect: { status: 400, reason: 'MISSING_HOST', closes: true },
  },
  ...each(
    ['evil.example', undefined],
    (other): InputRow => ({
      id: 'I-06',
      what: `two Host headers, ${other ? 'different' : 'equal'}: INVALID_HOST`,
      send: lines((host) => head(host, `Host: ${other ?? host}`)),
      expect: { status: 400, reason: 'INVALID_HOST', closes: true, event: true },
    }),
  ),
  ...each(
    [
      'evil.example',
      'localhost.evil.example:PORT',
      '127.0.0.1.nip.io:PORT',
      '127.0.0.1:1',
      '127.0.0.1',
      'localhost',
    ],
    (host): InputRow => ({
      id: 'I-07',
      what: `Host ${host}`,
      send: lines((own) => head(host.replace('PORT', own.split(':')[1] ?? ''), CLOSE)),
      expect: { status: 403, word: 'PERMISSION_DENIED', reason: 'HOST_NOT_ALLOWED', event: true },
    }),
  ),
  ...each(
    ['a b<script>', '', 'user@127.0.0.1', 'h'.repeat(5_000)],
    (host): InputRow => ({
      id: 'I-08',
      what: `Host ${JSON.stringify(host.slice(0, 20))} of ${host.length} characters`,
      send: lines(() => head(host)),
      expect: { status: 400, reason: 'INVALID_HOST', closes: true, event: true },
    }),
  ),
  ...each(
    ['LOCALHOST', 'localhost.', '[::1]'],
    (name): InputRow => ({
      id: 'I-09',
      what: `Host ${name} with our port is ours`,
      send: lines((host) => head(`${name}:${host.split(':')[1]}`, CLOSE)),
      expect: { status: 200 },
    }),
  ),
  ...each(
    ['127.1', '0.0.0.0', '2130706433', '[::ffff:127.0.0.1]', '[::]'],
    (name): InputRow => ({
      id: 'I-09',
      what: `Host ${name} with our port is foreign`,
      send: lines((host) => head(`${name}:${host.split(':')[1]}`, CLOSE)),
      expect: { status: 403, reason: 'HOST_NOT_ALLOWED', event: true },
    }),
  ),
  ...each(
    ['http://evil.example', 'https://evil.example', 'http://user@OWN'],
    (origin): InputRow => ({
      id: 'I-10',
      what: `a target in absolute form at ${origin}`,
      send: lines((host) => [`GET ${origin.replace('OWN', host)}${REGIONS} HTTP/1.1`, `Host: ${host}`]),
      expect: { status: 400, reason: 'TARGET_HOST_MISMATCH', closes: true, event: true },
    }),
  ),
  ...each(
    ['evil.example:443', '127.0.0.1:22', REGIONS],
    (target): InputRow => ({
      id: 'I-11',
      what: `CONNECT ${target}`,
      send: lines((host) => [`CONNECT ${target} HTTP/1.1`, `Host: ${host}`]),
      expect: {
        status: 405,
        word: 'UNIMPLEMENTED',
        reason: 'METHOD_NOT_ALLOWED',
        closes: true,
        more: ({ headers }) => expect(headers.get('allow')).toContain('GET'),
      },
    }),
  ),
  ...each(
    [
      ['TRACE', REGIONS, 'GET'],
      ['TRACE', '/', 'GET'],
      ['TRACE', '/api/instances', 'GET, POST'],
      ['TRACE', '/api/raw/ecs/v1/x', 'GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE'],
      ['DELETE', '/api/images', 'GET, POST'],
      ['PATCH', '/api/instances/ins-1', 'GET, PUT'],
      ['POST', START_PATH, 'PUT'],
      ['QUERY', REGIONS, 'GET'],
    ] as const,
    ([method, target, allow]): InputRow => ({
      id: 'I-12',
      what: `${method} ${target}`,
      send: raw({ method, target }),
      expect: {
        status: 405,
        word: 'UNIMPLEMENTED',
        reason: 'METHOD_NOT_ALLOWED',
        more: ({ headers }) => expect(headers.get('allow')).toBe(allow),
      },
    }),
  ),
  {
    id: 'I-13',
    what: 'the method FOO',
    send: lines((host) => [`FOO ${REGIONS} HTTP/1.1`, `Host: ${host}`]),
    expect: MALFORMED,
  },
  {
    id: 'I-14',
    what: 'a preflight of a foreign origin',
    send: raw({
      method: 'OPTIONS',
      target: '/api/instances',
      headers: [
        'Origin: https://evil.example',
        'Access-Control-Request-Method: PUT',
        'Sec-Fetch-Site: cross-site',
      ],
    }),
    expect: {
      status: 403,
      reason: 'ORIGIN_NOT_ALLOWED',
      event: true,
      more: ({ headers }) =>
        expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]),
    },
  },
  {
    id: 'I-15',
    what: 'a length and chunks',
    send: withBody('0\r\n\r\n', 'Content-Length: 5', CHUNKED),
    expect: MALFORMED,
  },
  {
    id: 'I-15',
    what: 'chunks and a length',
    send: withBody('0\r\n\r\n', CHUNKED, 'Content-Length: 5'),
    expect: MALFORMED,
  },
  {
    id: 'I-15',
    what: 'chunks in HTTP/1.0',
    send: bytes((host) => `PUT ${START_PATH} HTTP/1.0\r\nHost: ${host}\r\n${CHUNKED}\r\n\r\n0\r\n\r\n`),
    expect: MALFORMED,
  },
  ...each(
    [5, 6],
    (second): InputRow => ({
      id: 'I-16',
      what: `two lengths, 5 and ${second}`,
      send: withBody('hello', 'Content-Length: 5', `Content-Length: ${second}`),
      expect: MALFORMED,
    }),
  ),
  ...each(
    ['xchunked', 'chunked, identity', 'identity', 'gzip, chunked', 'chunked, chunked'],
    (coding): InputRow => ({
      id: 'I-17',
      what: `Transfer-Encoding: ${coding}`,
      send: withBody('0\r\n\r\n', `Transfer-Encoding: ${coding}`),
      expect: MALFORMED,
    }),
  ),
  ...each(
    ['-1', '0x10', '+5', '5, 5', '18446744073709551616', '5 5', ''],
    (length): InputRow => ({
      id: 'I-18',
      what: `Content-Length: ${length}`,
      send: withBody('hello', `Content-Length: ${length}`),
      expect: MALFORMED,
    }),
  ),
  {
    id: 'I-18',
    what: 'a Content-Length of 2^64 - 1, which is a number: too large',
    send: withBody('', ...keys, 'Content-Length: 18446744073709551615'),
    expect: { status: 413, reason: 'BODY_TOO_LARGE', closes: true },
  },
  {
    id: 'I-19',
    what: 'bare line feeds',
    send: bytes((host) => `GET ${REGIONS} HTTP/1.1\nHost: ${host}\n\n`),
    expect: MALFORMED,
  },
  {
    id: 'I-19',
    what: 'one bare line feed',
    send: bytes((host) => `GET ${REGIONS} HTTP/1.1\r\nHost: ${host}\n\r\n`),
    expect: MALFORMED,
  },
  {
    id: 'I-20',
    what: 'a folded header line',
    send: lines((host) => head(host, 'X-A: a', ' b')),
    expect: MALFORMED,
  },
  {
    id: 'I-21',
    what: 'a space before the colon',
    send: lines((host) => head(host, 'X-A : a')),
    expect: MALFORMED,
  },
  ...each(
    ['\x00', '\x01', '\x0b', '\x1b', '\x7f', '\r'],
    (sign): InputRow => ({
      id: 'I-22',
      what: `the control character ${JSON.stringify(sign)} in a header`,
      send: lines((host) => head(host, `X-A: a${sign}b`)),
      expect: MALFORMED,
    }),
  ),
  {
    id: 'I-23',
    what: 'a chunk extension of 20 kB',
    send: withBody(`5;${'x'.repeat(20_000)}\r\nhello\r\n0\r\n\r\n`, CHUNKED),
    expect: MALFORMED,
  },
  ...each(
    [1, 10],
    (pieces): InputRow => ({
      id: 'I-24',
      what: `20 kB of headers, in ${pieces}`,
      send: lines((host) =>
        head(host, ...Array.from({ length: pieces }, (_, n) => `X-${n}: ${'x'.repeat(20_000 / pieces)}`)),
      ),
      expect: { status: 431, reason: 'HEADERS_TOO_LARGE', closes: true, event: true },
    }),
  ),
  {
    id: 'I-24',
    what: '20 kB of trailers',
    send: withBody(`2\r\n{}\r\n0\r\nX-A: ${'x'.repeat(20_000)}\r\n\r\n`, ...keys, CHUNKED),
    expect: { status: 431, reason: 'HEADERS_TOO_LARGE', closes: true },
  },
  ...each(
    [99, 1_200, 2_500],
    (count): InputRow => ({
      id: 'I-25',
      what: `${count + 2} short headers`,
      send: lines((host) => head(host, CLOSE, ...Array.from({ length: count }, (_, n) => `x${n}:`))),
      expect: { status: 431, reason: 'HEADERS_TOO_LARGE' },
    }),
  ),
  {
    id: 'I-25',
    what: '100 short headers are taken',
    send: lines((host) => head(host, CLOSE, ...Array.from({ length: 98 }, (_, n) => `x${n}:`))),
    expect: { status: 200 },
  },
  ...each(
    [9_000, 20_000, 200_000],
    (length): InputRow => ({
      id: 'I-26',
      what: `a URL of ${length} characters`,
      send: images(`&name=${'x'.repeat(length)}`),
      expect: { status: 414, reason: 'URI_TOO_LONG' },
    }),
  ),
  {
    id: 'I-33',
    what: 'Expect: foo',
    send: withBody('{}', 'Expect: foo', 'Content-Length: 2'),
    expect: { status: 417, word: 'INVALID_ARGUMENT', reason: 'EXPECTATION_FAILED', closes: true },
  },
  ...each(
    [`PUT ${START_PATH}`, `POST /api/raw/ecs/v1/x?${'regionId=cn-north-4'}`],
    (line): InputRow => ({
      id: 'I-34',
      what: `Expect: 100-continue before 20 MB: ${line}`,
      send: lines((host) => [
        `${line} HTTP/1.1`,
        `Host: ${host}`,
        ...keys,
        JSON_LINE,
        'Expect: 100-continue',
        'Content-Length: 20000000',
      ]),
      expect: { status: 413, reason: 'BODY_TOO_LARGE', closes: true },
    }),
  ),
  {
    id: 'I-34',
    what: 'Expect: 100-continue without keys that are good is not told to go on',
    send: lines(() => [
      'POST /api/raw/ecs/v1/x?regionId=cn-north-4 HTTP/1.1',
      'Host: evil.example',
      'Expect: 100-continue',
      'Content-Length: 5',
      CLOSE,
    ]),
    expect: { status: 403, reason: 'HOST_NOT_ALLOWED', event: true },
  },
  ...each(
    ['websocket', 'TLS/1.0', 'h2c, websocket'],
    (protocol): InputRow => ({
      id: 'I-35',
      what: `Upgrade: ${protocol}`,
      send: lines((host) => head(host, 'Connection: Upgrade', `Upgrade: ${protocol}`)),
      expect: { status: 400, reason: 'UPGRADE_NOT_SUPPORTED', closes: true },
    }),
  ),
  {
    id: 'I-35',
    what: 'Upgrade: h2c, which Java offers with every first request, is left unheard',
    send: get(
      REGIONS,
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
    ),
    expect: { status: 200 },
  },
  ...each(
    [
      ['Content-Length: 2', '{}'],
      [CHUNKED, '2\r\n{}\r\n0\r\n\r\n'],
    ] as const,
    ([line, body]): InputRow => ({
      id: 'I-97',
      what: `a GET and a DELETE with a body (${line})`,
      async send(house) {
        await raw({
          method: 'DELETE',
          target: `/api/vpcs/v-1?regionId=cn-south-1`,
          headers: [...keys, line],
          body,
        })(house)
        return raw({ target: '/api/images?regionId=cn-south-1', headers: [...keys, line], body })(house)
      },
      expect: { status: 400, reason: 'BODY_NOT_ALLOWED' },
    }),
  ),
  {
    id: 'I-97',
    what: 'a body of a GET is not taken for the next request',
    send: several((host) => {
      const inner = `GET /livez HTTP/1.1\r\nHost: ${host}\r\n\r\n`
      return `${head(host, `Content-Length: ${inner.length}`).join('\r\n')}\r\n\r\n${inner}${[`GET /nothing HTTP/1.1`, `Host: ${host}`, CLOSE].join('\r\n')}\r\n\r\n`
    }),
    expect: {
      status: 400,
      more: ({ text }) => {
        expect(text).toContain('BODY_NOT_ALLOWED')
        expect(text).toContain('ROUTE_NOT_FOUND')
        expect(text).not.toContain('"ok"')
      },
    },
  },
  {
    id: 'I-36',
    what: 'three requests at once are answered in order',
    send: several((host) =>
      ['/livez', '/nothing', '/readyz']
        .map((path, n) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${n === 2 ? `${CLOSE}\r\n` : ''}\r\n`)
        .join(''),
    ),
    expect: {
      more: ({ text }) => {
        const found = ['"ok"', 'ROUTE_NOT_FOUND', '"ready"'].map((sign) => text.indexOf(sign))
        expect(found.every((at) => at >= 0)).toBe(true)
        expect(found).toEqual(found.toSorted((a, b) => a - b))
      },
    },
  },
  {
    id: 'I-34',
    what: 'a body that waited for 100 Continue is taken',
    send: several(
      (host) =>
        `${put(host, ...keys, CLOSE, 'Expect: 100-continue', `Content-Length: ${JSON.stringify(START).length}`).join('\r\n')}\r\n\r\n${JSON.stringify(START)}`,
    ),
    expect: { status: 100, sent: 1, more: ({ text }) => expect(text).toContain('HTTP/1.1 200 OK') },
  },
]
