import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { CREATE_FIELDS } from './helpers/create-fields.ts'
import {
  ask,
  asked,
  errorOf,
  type Got,
  KEYS,
  keyHeaders,
  ONCE,
  ourErrorOf,
  send,
  startBefore as startBeforeUsual,
  startBoth as startBothUsual,
  startHouse as startHouseUsual,
} from './helpers/house.ts'

/** What is looked at here is how one failure is told; test/trouble has those that are made again. */
const startBoth = () => startBothUsual(ONCE)
const startHouse = (env: Record<string, string>) => startHouseUsual({ ...ONCE, ...env })
const startBefore = (upstream: RequestListener, env: Record<string, string> = {}) =>
  startBeforeUsual(upstream, { ...ONCE, ...env })

const PARAMS = { regionId: 'cn-south-1', projectId: 'p-1' }
const IMAGES = `/api/images?${new URLSearchParams(PARAMS)}`
const CREATE = {
  ...PARAMS,
  ...CREATE_FIELDS,
}

type Kind = 'read' | 'action' | 'create'

const make = (url: string, kind: Kind, headers: Record<string, string> = {}): Promise<Got> => {
  const all = { ...keyHeaders, ...headers }
  if (kind === 'read') return ask(`${url}${IMAGES}`, { headers: all })
  if (kind === 'create') return send('POST', `${url}/api/instances`, CREATE, all)
  return send('PUT', `${url}/api/instances/start`, { ...PARAMS, servers: ['ins-1'] }, all)
}

const gateway = (code: string, text: string) =>
  JSON.stringify({ error_msg: text, error_code: code, request_id: 'in-body-0001' })
const ecs = (code: string, message: string, more = {}) =>
  JSON.stringify({ error: { message, code, ...more } })

interface Row {
  kind?: Kind
  status: number
  body: string
  wanted: {
    status: number
    word: string
    reason: string
    message?: string
    metadata?: Record<string, string>
    /** Names that are not among the metadata. */
    lacks?: readonly string[]
  }
  retries?: true
}

const rows: [name: string, row: Row][] = [
  // Who asks
  [
    'a wrong signature, and its canonical request',
    {
      status: 401,
      body: gateway(
        'APIGW.0301',
        'Incorrect IAM authentication information: verify aksk signature fail, canonicalRequest:GET|/v2/images/||host:x|',
      ),
      wanted: {
        status: 401,
        word: 'UNAUTHENTICATED',
        reason: 'APIGW.0301',
        metadata: { cause: 'wrong-secret' },
      },
    },
  ],
  [
    'a wrong signature, in short',
    {
      status: 401,
      body: gateway('APIGW.0301', 'Incorrect IAM authentication information: verify aksk signature fail'),
      wanted: {
        status: 401,
        word: 'UNAUTHENTICATED',
        reason: 'APIGW.0301',
        metadata: { cause: 'wrong-secret' },
      },
    },
  ],
  [
    'a clock that is late',
    {
      status: 401,
      body: gateway(
        'APIGW.0301',
        'Incorrect IAM authentication information: calc aksk signature fail:signature expired, signature time:20211217T064303Z,server time:20211217T065804Z',
      ),
      wanted: {
        status: 401,
        word: 'UNAUTHENTICATED',
        reason: 'APIGW.0301',
        metadata: { cause: 'clock-skew', skewSeconds: '901' },
      },
    },
  ],
  [
    'a clock that is early',
    {
      status: 401,
      body: gateway(
        'APIGW.0301',
        'Incorrect IAM authentication information: calc aksk signature fail:signature expired, signature time:20211217T070804Z,server time:20211217T065303Z',
      ),
      wanted: {
        status: 401,
        word: 'UNAUTHENTICATED',
        reason: 'APIGW.0301',
        metadata: { cause: 'clock-skew', skewSeconds: '-901' },
      },
    },
  ],
  ...(
    [
      ['ak AKTESTTESTTESTTEST01 not exist', 'unknown-key'],
      ['Get secretKey failed,ak:AKTESTTESTTESTTEST01,err:ak not exist', 'unknown-key'],
      ['AK access failed to reach the limit,forbidden.', 'locked'],
      ['decrypt token fail', 'token-invalid'],
      ['x-auth-token not found', 'token-invalid'],
      ['token expires', 'expired'],
    ] as const
  ).map(([text, cause]): [string, Row] => [
    text,
    {
      status: 401,
      body: gateway('APIGW.0301', `Incorrect IAM authentication information: ${text}`),
      wanted: { status: 401, word: 'UNAUTHENTICATED', reason: 'APIGW.0301', metadata: { cause } },
    },
  ]),
  [
    'a token to be renewed',
    {
      status: 401,
      body: gateway('APIGW.0307', 'The token must be updated.'),
      wanted: { status: 401, word: 'UNAUTHENTICATED', reason: 'APIGW.0307', metadata: { cause: 'expired' } },
    },
  ],
  [
    'IAM’s number for a code',
    {
      status: 401,
      body: JSON.stringify({
        error: {
          code: 401,
          message: 'The request you have made requires authentication.',
          title: 'Unauthorized',
        },
      }),
      wanted: { status: 401, word: 'UNAUTHENTICATED', reason: 'Unauthorized' },
    },
  ],
  [
    'a policy',
    {
      status: 403,
      body: JSON.stringify({
        error: { code: 'Pdp.0001', message: "Policy doesn't allow ims:images:list to be performed." },
        encoded_authorization_message: 'abc',
      }),
      wanted: { status: 403, word: 'PERMISSION_DENIED', reason: 'Pdp.0001' },
    },
  ],
  [
    'an API that is not ours to call',
    {
      status: 403,
      body: gateway('APIGW.0802', 'forbidden'),
      wanted: { status: 403, word: 'PERMISSION_DENIED', reason: 'APIGW.0802' },
    },
  ],
  // What is asked
  [
    'a server that is not there',
    {
      kind: 'action',
      status: 404,
      body: ecs('Ecs.0114', 'The ECS does not exist.'),
      wanted: { status: 404, word: 'NOT_FOUND', reason: 'Ecs.0114', message: 'The ECS does not exist.' },
    },
  ],
  [
    'Nova’s 404',
    {
      status: 404,
      body: '{"itemNotFound":{"message":"gone","code":404}}',
      wanted: { status: 404, word: 'NOT_FOUND', reason: 'itemNotFound', message: 'gone' },
    },
  ],
  [
    'an API that is not there',
    {
      status: 404,
      body: gateway('APIGW.0101', 'The API does not exist.'),
      wanted: { status: 404, word: 'NOT_FOUND', reason: 'APIGW.0101' },
    },
  ],
  [
    'VPC’s flat shape',
    {
      status: 404,
      body: '{"code":"VPC.0003","message":"no such vpc"}',
      wanted: { status: 404, word: 'NOT_FOUND', reason: 'VPC.0003', message: 'no such vpc' },
    },
  ],
  [
    'Neutron’s shape',
    {
      status: 409,
      body: '{"NeutronError":{"type":"SubnetInUse","message":"in use","detail":"by a port"}}',
      wanted: { status: 409, word: 'ABORTED', reason: 'SubnetInUse', message: 'in use by a port' },
    },
  ],
  [
    'a conflict',
    {
      kind: 'create',
      status: 409,
      body: '{"code":"VPC.0114","message":"Quota"}',
      wanted: { status: 409, word: 'ABORTED', reason: 'VPC.0114' },
    },
  ],
  [
    'a wrong state',
    {
      kind: 'action',
      status: 400,
      body: ecs('Ecs.0100', 'The ECS status does not meet requirements.'),
      wanted: { status: 400, word: 'FAILED_PRECONDITION', reason: 'Ecs.0100' },
    },
  ],
  [
    'a subnet in use, which Huawei calls 500: nothing ran, so nothing is unknown',
    {
      kind: 'action',
      status: 500,
      body: '{"code":"VPC.0209","message":"The subnet has ports in use and cannot be deleted."}',
      wanted: { status: 502, word: 'UNAVAILABLE', reason: 'VPC.0209', lacks: ['outcome'] },
    },
  ],
  [
    'another command under way, which Huawei calls 501',
    {
      kind: 'action',
      status: 501,
      body: ecs('Ecs.0603', 'busy'),
      wanted: { status: 409, word: 'FAILED_PRECONDITION', reason: 'Ecs.0603' },
    },
  ],
  [
    'a bad parameter, its own code in the details',
    {
      kind: 'create',
      status: 400,
      body: ecs('Ecs.0005', 'privateIp is not in this subnet', { details: [{ code: 'Ecs.0039' }] }),
      wanted: {
        status: 400,
        word: 'INVALID_ARGUMENT',
        reason: 'Ecs.0005',
        metadata: { detailCode: 'Ecs.0039' },
      },
    },
  ],
  [
    'an oddity of the gateway',
    {
      status: 494,
      body: gateway('APIGW.0201', 'headers'),
      wanted: {
        status: 400,
        word: 'INVALID_ARGUMENT',
        reason: 'APIGW.0201',
        metadata: { upstreamStatus: '494' },
      },
    },
  ],
  [
    'too much for the gateway',
    {
      kind: 'create',
      status: 413,
      body: gateway('APIGW.0201', 'body'),
      wanted: { status: 413, word: 'INVALID_ARGUMENT', reason: 'APIGW.0201' },
    },
  ],
  [
    'a quota',
    {
      status: 405,
      body: gateway('APIGW.0501', 'quota'),
      wanted: { status: 405, word: 'INVALID_ARGUMENT', reason: 'APIGW.0501' },
    },
  ],
  // Flow control
  ...(
    [
      [429, gateway('APIGW.0308', 'The throttling threshold has been reached'), 'APIGW.0308'],
      [503, ecs('Common.1503', 'API flow control'), 'Common.1503'],
      [202, ecs('Common.0024', 'exceeds flow over limit'), 'Common.0024'],
      [400, ecs('IMG.0060', 'flow'), 'IMG.0060'],
      [429, '{"overLimit":{"message":"slow","code":429}}', 'overLimit'],
      [429, '', 'HTTP_429'],
    ] as const
  ).flatMap(([status, body, reason]) =>
    (['read', 'action', 'create'] as const).map((kind): [string, Row] => [
      `flow control as ${status} ${reason} of a ${kind}`,
      {
        kind,
        status,
        body,
        wanted: { status: 429, word: 'RESOURCE_EXHAUSTED', reason, metadata: { retryable: 'true' } },
        retries: true,
      },
    ]),
  ),
  // Failures
  ...[500, 502, 503, 504].flatMap((status): [string, Row][] => [
    [
      `a ${status} with a code`,
      {
        status,
        body: ecs('Ecs.0615', 'inside'),
        wanted: { status: 502, word: 'UNAVAILABLE', reason: 'Ecs.0615' },
        retries: true,
      },
    ],
    [
      `a ${status} of an action, which may have run`,
      {
        kind: 'action',
        status,
        body: ecs('Ecs.0615', 'inside'),
        wanted: { status: 502, word: 'UNAVAILABLE', reason: 'Ecs.0615', metadata: { retryable: 'false' } },
      },
    ],
    [
      `a ${status} of a create, whose token makes repeating safe`,
      {
        kind: 'create',
        status,
        body: ecs('Ecs.0615', 'inside'),
        wanted: { status: 502, word: 'UNAVAILABLE', reason: 'Ecs.0615' },
        retries: true,
      },
    ],
    [
      `a ${status} without a body`,
      {
        status,
        body: '',
        wanted: { status: 502, word: 'UNAVAILABLE', reason: 'UPSTREAM_ERROR' },
        retries: true,
      },
    ],
  ]),
  [
    'a 501',
    {
      status: 501,
      body: gateway('APIGW.0104', 'no'),
      wanted: { status: 501, word: 'UNIMPLEMENTED', reason: 'APIGW.0104' },
    },
  ],
  [
    'a 500 of IAM’s, with a number for a code',
    {
      status: 500,
      body: '{"error":{"code":500,"message":"x","title":"Internal Server Error"}}',
      wanted: { status: 502, word: 'UNAVAILABLE', reason: 'Internal Server Error' },
      retries: true,
    },
  ],
  // No JSON
  [
    'a page',
    {
      status: 404,
      body: '<html>not found</html>',
      wanted: { status: 404, word: 'NOT_FOUND', reason: 'HTTP_404' },
    },
  ],
  [
    'a page of a proxy',
    {
      status: 502,
      body: '<html>bad gateway</html>',
      wanted: { status: 502, word: 'UNAVAILABLE', reason: 'UPSTREAM_ERROR' },
      retries: true,
    },
  ],
  [
    'nothing at all',
    { status: 400, body: '', wanted: { status: 400, word: 'INVALID_ARGUMENT', reason: 'HTTP_400' } },
  ],
  [
    'JSON without a code',
    { status: 403, body: '{"a":1}', wanted: { status: 403, word: 'PERMISSION_DENIED', reason: 'HTTP_403' } },
  ],
  [
    'a list',
    { status: 400, body: '[1]', wanted: { status: 400, word: 'INVALID_ARGUMENT', reason: 'HTTP_400' } },
  ],
]

const path = { read: 'GET /v2/', action: 'POST /v1/', create: 'POST /v1.1/' }
const operation = { read: 'GlanceListImages', action: 'BatchStartServers', create: 'CreateServers' }

test.each(rows)('%s', async (_, { kind = 'read', status, body, wanted, retries }) => {
  const { double, url, logged } = await startBoth()
  double.answer(path[kind], { status, body, headers: { 'X-Request-Id': 'up-0001' } })
  const answer = await make(url, kind)
  const error = errorOf(answer)
  expect([answer.status, error.status, error.reason]).toEqual([wanted.status, wanted.word, wanted.reason])
  expect(error.domain).toBe(new URL(double.url).host)
  for (const name of wanted.lacks ?? []) expect(error.metadata).not.toHaveProperty(name)
  expect(error.metadata).toMatchObject({
    upstreamStatus: String(status),
    upstreamRequestId: 'up-0001',
    service: kind === 'read' ? 'ims' : 'ecs',
    operation: operation[kind],
    regionId: 'cn-south-1',
    retryable: String(retries === true),
    ...wanted.metadata,
  })
  expect(error.metadata.cause).toBe(wanted.metadata?.cause)
  expect(error.retryDelay).toBe(retries ? '1s' : undefined)
  expect(answer.headers.get('retry-after')).toBe(wanted.status === 429 ? '1' : null)
  expect(answer.headers.get('x-upstream-request-id')).toBe('up-0001')
  expect(answer.headers.get('www-authenticate')).toBeNull()
  if (wanted.message !== undefined) expect(error.message).toBe(wanted.message)
  expect(error.original).toEqual(originalOf(body))
  expect(asked(double)).toHaveLength(1)
  const sent = asked(double)[0]?.headers['x-client-token']
  expect(answer.headers.get('x-client-token')).toBe(sent ?? null)
  expect((await logged(1))[0]).toMatchObject({
    status: wanted.status,
    reason: wanted.reason,
    upstreamRequestId: 'up-0001',
  })
})

function originalOf(body: string): unknown {
  if (!body) return undefined
  try {
    const said = JSON.parse(body)
    return Array.isArray(said) ? { body: said } : said
  } catch {
    return { body }
  }
}

test('a request id that stands in the body only is told too', async () => {
  const { url } = await startBefore((_, response) => {
    response.writeHead(404, { 'content-type': 'application/json' })
    response.end(gateway('APIGW.0101', 'no'))
  })
  const answer = await make(url, 'read')
  expect(errorOf(answer).metadata.upstreamRequestId).toBe('in-body-0001')
  expect(answer.headers.get('x-upstream-request-id')).toBe('in-body-0001')
})

test.each([
  ['7', '7'],
  ['3600', '3600'],
  ['90000', '1'],
  ['0', '0'],
  ['1.2', '1'],
  ['-5', '1'],
  ['Wed, 21 Oct 2065 07:28:00 GMT', '1'],
  ['x', '1'],
])('Retry-After %j becomes %s', async (given, told) => {
  const { double, url } = await startBoth()
  double.answer('GET /v2/', { status: 429, body: '{}', headers: { 'Retry-After': given } })
  const answer = await make(url, 'read')
  expect(answer.headers.get('retry-after')).toBe(told)
  expect(errorOf(answer).retryDelay).toBe(`${told}s`)
})

test.each<[kind: Kind, header: string | null, delay: string | undefined]>([
  ['read', '7', '7s'],
  ['create', '7', '7s'],
  ['action', null, undefined],
])('Retry-After of a 503 is passed on where repeating is safe: %s', async (kind, header, delay) => {
  const { url } = await startBefore((request, response) => {
    request.resume().on('end', () => response.writeHead(503, { 'retry-after': '7' }).end('{}'))
  })
  const answer = await make(url, kind)
  expect(answer.status).toBe(502)
  expect(answer.headers.get('retry-after')).toBe(header)
  expect(errorOf(answer).retryDelay).toBe(delay)
})

test('a create that is lost, and refused with a 501 when it is made again, may have been carried out', async () => {
  let count = 0
  const { url } = await startBeforeUsual((request, response) => {
    count += 1
    request.resume().on('end', () => {
      if (count === 1) response.destroy()
      else response.writeHead(501, { 'content-type': 'application/json' }).end(gateway('APIGW.0104', 'no'))
    })
  })
  const answer = await make(url, 'create')
  expect(count).toBe(2)
  expect([answer.status, errorOf(answer).reason]).toEqual([502, 'UPSTREAM_OUTCOME_UNKNOWN'])
})

test('an error of IAM on the way is IAM’s', async () => {
  const { double, url } = await startBoth()
  double.answer('GET /v3/projects', { status: 500, body: '' })
  const answer = await send(
    'PUT',
    `${url}/api/instances/start`,
    { regionId: 'cn-south-1', servers: ['ins-1'] },
    keyHeaders,
  )
  expect(answer.status).toBe(502)
  expect(errorOf(answer).metadata).toMatchObject({
    service: 'iam',
    operation: 'KeystoneListProjects',
    retryable: 'true',
  })
  expect(asked(double)).toEqual([])
})

describe('an answer that is lost', () => {
  const cutting =
    (text?: string): RequestListener =>
    (request, response) => {
      request.resume().on('end', () => {
        if (text === undefined) return void response.destroy()
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
        response.write(text, () => response.destroy())
      })
    }
  const saying =
    (text: string, status = 200, headers = {}): RequestListener =>
    (request, response) => {
      request.resume().on('end', () => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(text)
      })
    }
  const raw =
    (text: string): RequestListener =>
    (request, response) => {
      request.resume().on('end', () => response.socket?.end(text))
    }

  type LostRow = [name: string, upstream: RequestListener, reason: string, word: string, retries: boolean]
  const lost: LostRow[] = [
    ['by a hang-up', cutting(), 'UPSTREAM_UNREACHABLE', 'UNAVAILABLE', true],
    ['in the middle', cutting('{"a"'), 'UPSTREAM_TRUNCATED', 'INTERNAL', true],
    ['behind its last brace', cutting('{"a":1}'), 'UPSTREAM_TRUNCATED', 'INTERNAL', true],
    [
      'in nonsense',
      saying('<html>', 200, { 'content-type': 'text/html' }),
      'UPSTREAM_PROTOCOL_ERROR',
      'INTERNAL',
      false,
    ],
    ['in half an object', saying('{"a"'), 'UPSTREAM_PROTOCOL_ERROR', 'INTERNAL', false],
    ['in no HTTP', raw('SSH-2.0-x\r\n\r\n'), 'UPSTREAM_PROTOCOL_ERROR', 'INTERNAL', false],
  ]

  test.each(lost)('%s is of a read told as such', async (_, upstream, reason, word, retries) => {
    const { url } = await startBefore(upstream)
    const answer = await make(url, 'read')
    const error = ourErrorOf(answer)
    expect([answer.status, error.status, error.reason]).toEqual([502, word, reason])
    expect(error.retryDelay).toBe(retries ? '1s' : undefined)
    expect(error.metadata).toMatchObject({
      operation: 'GlanceListImages',
      service: 'ims',
      retryable: String(retries),
    })
  })

  test.each(
    lost.flatMap(([name, upstream]) =>
      (['action', 'create'] as const).map((kind) => [name, kind, upstream] as const),
    ),
  )('%s leaves the outcome of a %s unknown', async (_, kind, upstream) => {
    let count = 0
    const tokens: unknown[] = []
    const { url } = await startBefore((request, response) => {
      count += 1
      tokens.push(request.headers['x-client-token'])
      upstream(request, response)
    })
    const answer = await make(url, kind)
    const error = ourErrorOf(answer)
    expect([answer.status, error.status, error.reason]).toEqual([502, 'UNKNOWN', 'UPSTREAM_OUTCOME_UNKNOWN'])
    expect(error.message).toMatch(
      /may have been carried out.*(?:Look whether it was|Repeat it with the header Idempotency-Key: [0-9a-f-]{36} )/,
    )
    expect(error.metadata.retryable).toBe(String(kind === 'create'))
    expect(error.retryDelay).toBeUndefined()
    expect(answer.headers.get('retry-after')).toBeNull()
    expect(count).toBe(1)
    expect(answer.headers.get('x-client-token') ?? undefined).toBe(tokens[0])
    expect(error.metadata.clientToken).toBe(tokens[0])
    expect(tokens[0] !== undefined).toBe(kind === 'create')
  })

  test.each(['read', 'action', 'create'] as const)(
    'in a redirect is not followed, for a %s',
    async (kind) => {
      const { double: elsewhere } = await startBoth()
      const { url } = await startBefore(saying('', 302, { location: `${elsewhere.url}/v2/images` }))
      const answer = await make(url, kind)
      expect([answer.status, ourErrorOf(answer).reason]).toEqual([502, 'UPSTREAM_REDIRECT'])
      expect(elsewhere.requests).toEqual([])
    },
  )

  test.each(['read', 'action', 'create'] as const)(
    'to nobody there is unreachable, for a %s',
    async (kind) => {
      const { url } = await startHouse({ HUAWEICLOUD_ENDPOINT_URL: 'http://127.0.0.1:1' })
      const answer = await make(url, kind)
      const error = ourErrorOf(answer)
      expect([answer.status, error.status, error.reason]).toEqual([
        502,
        'UNAVAILABLE',
        'UPSTREAM_UNREACHABLE',
      ])
      expect(error.retryDelay).toBe('1s') // nothing was sent
    },
  )

  test('to a name that is none is a failure of DNS', async () => {
    const { url } = await startHouse({ HUAWEICLOUD_ENDPOINT_URL: 'http://nobody.invalid' })
    const answer = await make(url, 'read')
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([502, 'UPSTREAM_DNS_FAILED'])
  })
})

describe('an answer that does not come', () => {
  const never: RequestListener = () => {}
  const soon = { 'x-request-timeout': '0.1' }

  test('is given up by a read', async () => {
    const { url } = await startBefore(never)
    const answer = await make(url, 'read', soon)
    const error = ourErrorOf(answer)
    expect([answer.status, error.status, error.reason]).toEqual([
      504,
      'DEADLINE_EXCEEDED',
      'UPSTREAM_TIMEOUT',
    ])
    expect(error.retryDelay).toBe('1s')
  })

  test.each(['action', 'create'] as const)('leaves the outcome of a %s unknown', async (kind) => {
    const { url } = await startBefore(never)
    const answer = await make(url, kind, soon)
    const error = ourErrorOf(answer)
    expect([answer.status, error.status, error.reason]).toEqual([502, 'UNKNOWN', 'UPSTREAM_OUTCOME_UNKNOWN'])
    expect(answer.headers.has('x-client-token')).toBe(kind === 'create')
    expect(error.retryDelay).toBeUndefined()
  })

  test('of IAM means that a write was not sent', async () => {
    const { url } = await startBefore(never)
    const body = { regionId: 'cn-south-1', servers: ['ins-1'] }
    const answer = await send('PUT', `${url}/api/instances/start`, body, { ...keyHeaders, ...soon })
    expect([answer.status, ourErrorOf(answer).reason]).toEqual([504, 'UPSTREAM_TIMEOUT'])
  })

  test.each([
    ['read', { HCA_DEADLINE_READ: '0.1' }, 504],
    ['action', { HCA_DEADLINE_WRITE: '0.1' }, 502],
  ] as const)('ends a %s by the setting, which a caller cannot stretch', async (kind, env, status) => {
    const { url } = await startBefore(never, env)
    expect((await make(url, kind, { 'x-request-timeout': '500' })).status).toBe(status)
  })
})

describe('what Huawei’s text quotes', () => {
  test.each<[name: string, quote: (secret: string) => string]>([
    ['plainly', (secret) => `bad: ${secret}!`],
    ['twice', (secret) => `${secret}${secret}`],
    ['as a part of a URL', (secret) => `/v2?x=${encodeURIComponent(secret)}`],
    ['within quoted JSON', (secret) => JSON.stringify({ nested: JSON.stringify({ secret }) })],
  ])('becomes ***, quoted %s', async (_, quote) => {
    const secretKey = 'a"b\\c/d+e=f SECRET'.replace(' ', '')
    const { url, logged } = await startBefore((_request, response) => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify({
          error_msg: quote(secretKey),
          error_code: 'APIGW.0301',
          more: [{ [quote(secretKey)]: quote(secretKey) }],
        }),
      )
    })
    const answer = await ask(`${url}${IMAGES}`, { headers: { ...keyHeaders, 'x-secret-key': secretKey } })
    const { message, original } = errorOf(answer)
    const told = `${message}${JSON.stringify(original)}`
    expect(told).toContain('***')
    expect(told).not.toContain('SECRET')
    expect(JSON.stringify(await logged(1))).not.toContain('SECRET')
  })

  test('is left alone where it is no secret', async () => {
    const { double, url } = await startBoth()
    const text = `ak ${KEYS.accessKey} not exist, region cn-south-1, 0123456789`
    double.answer('GET /v2/', { status: 401, body: gateway('APIGW.0301', text) })
    expect(errorOf(await make(url, 'read')).message).toBe(text)
  })

  test('cannot break the envelope, whatever the secret is', async () => {
    const body = gateway('APIGW.0301', 'status message 1234567890')
    for (const secretKey of [
      'message',
      'status',
      '123456',
      'details',
      'metadata',
      '"error"',
      'reason',
      '@type:',
    ]) {
      const { url } = await startBefore((_, response) => {
        response.writeHead(400, { 'content-type': 'application/json' })
        response.end(body.replace('}', ',"n":123456}'))
      })
      const answer = await ask(`${url}${IMAGES}`, { headers: { ...keyHeaders, 'x-secret-key': secretKey } })
      errorOf(answer)
    }
  })

  test('may be nested as deep as it fits', async () => {
    const depth = 30_000
    for (const body of [
      `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    ]) {
      const { url } = await startBefore((_, response) => {
        response.writeHead(404, { 'content-type': 'application/json' })
        response.end(body)
      })
      const answer = await make(url, 'read')
      expect([answer.status, errorOf(answer).reason]).toEqual([404, 'HTTP_404'])
    }
  })
})
