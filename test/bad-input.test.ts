import { describe, expect, test } from 'vitest'
import { CREATE_FIELDS } from './helpers/create-fields.ts'
import {
  askRaw,
  bytesAnswered,
  type Got,
  KEYS,
  ourErrorOf,
  type RawRequest,
  startBoth,
} from './helpers/house.ts'

/** Nothing of these may come back, in any answer, header or log line. */
const PLANTED = {
  secret: KEYS.secretKey,
  token: 'PLANTED-TOKEN-0123456789',
  password: 'Planted-Passw0rd',
  userData: 'PLANTED-USER-DATA',
  other: 'PLANTED-OTHER-0123456789',
}

const keys = [`X-Access-Key: ${KEYS.accessKey}`, `X-Secret-Key: ${KEYS.secretKey}`]
const JSON_LINE = 'Content-Type: application/json'

const get = (target: string, ...headers: string[]): RawRequest => ({ target, headers: [...keys, ...headers] })
const put = (name: string, body: unknown, ...headers: string[]): RawRequest => ({
  method: 'PUT',
  target: `/api/instances/${name}`,
  headers: [...keys, JSON_LINE, ...headers],
  body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
})
const START = { regionId: 'cn-south-1', servers: [{ id: 'ins-1' }] }
const start = (changed: object) => put('start', { ...START, ...changed })
const CREATE = {
  regionId: 'cn-south-1',
  ...CREATE_FIELDS,
  adminPassword: PLANTED.password,
  userData: Buffer.from(PLANTED.userData).toString('base64'),
}
const post = (body: unknown, ...headers: string[]): RawRequest => ({
  ...put('', body, ...headers),
  method: 'POST',
  target: '/api/instances',
})
const create = (changed: object) => post({ ...CREATE, ...changed })
const images = (search: string, ...headers: string[]) =>
  get(`/api/images?regionId=cn-south-1${search}`, ...headers)
const typed = (type: string | undefined, body: string | Buffer = JSON.stringify(START)): RawRequest => ({
  method: 'PUT',
  target: '/api/instances/start',
  headers: [...keys, ...(type === undefined ? [] : [`Content-Type: ${type}`])],
  body,
})
const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`

type Row = [name: string, request: RawRequest, status: number, reason: string, fields?: string[]]

const rows: Row[] = [
  // Regions
  ['no region', get('/api/images'), 400, 'INVALID_ARGUMENT', ['regionId']],
  ['an empty region', get('/api/images?regionId='), 400, 'INVALID_ARGUMENT', ['regionId']],
  ...[
    'evil.example/',
    'x@evil.example',
    'cn-north-4.evil.example#',
    '127.0.0.1:80/',
    '169.254.169.254',
    '__proto__',
    'constructor',
    'toString',
    'CN-NORTH-4',
    ' cn-north-4 ',
    'cn-north-4\r\nHost: evil.example',
    'cn-north-4\0',
    'cn-north-44',
    'x'.repeat(5_000),
    'cn-north-4,',
    'cn-north-4,cn-north-44',
    'cn-north-4,*',
  ].map(
    (region): Row => [
      `region ${JSON.stringify(region.slice(0, 30))}`,
      get(`/api/images?regionId=${encodeURIComponent(region)}`),
      400,
      'UNKNOWN_REGION',
      ['regionId'],
    ],
  ),
  ['all regions where one is needed', start({ regionId: '*' }), 400, 'UNKNOWN_REGION', ['regionId']],
  [
    'a list of regions where one is needed',
    start({ regionId: 'cn-north-4,cn-south-1' }),
    400,
    'UNKNOWN_REGION',
    ['regionId'],
  ],
  ['a region in a body that is a number', start({ regionId: 4 }), 400, 'INVALID_ARGUMENT', ['regionId']],
  [
    'a region in a body that is a list',
    start({ regionId: ['cn-south-1'] }),
    400,
    'INVALID_ARGUMENT',
    ['regionId'],
  ],
  ['regions that disagree in spelling', images('&region=cn-north-4'), 400, 'INVALID_ARGUMENT', ['regionId']],
  [
    'regions that disagree in query and body',
    { ...start({}), target: '/api/instances/start?region=cn-north-4' },
    400,
    'INVALID_ARGUMENT',
    ['regionId'],
  ],
  ['an unknown kind of regions', get('/api/regions?regionType=obs'), 400, 'INVALID_ARGUMENT', ['regionType']],
  [
    'a parameter that regions lack',
    get('/api/regions?regiontype=ecs'),
    400,
    'INVALID_ARGUMENT',
    ['regiontype'],
  ],
  // Projects
  ...[
    '../x',
    'a/b',
    '..',
    '.',
    '%2e%2e',
    'a'.repeat(65),
    '',
    '-a',
    'a b',
    'a\0',
    'a\r\nX-Evil: 1',
    'a?b',
    'a#b',
    'a&b',
    'a;b',
    '１２３',
    '{{yourProjectId}}',
  ].map(
    (project): Row => [
      `project ${JSON.stringify(project.slice(0, 20))}`,
      images(`&projectId=${encodeURIComponent(project)}`),
      400,
      'INVALID_ARGUMENT',
      ['projectId'],
    ],
  ),
  ['a project in a body that is a number', start({ projectId: 1 }), 400, 'INVALID_ARGUMENT', ['projectId']],
  ['projects that disagree', images('&projectId=a&project_id=b'), 400, 'INVALID_ARGUMENT', ['projectId']],
  // Ids of servers
  ...[
    '../x',
    'a/b',
    '..',
    '%2e%2e',
    '..%2f..%2fv3',
    '%252e',
    'a'.repeat(65),
    'a'.repeat(5_000),
    '',
    '_a',
    'a\0',
    'a\r\n',
    'a\n',
    'a?b',
    'а1',
    '{b37fd80e}',
  ].map(
    (id): Row => [
      `id ${JSON.stringify(id.slice(0, 20))}`,
      start({ servers: [{ id: 'ins-1' }, { id }] }),
      400,
      'INVALID_ARGUMENT',
      ['servers[1].id'],
    ],
  ),
  ['an id in plain spelling', start({ servers: ['a/b'] }), 400, 'INVALID_ARGUMENT', ['servers[0].id']],
  ['an id that is a number', start({ servers: [{ id: 1 }] }), 400, 'INVALID_ARGUMENT', ['servers[0].id']],
  ['ids that are numbers', start({ servers: [1] }), 400, 'INVALID_ARGUMENT', ['servers[0]']],
  [
    'a server with more than an id',
    start({ servers: [{ id: 'a', x: 1 }] }),
    400,
    'INVALID_ARGUMENT',
    ['servers[0].x'],
  ],
  ['no servers', put('start', { regionId: 'cn-south-1' }), 400, 'INVALID_ARGUMENT', ['servers']],
  ['an empty list of servers', start({ servers: [] }), 400, 'INVALID_ARGUMENT', ['servers']],
  ['servers that are a text', start({ servers: 'ins-1' }), 400, 'INVALID_ARGUMENT', ['servers']],
  [
    '1,001 servers',
    start({ servers: Array.from({ length: 1_001 }, (_, n) => `i-${n}`) }),
    400,
    'INVALID_ARGUMENT',
    ['servers'],
  ],
  ['two lists that disagree', start({ instance_ids: ['ins-2'] }), 400, 'INVALID_ARGUMENT', ['servers']],
  ['an unknown type of stop', put('stop', { ...START, type: 'soft' }), 400, 'INVALID_ARGUMENT', ['type']],
  ['a type that is a number', put('reboot', { ...START, type: 1 }), 400, 'INVALID_ARGUMENT', ['type']],
  [
    'a flag that is a text',
    put('terminate', { ...START, deleteVolume: 'true' }),
    400,
    'INVALID_ARGUMENT',
    ['deleteVolume'],
  ],
  ['a field of another call', start({ deleteVolume: true }), 400, 'INVALID_ARGUMENT', ['deleteVolume']],
  [
    'a field in the query of a write',
    { ...put('stop', START), target: '/api/instances/stop?type=HARD' },
    400,
    'INVALID_ARGUMENT',
    ['type'],
  ],
  // Create
  [
    'a create of nothing',
    post({ regionId: 'cn-south-1' }),
    400,
    'INVALID_ARGUMENT',
    ['imageId', 'instanceType', 'name', 'vpcId', 'nics', 'rootVolume'],
  ],
  ['an unknown field', create({ imageID: 'x' }), 400, 'INVALID_ARGUMENT', ['imageID']],
  [
    'an unknown field within',
    create({ nics: [{ subnetId: 'a', subnet: 'b' }] }),
    400,
    'INVALID_ARGUMENT',
    ['nics[0].subnet'],
  ],
  ['no card', create({ nics: [] }), 400, 'INVALID_ARGUMENT', ['nics']],
  ['a card without subnet', create({ nics: [{}] }), 400, 'INVALID_ARGUMENT', ['nics[0].subnetId']],
  ['a volume without type', create({ rootVolume: {} }), 400, 'INVALID_ARGUMENT', ['rootVolume.volumeType']],
  ['a count that is a text', create({ count: '1' }), 400, 'INVALID_ARGUMENT', ['count']],
  ['a count with a fraction', create({ count: 1.5 }), 400, 'INVALID_ARGUMENT', ['count']],
  ['a name that is a number', create({ name: 1 }), 400, 'INVALID_ARGUMENT', ['name']],
  ['a name of null', create({ name: null }), 400, 'INVALID_ARGUMENT', ['name']],
  [
    'a password that is a number',
    create({ adminPassword: 12345678 }),
    400,
    'INVALID_ARGUMENT',
    ['adminPassword'],
  ],
  [
    'user data that is not base64',
    create({ userData: `#!${PLANTED.userData}` }),
    400,
    'INVALID_ARGUMENT',
    ['userData'],
  ],
  [
    'user data in an unknown encoding',
    create({ userDataEncoding: 'gzip' }),
    400,
    'INVALID_ARGUMENT',
    ['userDataEncoding'],
  ],
  [
    'two kinds of address at once',
    create({ publicIp: { id: 'a', type: '5_bgp' } }),
    400,
    'INVALID_ARGUMENT',
    ['publicIp'],
  ],
  ['tags that are numbers', create({ tags: { a: 1 } }), 400, 'INVALID_ARGUMENT', ['tags']],
  [
    'an unknown way to pay',
    create({ charging: { mode: 'prepaid' } }),
    400,
    'INVALID_ARGUMENT',
    ['charging.mode'],
  ],
  ['a vpc that is a path', create({ vpcId: '../x' }), 400, 'INVALID_ARGUMENT', ['vpcId']],
  ['a raw server beside names', create({ server: {} }), 400, 'INVALID_ARGUMENT'],
  [
    'a raw server that is none',
    post({ regionId: 'cn-south-1', server: [] }),
    400,
    'INVALID_ARGUMENT',
    ['server'],
  ],
  [
    'an empty Idempotency-Key',
    post(CREATE, 'Idempotency-Key:'),
    400,
    'INVALID_ARGUMENT',
    ['Idempotency-Key'],
  ],
  [
    'an Idempotency-Key of two words',
    post(CREATE, 'Idempotency-Key: a b'),
    400,
    'INVALID_ARGUMENT',
    ['Idempotency-Key'],
  ],
  [
    'an Idempotency-Key of 256 characters',
    post(CREATE, `Idempotency-Key: ${'k'.repeat(256)}`),
    400,
    'INVALID_ARGUMENT',
    ['Idempotency-Key'],
  ],
  // Bodies
  ['no body', put('start', ''), 400, 'MALFORMED_JSON'],
  ['an empty body', put('start', '', 'Content-Length: 0'), 400, 'MALFORMED_JSON'],
  ...[
    '{a:1}',
    '{"a":1,}',
    '{"a":1}//',
    '{"a":NaN}',
    "{'a':1}",
    '{"a":1',
    '{"a":"\n"}',
    '{} {}',
    'null null',
  ].map((body): Row => [`the body ${JSON.stringify(body)}`, put('start', body), 400, 'MALFORMED_JSON']),
  ...['[]', 'null', '1', '"x"', 'true'].map(
    (body): Row => [`the body ${body}`, put('start', body), 400, 'INVALID_ARGUMENT', ['regionId', 'body']],
  ),
  [
    'a body with its key in a syntax error',
    put('start', `{"secretKey":"${PLANTED.other}`),
    400,
    'MALFORMED_JSON',
  ],
  [
    'a body that is not UTF-8',
    put('start', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])),
    400,
    'MALFORMED_JSON',
  ],
  [
    'half a surrogate pair in a secret',
    put('start', `{"accessKey":"AK","secretKey":"${PLANTED.other}\\ud800"}`),
    400,
    'MALFORMED_JSON',
  ],
  ['nesting of 33', put('start', nested(32)), 400, 'MALFORMED_JSON'],
  ['nesting of 100,000', put('start', nested(100_000)), 400, 'MALFORMED_JSON'],
  ['__proto__', put('start', '{"__proto__":{"a":1}}'), 400, 'MALFORMED_JSON'],
  ['__proto__ in escapes', put('start', '{"__pr\\u006fto__":{"a":1}}'), 400, 'MALFORMED_JSON'],
  ['constructor.prototype', put('start', '{"constructor":{"prototype":{"a":1}}}'), 400, 'MALFORMED_JSON'],
  ['a field called constructor', start({ constructor: 1 }), 400, 'INVALID_ARGUMENT', ['constructor']],
  ...[
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/jsonx',
    'application/json garbage',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'application/json; x=y',
    'text/plain; application/json',
    'application/json, text/plain',
  ].map((type): Row => [`a body as ${type}`, typed(type), 415, 'UNSUPPORTED_CONTENT_TYPE']),
  ['a compressed body', put('start', START, 'Content-Encoding: gzip'), 415, 'UNSUPPORTED_CONTENT_TYPE'],
  [
    'a body announced one byte too long',
    put('start', '', `Content-Length: ${256 * 1024 + 1}`),
    413,
    'BODY_TOO_LARGE',
  ],
  ['a body announced far too long', put('start', '', 'Content-Length: 10000000000'), 413, 'BODY_TOO_LARGE'],
  [
    'chunks one byte too long',
    put(
      'start',
      `${(256 * 1024 + 1).toString(16)}\r\n${' '.repeat(256 * 1024 + 1)}\r\n0\r\n\r\n`,
      'Transfer-Encoding: chunked',
    ),
    413,
    'BODY_TOO_LARGE',
  ],
  ['a GET with a body', { ...images(''), body: `{"secretKey":"${PLANTED.other}"}` }, 400, 'BODY_NOT_ALLOWED'],
  [
    'a GET with chunks',
    { ...images('', 'Transfer-Encoding: chunked'), body: '0\r\n\r\n' },
    400,
    'BODY_NOT_ALLOWED',
  ],
  // URLs
  ['a broken escape in the path', get('/api/images%zz'), 400, 'MALFORMED_URL'],
  ['overlong UTF-8 in the path', get('/api/%c0%ae'), 400, 'MALFORMED_URL'],
  ['a broken escape in a value', images('&name=%zz'), 400, 'MALFORMED_URL'],
  ['bytes that are no UTF-8 in a value', images('&name=%ff'), 400, 'MALFORMED_URL'],
  ['a broken escape in a name', images('&%e4%b8=1'), 400, 'MALFORMED_URL'],
  ['a URL of 9 kB', images(`&name=${'x'.repeat(9_000)}`), 414, 'URI_TOO_LONG'],
  ['headers of 20 kB', images('', `X-Filler: ${'x'.repeat(20_000)}`), 431, 'HEADERS_TOO_LARGE'],
  // Parameters
  ['a region twice', images('&regionId=cn-south-1'), 400, 'INVALID_ARGUMENT', ['regionId']],
  ['a project twice', images('&projectId=a&projectId=a'), 400, 'INVALID_ARGUMENT', ['projectId']],
  [
    'a kind of regions twice',
    get('/api/regions?regionType=ecs&regionType=ecs'),
    400,
    'INVALID_ARGUMENT',
    ['regionType'],
  ],
  ...['passwd', 'adminPassword', 'token', 'ak', 'sk', 'AK', 'aksk', 'my_sk', 'Signature', 'credential'].map(
    (name): Row => [
      `a parameter that looks like a key: ${name}`,
      images(`&${name}=${PLANTED.other}`),
      400,
      'INVALID_ARGUMENT',
      ['query'],
    ],
  ),
  // So near to a name of ours, the parameter's own is said, to help.
  ...[
    'secret',
    'Secret',
    'secret_key',
    'secretkey',
    'secretKey2',
    'SecretId',
    'x-security-token',
    'acessKey',
    'accesskey',
    'access_key',
    'X-Access-Key',
  ].map(
    (name): Row => [
      `a parameter that is a key mistyped: ${name}`,
      images(`&${name}=${PLANTED.other}`),
      400,
      'INVALID_ARGUMENT',
      [name],
    ],
  ),
  [
    'a mistyped key beside a write',
    { ...start({}), target: `/api/instances/start?secretkey=${PLANTED.other}` },
    400,
    'INVALID_ARGUMENT',
    ['secretkey'],
  ],
  ['a mistyped key in a body', start({ secretkey: PLANTED.other }), 400, 'INVALID_ARGUMENT', ['secretkey']],
  ['a parameter without a name', images('&=1'), 400, 'INVALID_ARGUMENT', ['query']],
  ['a parameter with a space in its name', images('&a+b=1'), 400, 'INVALID_ARGUMENT', ['query']],
  ['a parameter with a slash in its name', images('&a%2Fb=1'), 400, 'INVALID_ARGUMENT', ['query']],
  ['a parameter of 65 letters', images(`&${'n'.repeat(65)}=1`), 400, 'INVALID_ARGUMENT', ['query']],
  // Deadlines
  ...['0', '-5', 'abc', '1e3', '', '0.0', 'Infinity', '1,5', '1 2', '0x10', '10000000'].map(
    (seconds): Row => [
      `X-Request-Timeout ${JSON.stringify(seconds)}`,
      images('', `X-Request-Timeout: ${seconds}`),
      400,
      'INVALID_ARGUMENT',
      ['X-Request-Timeout'],
    ],
  ),
  // Methods and routes
  ['an unknown route', get('/api/nothing'), 404, 'ROUTE_NOT_FOUND'],
  ['the route of another letter case', get('/API/images'), 404, 'ROUTE_NOT_FOUND'],
  ['a slash too many', get('/api/regions/'), 404, 'ROUTE_NOT_FOUND'],
  ['an id that is empty', get('/api/images/?regionId=cn-south-1'), 404, 'ROUTE_NOT_FOUND'],
  ['two slashes', get('//api/images'), 404, 'ROUTE_NOT_FOUND'],
  ['dots in a path', get('/api/x/../images'), 404, 'ROUTE_NOT_FOUND'],
  ['1,000 segments', get('/a'.repeat(1_000)), 404, 'ROUTE_NOT_FOUND'],
  ['the sandbox’s control, while there is none', get('/_sandbox/state'), 404, 'ROUTE_NOT_FOUND'],
]

function holdsNothingPlanted(answer: Got, log: unknown): void {
  const told = `${answer.text}${JSON.stringify([...answer.headers])}${JSON.stringify(log)}`
  for (const planted of Object.values(PLANTED)) {
    expect(told).not.toContain(planted)
    expect(told).not.toContain(Buffer.from(planted).toString('base64'))
  }
}

test.each(rows)('%s is refused by us, and nothing is sent', async (_, request, status, reason, fields) => {
  const { double, url, log } = await startBoth({ HCA_LOG_LEVEL: 'trace' })
  const answer = await askRaw(url, {
    ...request,
    headers: [...(request.headers ?? []), `X-Security-Token: ${PLANTED.token}`],
  })
  const error = ourErrorOf(answer)
  expect([answer.status, error.reason]).toEqual([status, reason])
  if (fields) expect(error.violations.map(({ field }) => field)).toEqual(fields)
  expect(error.retryDelay).toBeUndefined()
  expect(double.requests).toEqual([])
  holdsNothingPlanted(answer, log)
})

test('there are enough rows', () => expect(rows.length).toBeGreaterThan(150))

describe('a wrong method', () => {
  test.each([
    ['POST', '/api/regions', 'GET'],
    ['DELETE', '/api/instance-types', 'GET'],
    ['HEAD', '/api/images', 'GET, POST'],
    ['PATCH', '/api/instances', 'GET, POST'],
    ['OPTIONS', '/api/instances', 'GET, POST'],
    ['TRACE', '/api/instances', 'GET, POST'],
    ['POST', '/api/instances/start', 'PUT'],
    ['POST', '/api/instances/terminate?x=1', 'PUT'],
    ['PUT', '/', 'GET'],
    ['POST', '/livez', 'GET'],
  ])('%s %s is told %s', async (method, target, allow) => {
    const { url } = await startBoth()
    const answer = await askRaw(url, { method, target })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
    if (method !== 'HEAD') {
      expect(ourErrorOf(answer)).toMatchObject({ status: 'UNIMPLEMENTED', reason: 'METHOD_NOT_ALLOWED' })
    }
  })
})

describe('all faults at once', () => {
  test('of a create', async () => {
    const { url } = await startBoth()
    const answer = await askRaw(url, {
      method: 'POST',
      target: '/api/instances?projectId=a/b&sK=1',
      headers: [...keys, JSON_LINE],
      body: JSON.stringify({
        regionId: 'nowhere',
        imageId: 'a/b',
        instanceType: '',
        nics: [{ subnetid: 'x' }],
        rootVolume: { volumeType: 1, size: '40' },
        userData: 'no base64!',
        count: 'many',
        charging: { mode: 'never' },
      }),
    })
    const { reason, violations } = ourErrorOf(answer)
    expect(reason).toBe('INVALID_ARGUMENT')
    expect(violations.map(({ field }) => field).toSorted()).toEqual(
      [
        'charging.mode',
        'count',
        'imageId',
        'instanceType',
        'name',
        'nics[0].subnetId',
        'nics[0].subnetid',
        'projectId',
        'query',
        'regionId',
        'rootVolume.size',
        'rootVolume.volumeType',
        'userData',
        'vpcId',
      ].toSorted(),
    )
  })

  test('of headers and query', async () => {
    const { url } = await startBoth()
    const answer = await askRaw(url, images('&projectId=a/b', 'X-Request-Timeout: x'))
    expect(ourErrorOf(answer).violations.map(({ field }) => field)).toEqual([
      'projectId',
      'X-Request-Timeout',
    ])
  })

  test('missing keys among them', async () => {
    const { url } = await startBoth()
    const answer = await askRaw(url, { target: '/api/images?projectId=a/b' })
    expect(answer.status).toBe(401)
    expect(ourErrorOf(answer)).toMatchObject({
      reason: 'CREDENTIALS_MISSING',
      metadata: { missing: 'accessKey,secretKey' },
      violations: [{ field: 'regionId' }, { field: 'projectId' }],
    })
  })

  test('up to a hundred', async () => {
    const { url } = await startBoth()
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`f${n}`, n]))
    const { violations } = ourErrorOf(await askRaw(url, start(many)))
    expect(violations).toHaveLength(100)
  })
})

describe('the nearest known word is named', () => {
  test.each([
    ['cn-nort-4', 'cn-north-4'],
    ['CN-NORTH-4', 'cn-north-4'],
    ['cnsouth1', 'cn-south-1'],
    ['na-mexico1', 'na-mexico-1'],
  ])('for region %s', async (region, nearest) => {
    const { url } = await startBoth()
    const error = ourErrorOf(await askRaw(url, get(`/api/images?regionId=${region}`)))
    expect(error.message).toContain(nearest)
    expect(error.metadata.nearest?.split(',')[0]).toBe(nearest)
  })

  test.each([
    ['imageID', 'imageId'],
    ['image_id', 'imageId'],
    ['flavour', undefined],
    ['rootvolume', 'rootVolume'],
    ['instance_type', 'instanceType'],
    ['secretkey', 'secretKey'],
    ['regionid', 'regionId'],
    ['adminPasword', 'adminPassword'],
  ])('for field %s', async (field, nearest) => {
    const { url } = await startBoth()
    const { violations } = ourErrorOf(await askRaw(url, create({ [field]: 'x' })))
    const description = nearest ? `is not a known field; did you mean ${nearest}?` : 'is not a known field'
    expect(violations).toEqual([{ field, description }])
  })
})

test('a GET with a body leaves the next request on its connection alone', async () => {
  const { url } = await startBoth()
  const { host } = new URL(url)
  const body = `GET /livez HTTP/1.1\r\nHost: ${host}\r\n\r\n`
  const smuggled = `GET /api/regions HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  const next = `GET /api/nothing HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`
  const text = await bytesAnswered(url, smuggled + next)
  expect(text).toContain('BODY_NOT_ALLOWED')
  expect(text).toContain('ROUTE_NOT_FOUND')
  expect(text).not.toContain('"ok"')
})

test.each([
  ['a byte order mark', `\ufeff${JSON.stringify(START)}`, 'application/json'],
  ['a named charset', JSON.stringify(START), 'Application/JSON; charset="UTF-8"'],
  [
    'deep but known nesting',
    `{"regionId":"cn-south-1","servers":[ { "id" : "ins-1" } ]}`,
    'application/json',
  ],
])('%s is no fault', async (_, body, type) => {
  const { url } = await startBoth()
  expect((await askRaw(url, typed(type, body))).status).toBe(200)
})

test('a body of 256 KiB is no fault', async () => {
  const { url } = await startBoth()
  const body = JSON.stringify(START).padEnd(256 * 1024, ' ')
  expect((await askRaw(url, typed('application/json', body))).status).toBe(200)
})

test('headers that would change what is asked have no say', async () => {
  const { double, url } = await startBoth()
  const answer = await askRaw(
    url,
    images(
      '',
      'X-HTTP-Method-Override: DELETE',
      'X-Forwarded-Host: evil.example',
      'X-Request-Id: mine',
      '__proto__: x',
      'X-Project-Id: 0000',
      'X-Sdk-Date: 20200101T000000Z',
    ),
  )
  expect(answer.status).toBe(200)
  expect(answer.headers.get('x-request-id')).not.toBe('mine')
  const [, upstream] = double.requests
  expect(upstream?.method).toBe('GET')
  expect(upstream?.headers['x-forwarded-host']).toBeUndefined()
  expect(upstream?.headers['x-request-id']).toBeUndefined()
  expect(upstream?.headers['x-project-id']).not.toBe('0000')
})
