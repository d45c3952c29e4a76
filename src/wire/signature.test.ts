import { describe, expect, test } from 'vitest'
import {
  canonicalHeaders,
  canonicalRequest,
  EMPTY_PAYLOAD_HASH,
  type Pair,
  readAuthorization,
  type Signable,
  sha256,
  sign,
  signature,
  signedHeaders,
  stringToSign,
  verify,
} from './signature.ts'

const ACCESS_KEY = 'AKIDEXAMPLE0000000001'
const SECRET_KEY = 'SKsecretEXAMPLEkey00000000000000000000001'
const DATE = '20260101T000000Z'
const PROJECT = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'

const date: Pair = ['X-Sdk-Date', DATE]
const project: Pair = ['X-Project-Id', PROJECT]
const json: Pair = ['content-type', 'application/json']
const host = (name: string): Pair => ['Host', name]
const ecs = host('ecs.cn-north-4.myhuaweicloud.com')
const get = { method: 'GET', query: [], payloadHash: EMPTY_PAYLOAD_HASH } as const

const V1: Signable = {
  ...get,
  path: `/v1/${PROJECT}/cloudservers/detail`,
  query: [
    ['name', '测试 vm*1~x'],
    ['limit', '10'],
    ['offset', '1'],
    ['not-tags', '__type_baremetal'],
    ['server_id', 'b37fd80e-ac67-4d02-b9f1-9891c9c0fabf'],
    ['server_id', '616fb98f-46ca-475e-917e-2563e5a8cd19'],
    ['Zeta', 'a/b+c=d&e'],
  ],
  headers: [project, date, json, ecs],
}

const V2_BODY =
  '{"dry_run":true,"server":{"name":"生产-web-01","flavorRef":"s6.small.1","imageRef":"67f433d8-ed0e-4321-a8a2-a71838539e09","vpcid":"2a6f4aa6-d93e-45f5-a8cb-b030dbf8cd68","nics":[{"subnet_id":"ef039b60-6a14-42d1-963b-687b627fea08"}],"root_volume":{"volumetype":"SSD"},"description":"测试主机 “一号”"}}'

/** Requests the official Node signer signed, with the hash of its canonical request and its signature. */
const vectors: [name: string, request: Signable, canonicalHash: string, names: string, signature: string][] =
  [
    [
      'V1, a list with every kind of query value',
      V1,
      'a610599a60c89ac1a62919654c49ca1549db54ed34f29f49e6fba676fba61932',
      'content-type;host;x-project-id;x-sdk-date',
      'd7cfe8e32f6ff2ae7e10cfb160dd43061882ccd6af00603c079caa46099aa0a5',
    ],
    [
      'V1b, the same without a content type',
      { ...V1, headers: [project, date, ecs] },
      '245b012853a11d079f1591b67829145f04db560102018706f8c3004e96d5a50c',
      'host;x-project-id;x-sdk-date',
      'd8e3ad53d0ec708f63cc74e02bb85418e861c878a845d602b56bc1f48dfab543',
    ],
    [
      'V2, a create with Chinese text in its body',
      {
        method: 'POST',
        path: `/v1.1/${PROJECT}/cloudservers`,
        query: [],
        headers: [project, ['X-Client-Token', '46436810-d999-454c-bd85-e515fd258600'], json, date, ecs],
        payloadHash: sha256(V2_BODY),
      },
      '8dfc57daf5db1f242bdb062558c8e93f33bcde95bbade12dfe25b6d4a5ffa628',
      'content-type;host;x-client-token;x-project-id;x-sdk-date',
      'c177e2f12609b859aad16f511565edc02ac52845d426991831c94fac9bc88bac',
    ],
    [
      'V3, a call with a security token',
      {
        ...get,
        path: `/v1/${PROJECT}/jobs/ff808082739334d80173943ec9b42130`,
        headers: [project, ['X-Security-Token', 'ggpjbi1ub3J0aC00SecurityTokenExample=='], date, ecs],
      },
      '0697068796daeb6dcd1cf3a0332e85d88a351deae09ae202f7b1edbffb8e9046',
      'host;x-project-id;x-sdk-date;x-security-token',
      '7000127d4f4b539216d64bdc8d9813fdb4750e96dc1c98f21b3ac72d2b55392c',
    ],
    [
      'V4, a GET with a body, as the Node SDK looks up projects',
      {
        ...get,
        path: '/v3/projects',
        query: [['name', 'cn-north-4']],
        headers: [json, date, host('iam.myhuaweicloud.com')],
        payloadHash: sha256('{}'),
      },
      '5a5a919c537afe7ad15a6ef8629da4a07b3ca1c951b57ca5837f4f919d3e9adb',
      'content-type;host;x-sdk-date',
      'd2dd1647411724f0569dcf5ca27c29ec3965295f25d4fc9d26ee2ee6c8eca73a',
    ],
    [
      'V5, an upload whose payload is not hashed',
      {
        method: 'PUT',
        path: '/v2/images/bc6bed6e-ba3a-4447-afcc-449174a3eb52/file',
        query: [],
        headers: [
          ['content-type', 'application/octet-stream'],
          ['X-Sdk-Content-Sha256', 'UNSIGNED-PAYLOAD'],
          date,
          host('ims.cn-north-4.myhuaweicloud.com'),
        ],
        payloadHash: 'UNSIGNED-PAYLOAD',
      },
      'f2de2f7ca39bec6c9cc558bd421fef38ab8ed2c4e416c35ccc54bf6db4411b14',
      'content-type;host;x-sdk-content-sha256;x-sdk-date',
      'ae79d5bfafd13ad8b9d881e8be48b8a15580440e63f25024ac56c060b49868c6',
    ],
  ]

describe.each(vectors)('%s', (_, request, canonicalHash, names, signed) => {
  const authorization = `SDK-HMAC-SHA256 Access=${ACCESS_KEY}, SignedHeaders=${names}, Signature=${signed}`

  test('canonical request', () => expect(sha256(canonicalRequest(request))).toBe(canonicalHash))

  test('string to sign', () => {
    const text = stringToSign(canonicalRequest(request), DATE)
    expect(text).toBe(`SDK-HMAC-SHA256\n20260101T000000Z\n${canonicalHash}`)
    expect(signature(SECRET_KEY, text)).toBe(signed)
  })

  test('header', () => expect(sign(request, ACCESS_KEY, SECRET_KEY, DATE)).toBe(authorization))

  test('read and verified', () => {
    const read = readAuthorization(authorization)
    expect(read).toEqual({ accessKey: ACCESS_KEY, signedHeaders: names.split(';'), signature: signed })
    expect(verify(request, SECRET_KEY, DATE, signed)).toBe(true)
  })
})

test('V1 as text', () => {
  expect(canonicalRequest(V1)).toBe(`GET
/v1/0a1b2c3d4e5f60718293a4b5c6d7e8f9/cloudservers/detail/
Zeta=a%2Fb%2Bc%3Dd%26e&limit=10&name=%E6%B5%8B%E8%AF%95%20vm%2A1~x&not-tags=__type_baremetal&offset=1&server_id=616fb98f-46ca-475e-917e-2563e5a8cd19&server_id=b37fd80e-ac67-4d02-b9f1-9891c9c0fabf
content-type:application/json
host:ecs.cn-north-4.myhuaweicloud.com
x-project-id:0a1b2c3d4e5f60718293a4b5c6d7e8f9
x-sdk-date:20260101T000000Z

content-type;host;x-project-id;x-sdk-date
e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`)
})

test('payload hashes: V2 hashes its UTF-8 bytes, no body is not the body {}', () => {
  expect(sha256(V2_BODY)).toBe('2d982ed722bbf8d08990fd33b00d07b97f7a8ed81cb4d3470fca24a6e7ca5684')
  expect(sha256(Buffer.from(V2_BODY))).toBe(sha256(V2_BODY))
  expect(sha256('{}')).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  expect(sha256('')).toBe(EMPTY_PAYLOAD_HASH)
})

describe('V7, where we leave the official Node signer: header values are trimmed', () => {
  const request: Signable = {
    ...get,
    path: '/a',
    headers: [['x-b', '  two  spaces '], ['X-A', '1'], date, host('h.example.com:8443')],
  }
  const untrimmed = canonicalRequest(request).replace('\nx-b:two  spaces\n', '\nx-b:  two  spaces \n')
  const theirs = '13d4aa4d1e1c53cbfb0bb1a3649c399ee8939843ece5bd2b4fc951e54ab528d3'

  test('the untrimmed text gives Huawei’s value', () => {
    expect(sha256(untrimmed)).toBe('1304d733517b31e56f4f9bebaf2297005a22ca0e410c54f373d43ac6f2788f99')
    expect(signature(SECRET_KEY, stringToSign(untrimmed, DATE))).toBe(theirs)
  })

  test('ours trims both ends, keeps the inside and the port, and so verifies what arrives over HTTP', () => {
    expect(canonicalHeaders(request.headers)).toBe(
      `host:h.example.com:8443\nx-a:1\nx-b:two  spaces\nx-sdk-date:${DATE}\n`,
    )
    expect(signedHeaders(request.headers)).toBe('host;x-a;x-b;x-sdk-date')
    expect(verify(request, SECRET_KEY, DATE, theirs)).toBe(false)
  })
})

describe('what must not verify', () => {
  const signed = readAuthorization(sign(V1, ACCESS_KEY, SECRET_KEY, DATE))?.signature ?? ''
  const other = (query: Pair[]) => V1.query.map((pair) => query.find(([name]) => name === pair[0]) ?? pair)
  const refused: [what: string, request: Signable, secretKey?: string, date?: string, signature?: string][] =
    [
      ['limit=11 instead of 10', { ...V1, query: other([['limit', '11']]) }],
      ['a parameter more', { ...V1, query: [...V1.query, ['x', '']] }],
      ['another method', { ...V1, method: 'POST' }],
      ['another path', { ...V1, path: `/v1/${PROJECT}/cloudservers/details` }],
      ['another host', { ...V1, headers: [project, date, json, host('ecs.cn-north-1.myhuaweicloud.com')] }],
      [
        'a security token that was sent but not signed',
        { ...V1, headers: [...V1.headers, ['X-Security-Token', 'token']] },
      ],
      ['a signed header gone', { ...V1, headers: [project, date, ecs] }],
      ['a body', { ...V1, payloadHash: sha256('{}') }],
      ['another secret key', V1, SECRET_KEY.toLowerCase()],
      ['another date', V1, SECRET_KEY, '20260101T001501Z'],
      ['no signature', V1, SECRET_KEY, DATE, ''],
      ['half a signature', V1, SECRET_KEY, DATE, signed.slice(0, 32)],
      ['the signature in upper case', V1, SECRET_KEY, DATE, signed.toUpperCase()],
      ['as many characters, but not ASCII', V1, SECRET_KEY, DATE, 'é'.repeat(64)],
    ]
  test.each(refused)('%s', (_, request, secretKey = SECRET_KEY, date = DATE, given = signed) => {
    expect(verify(V1, SECRET_KEY, DATE, signed)).toBe(true)
    expect(verify(request, secretKey, date, given)).toBe(false)
  })
})

test('method and letter case of header names make no difference', () => {
  const shouted = V1.headers.map(([name, value]): Pair => [name.toUpperCase(), value])
  expect(canonicalRequest({ ...V1, method: 'get', headers: shouted })).toBe(canonicalRequest(V1))
})
