import { describe, expect, test } from 'vitest'
import { projectIdOf } from './helpers/double.ts'
import { ask, asked, errorOf, KEYS, keyHeaders, send, startBefore, startBoth } from './helpers/house.ts'

const OPEN = '{"data":{"@type":"type.googleapis.com/google.protobuf.Struct","value":'
const PROJECT = projectIdOf('cn-south-1')
const IDS = ['ins-r8hr2upy', 'ins-5d8a23rs']
const SERVERS = IDS.map((id) => ({ id }))
const REGION = { regionId: 'cn-south-1' }

const CREATE = {
  imageId: '88faab67-9e31-48d9-8027-f8a025da94de',
  instanceType: 'ac6.12xlarge.2',
  name: 'test',
  vpcId: '2a6f4aa6-d93e-45f5-a8cb-b030dbf8cd68',
  nics: [{ subnetId: 'ef039b60-6a14-42d1-963b-687b627fea08' }],
  rootVolume: { volumeType: 'SATA', size: 60 },
}
const SERVER = {
  imageRef: '88faab67-9e31-48d9-8027-f8a025da94de',
  flavorRef: 'ac6.12xlarge.2',
  name: 'test',
  vpcid: '2a6f4aa6-d93e-45f5-a8cb-b030dbf8cd68',
  nics: [{ subnet_id: 'ef039b60-6a14-42d1-963b-687b627fea08' }],
  root_volume: { volumetype: 'SATA', size: 60 },
}

interface Call {
  method: string
  path: string
  body?: Record<string, unknown>
  upstream: { method: string; path: string; body: string; signed: string }
}

const READ = 'host;x-project-id;x-sdk-date'
const WRITE = 'content-type;host;x-project-id;x-sdk-date'

const action = (name: string, sent: unknown, path = 'action'): Call => ({
  method: 'PUT',
  path: `/api/instances/${name}`,
  body: { servers: SERVERS },
  upstream: {
    method: 'POST',
    path: `/v1/${PROJECT}/cloudservers/${path}`,
    body: JSON.stringify(sent),
    signed: WRITE,
  },
})

const list = (path: string, upstream: string): Call => ({
  method: 'GET',
  path,
  upstream: { method: 'GET', path: upstream, body: '', signed: READ },
})

const calls: [name: string, call: Call][] = [
  ['images', list('/api/images', '/v2/images')],
  ['instance types', list('/api/instance-types', `/v1/${PROJECT}/cloudservers/flavors`)],
  [
    'create',
    {
      method: 'POST',
      path: '/api/instances',
      body: CREATE,
      upstream: {
        method: 'POST',
        path: `/v1.1/${PROJECT}/cloudservers`,
        body: JSON.stringify({ server: SERVER }),
        signed: 'content-type;host;x-client-token;x-project-id;x-sdk-date',
      },
    },
  ],
  ['instances', list('/api/instances', `/v1/${PROJECT}/cloudservers/detail`)],
  ['start', action('start', { 'os-start': { servers: SERVERS } })],
  ['stop', action('stop', { 'os-stop': { type: 'SOFT', servers: SERVERS } })],
  ['reboot', action('reboot', { reboot: { type: 'SOFT', servers: SERVERS } })],
  ['terminate', action('terminate', { servers: SERVERS }, 'delete')],
]

const isList = ({ method }: Call) => method === 'GET'
const actions = calls.filter(([, { method }]) => method === 'PUT')

/** The call in its plainest form: keys in headers, the region beside. */
const make = (url: string, { method, path, body }: Call, more: Record<string, string> = {}) => {
  const params = { ...REGION, ...more }
  return body
    ? send(method, `${url}${path}`, { ...body, ...params }, keyHeaders)
    : ask(`${url}${path}?${new URLSearchParams(params)}`, { headers: keyHeaders })
}

const signedHeaders = (authorization: string | undefined) =>
  /SignedHeaders=([^,]+),/.exec(authorization ?? '')?.[1]

describe.each(calls)('%s', (_, call) => {
  test('is one signed request of Huawei’s, after one to IAM', async () => {
    const { double, url } = await startBoth()
    const answer = await make(url, call)
    expect(answer.status).toBe(200)
    const [iam, upstream, ...more] = double.requests
    expect(more).toEqual([])
    expect(iam).toMatchObject({ method: 'GET', path: '/v3/projects', body: '', verified: true })
    expect([...(iam?.query ?? [])]).toEqual([['name', 'cn-south-1']])
    expect(signedHeaders(iam?.headers.authorization)).toBe('host;x-sdk-date')
    const { signed, ...wanted } = call.upstream
    expect(upstream).toMatchObject({ ...wanted, verified: true })
    expect([...(upstream?.query ?? [])]).toEqual([])
    expect(signedHeaders(upstream?.headers.authorization)).toBe(signed)
    expect(upstream?.headers).toMatchObject({ 'x-project-id': PROJECT, 'accept-encoding': 'identity' })
    expect(upstream?.headers['x-sdk-date']).toMatch(/^\d{8}T\d{6}Z$/)
    expect(upstream?.headers['content-type']).toBe(isList(call) ? undefined : 'application/json')
  })

  test('answers in the envelope, with both request ids', async () => {
    const { double, url } = await startBoth()
    double.answer(`${call.upstream.method} /v`, {
      headers: { 'X-Request-Id': 'upstream-0001' },
      body: '{"a":1}',
    })
    const { status, text, headers } = await make(url, call, { projectId: PROJECT })
    expect([status, text]).toEqual([200, `${OPEN}{"a":1}}}`])
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('x-upstream-request-id')).toBe('upstream-0001')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('deprecation')).toBeNull()
  })

  test('keeps Huawei’s bytes: spacing, escapes, repeated names, numbers no double holds', async () => {
    const odd =
      '\n{ "n" : 12345678901234567890,"one":1.0, "u":"\\u4e2d\\/\\ud83d\\ude00é","a":1,"a":2,"e":1E400}\r\n\t'
    const { double, url } = await startBoth()
    double.answer(`${call.upstream.method} /v`, { body: odd })
    const { text } = await make(url, call, { projectId: PROJECT })
    expect(text).toBe(`${OPEN}${odd}}}`)
  })

  test('takes a success without a body for an empty value', async () => {
    const { double, url } = await startBoth()
    double.answer(`${call.upstream.method} /v`, { status: 202, body: '' })
    expect((await make(url, call, { projectId: PROJECT })).text).toBe(`${OPEN}{}}}`)
  })

  test('with a project asks no IAM', async () => {
    const { double, url } = await startBoth()
    const projectId = '0123456789abcdef0123456789abcdef'
    expect((await make(url, call, { projectId })).status).toBe(200)
    expect(double.requests).toHaveLength(1)
    expect(double.requests[0]?.path).toBe(call.upstream.path.replace(PROJECT, projectId))
    expect(double.requests[0]?.headers['x-project-id']).toBe(projectId)
  })

  const spellings = (['accessKey', 'secretId'] as const).flatMap((key) =>
    (['regionId', 'region'] as const).flatMap((region) =>
      (['projectId', 'project_id', 'none'] as const).map((project) => [key, region, project] as const),
    ),
  )
  test.each(spellings)('means the same spelled %s, %s, %s', async (key, region, project) => {
    const { double, url } = await startBoth()
    const params = {
      [key]: KEYS.accessKey,
      secretKey: KEYS.secretKey,
      [region]: 'cn-south-1',
      ...(project === 'none' ? {} : { [project]: PROJECT }),
    }
    const query = new URLSearchParams(params)
    const inQuery = call.body
      ? await send(call.method, `${url}${call.path}?${query}`, call.body)
      : await ask(`${url}${call.path}?${query}`)
    expect(inQuery.status).toBe(200)
    if (call.body) {
      const inBody = await send(call.method, `${url}${call.path}`, { ...call.body, ...params })
      expect(inBody.status).toBe(200)
    }
    const { method, path, body } = call.upstream
    for (const upstream of asked(double))
      expect(upstream).toMatchObject({ method, path, body, verified: true })
    expect(asked(double)).toHaveLength(call.body ? 2 : 1)
    expect(double.requests).toHaveLength(asked(double).length + (project === 'none' ? 1 : 0))
  })
})

describe.each(actions)('%s of instances', (_, call) => {
  test.each<[spelling: string, given: object, legacy: boolean]>([
    ['servers of objects', { servers: SERVERS }, false],
    ['servers of texts', { servers: IDS }, false],
    ['servers mixed', { servers: [IDS[0], SERVERS[1]] }, false],
    ['instanceIds', { instanceIds: IDS }, false],
    ['instance_ids', { instance_ids: IDS }, true],
    ['instance_ids of objects', { instance_ids: SERVERS }, true],
    ['two spellings that agree', { servers: SERVERS, instance_ids: IDS }, true],
    ['one id twice', { servers: [...IDS, IDS[0]] }, false],
  ])('named as %s', async (__, given, legacy) => {
    const { double, url } = await startBoth()
    const { json, headers } = await send('PUT', `${url}${call.path}`, { ...given, ...REGION }, keyHeaders)
    expect(asked(double)).toMatchObject([{ body: call.upstream.body }])
    expect(Object.keys(json)).toEqual(legacy ? ['data', 'Response'] : ['data'])
    if (legacy) expect(json.Response).toEqual({ RequestId: headers.get('x-request-id') })
  })

  test.each([
    ['body', true],
    ['query', false],
  ])('with secretId in the %s answers Response.RequestId too', async (_where, inBody) => {
    const { url } = await startBoth()
    const { accessKey: secretId, secretKey } = KEYS
    const search = inBody ? '' : `?secretId=${secretId}&secretKey=${secretKey}`
    const body = { ...REGION, servers: SERVERS, ...(inBody ? { secretId, secretKey } : {}) }
    const { text, headers } = await send('PUT', `${url}${call.path}${search}`, body)
    expect(text.endsWith(`}},"Response":{"RequestId":"${headers.get('x-request-id')}"}}`)).toBe(true)
  })

  test('takes a thousand ids', async () => {
    const { double, url } = await startBoth()
    const servers = Array.from({ length: 1_000 }, (__, n) => ({ id: `ins-${n}` }))
    const { status } = await send('PUT', `${url}${call.path}`, { servers, ...REGION }, keyHeaders)
    expect(status).toBe(200)
    expect(asked(double)[0]?.body).toContain('"ins-999"')
  })
})

test.each(calls.filter(([, call]) => isList(call)))(
  '%s asked with secretId are no action: no Response.RequestId',
  async (_, { path }) => {
    const { url } = await startBoth()
    const { json } = await ask(
      `${url}${path}?secretId=${KEYS.accessKey}&secretKey=${KEYS.secretKey}&region=cn-south-1`,
    )
    expect(Object.keys(json)).toEqual(['data'])
  },
)

test.each([
  ['stop', 'os-stop', 'HARD'],
  ['stop', 'os-stop', 'SOFT'],
  ['reboot', 'reboot', 'HARD'],
  ['reboot', 'reboot', 'SOFT'],
])('%s sends %s of type %s', async (name, sent, type) => {
  const { double, url } = await startBoth()
  await send('PUT', `${url}/api/instances/${name}`, { servers: SERVERS, type, ...REGION }, keyHeaders)
  expect(asked(double)).toMatchObject([{ body: JSON.stringify({ [sent]: { type, servers: SERVERS } }) }])
})

test.each<[given: object, sent: object]>([
  [
    { deletePublicIp: true, deleteVolume: true },
    { delete_publicip: true, delete_volume: true },
  ],
  [
    { deletePublicIp: false, deleteVolume: false },
    { delete_publicip: false, delete_volume: false },
  ],
  [{ deletePublicIp: true }, { delete_publicip: true }],
  [{ deleteVolume: true }, { delete_volume: true }],
])('terminate with %j sends %j', async (given, sent) => {
  const { double, url } = await startBoth()
  await send('PUT', `${url}/api/instances/terminate`, { servers: SERVERS, ...given, ...REGION }, keyHeaders)
  expect(asked(double)).toMatchObject([{ body: JSON.stringify({ servers: SERVERS, ...sent }) }])
})

describe('a list passes on what is not ours', () => {
  test.each(calls.filter(([, call]) => isList(call)))('%s', async (_, { path }) => {
    const { double, url } = await startBoth()
    const search =
      'limit=10&name=a+b%2Bc&regionId=cn-south-1&name=%E4%B8%AD&__imagetype=gold&not-tags=x%3Dy&flag&empty=&q=a?b&after=1&%E5%90%8D=%26&os.x:y=*~!%27()'
    const { status } = await ask(`${url}${path}?${search}`, { headers: keyHeaders })
    expect(status).toBe(200)
    const [upstream] = asked(double)
    expect(upstream?.verified).toBe(true)
    expect([...(upstream?.query ?? [])]).toEqual([
      ['limit', '10'],
      ['name', 'a b+c'],
      ['name', '中'],
      ['__imagetype', 'gold'],
      ['not-tags', 'x=y'],
      ['flag', ''],
      ['empty', ''],
      ['q', 'a?b'],
      ['after', '1'],
      ['名', '&'],
      ['os.x:y', "*~!'()"],
    ])
  })
})

describe('regions', () => {
  test('need no keys and no Huawei, the first and the last as documented', async () => {
    const { double, url } = await startBoth()
    const { status, text, json } = await ask(`${url}/api/regions?regionType=ecs`)
    expect(status).toBe(200)
    expect(text.startsWith(`${OPEN}{"regions":[{"Endpoint":"https://ecs.cn-north-4.`)).toBe(true)
    const { regions } = json.data.value
    expect(regions.at(0)).toEqual({
      Endpoint: 'https://ecs.cn-north-4.myhuaweicloud.com',
      Id: 'cn-north-4',
    })
    expect(regions.at(-1)).toEqual({
      Endpoint: 'https://ecs.na-mexico-1.myhuaweicloud.com',
      Id: 'na-mexico-1',
    })
    expect(new Set(regions.map(({ Id }: { Id: string }) => Id)).size).toBe(regions.length)
    expect(double.requests).toEqual([])
  })

  test.each([
    ['', 'ecs'],
    ['?regionType=ecs', 'ecs'],
    ['?regionType=ECS', 'ecs'],
    ['?regionType=ims', 'ims'],
    ['?regionType=Images', 'ims'],
    ['?regionType=IMAGE', 'ims'],
    ['?regionType=vpc', 'vpc'],
    ['?regionType=VpC', 'vpc'],
  ])('%j are those of %s, under public hosts', async (search, service) => {
    const { url } = await startBoth()
    const { json } = await ask(`${url}/api/regions${search}`)
    const { regions } = json.data.value
    expect(regions[0]).toEqual({
      Endpoint: `https://${service}.cn-north-4.myhuaweicloud.com`,
      Id: 'cn-north-4',
    })
    expect(regions.at(-1).Id).toBe('na-mexico-1')
    for (const { Endpoint } of regions) expect(Endpoint).toMatch(new RegExp(`^https://${service}\\.`))
  })
})

test('ap-guangzhou, in the documented start, is cn-south-1', async () => {
  const { double, url } = await startBoth()
  const { status, json, headers } = await send('PUT', `${url}/api/instances/start`, {
    secretId: KEYS.accessKey,
    secretKey: KEYS.secretKey,
    region: 'ap-guangzhou',
    instance_ids: IDS,
  })
  expect(status).toBe(200)
  expect(double.requests[0]?.query.get('name')).toBe('cn-south-1')
  expect(json.data.value.job_id).toMatch(/^ff808082/)
  expect(json.Response.RequestId).toBe(headers.get('x-request-id'))
})

describe('the project', () => {
  test('is asked once for parallel and later calls, once more for another region or token', async () => {
    const { double, url } = await startBoth()
    const lookUps = () => double.requests.length - asked(double).length
    await Promise.all(calls.map(([, call]) => make(url, call)))
    await make(url, calls[0]?.[1] as Call)
    expect(lookUps()).toBe(1)
    await ask(`${url}/api/images?regionId=cn-north-4`, { headers: keyHeaders })
    expect(lookUps()).toBe(2)
    await ask(`${url}/api/images?regionId=cn-north-4`, {
      headers: { ...keyHeaders, 'x-security-token': 'token-0001' },
    })
    expect(lookUps()).toBe(3)
    expect(double.requests.at(-1)?.headers['x-security-token']).toBe('token-0001')
  })

  test('of nobody is REGION_NOT_OPENED, and not remembered', async () => {
    const { double, url } = await startBoth()
    double.answer('GET /v3/projects', { body: '{"projects":[]}' })
    const refused = await ask(`${url}/api/images?regionId=cn-south-1`, { headers: keyHeaders })
    expect(refused.status).toBe(400)
    expect(errorOf(refused)).toMatchObject({
      reason: 'REGION_NOT_OPENED',
      metadata: { regionId: 'cn-south-1' },
    })
    expect(asked(double)).toEqual([])
    double.answer('GET /v3/projects', {
      body: JSON.stringify({
        projects: [{ id: PROJECT, name: 'cn-south-1', domain_id: 'd', parent_id: 'd' }],
      }),
    })
    const { status } = await ask(`${url}/api/images?regionId=cn-south-1`, { headers: keyHeaders })
    expect(status).toBe(200)
  })

  test('a user who may not list projects is asked for the own ones', async () => {
    const { double, url } = await startBoth()
    double.answer('GET /v3/projects', {
      status: 403,
      body: '{"error":{"code":403,"message":"no","title":"Forbidden"}}',
    })
    double.answer('GET /v3/auth/projects', {
      body: JSON.stringify({
        projects: [
          { id: 'sub', name: 'cn-south-1', domain_id: 'd', parent_id: PROJECT },
          { id: PROJECT, name: 'cn-south-1', domain_id: 'd', parent_id: 'd' },
        ],
      }),
    })
    expect((await ask(`${url}/api/images?regionId=cn-south-1`, { headers: keyHeaders })).status).toBe(200)
    expect(double.requests.at(-1)?.headers['x-project-id']).toBe(PROJECT)
  })
})

describe('create', () => {
  const create = (url: string, body: object, headers: Record<string, string> = {}, region = 'cn-south-1') =>
    send('POST', `${url}/api/instances`, { ...body, regionId: region }, { ...keyHeaders, ...headers })

  const volume = CREATE.rootVolume
  const root = (more: object, sent: object) =>
    [{ rootVolume: { ...volume, ...more } }, { root_volume: { ...SERVER.root_volume, ...sent } }] as const
  const data = (more: object, sent: object) =>
    [
      { dataVolumes: [{ volumeType: 'SSD', size: 100, ...more }] },
      { data_volumes: [{ volumetype: 'SSD', size: 100, ...sent }] },
    ] as const
  const nic = (more: object, sent: object) =>
    [{ nics: [{ ...CREATE.nics[0], ...more }] }, { nics: [{ ...SERVER.nics[0], ...sent }] }] as const
  const newIp = (bandwidth: object, sent: object, more = {}) =>
    [
      { publicIp: { type: '5_bgp', bandwidth, ...more } },
      { publicip: { eip: { iptype: '5_bgp', bandwidth: sent } } },
    ] as const
  const charged = (charging: object, extendparam: object) => [{ charging }, { extendparam }] as const

  test.each<[string, readonly [given: object, sent: object]]>([
    [
      'a root volume without size',
      [{ rootVolume: { volumeType: 'SSD' } }, { root_volume: { volumetype: 'SSD' } }],
    ],
    ['iops and throughput', root({ iops: 3000, throughput: 125 }, { iops: 3000, throughput: 125 })],
    ['SCSI', root({ passthrough: true }, { 'hw:passthrough': true })],
    [
      'a dedicated pool',
      root({ clusterType: 'DSS', clusterId: 'pool-1' }, { cluster_type: 'DSS', cluster_id: 'pool-1' }),
    ],
    ['a snapshot', root({ snapshotId: 'snap-1' }, { extendparam: { snapshotId: 'snap-1' } })],
    [
      'encryption',
      root({ kmsKeyId: 'key-1' }, { metadata: { __system__encrypted: '1', __system__cmkid: 'key-1' } }),
    ],
    ['a data volume', data({}, {})],
    [
      'a data volume, whole',
      data(
        { shareable: true, multiattach: false, dataImageId: 'img-1', deleteOnTermination: true, iops: 1 },
        {
          iops: 1,
          shareable: true,
          multiattach: false,
          data_image_id: 'img-1',
          delete_on_termination: true,
        },
      ),
    ],
    ['an address', nic({ ipAddress: '192.168.0.9' }, { ip_address: '192.168.0.9' })],
    [
      'IPv6',
      nic(
        { ipv6Enable: true, ipv6BandwidthId: 'bw-1' },
        { ipv6_enable: true, ipv6_bandwidth: { id: 'bw-1' } },
      ),
    ],
    ['a port', nic({ portId: 'port-1' }, { port_id: 'port-1' })],
    [
      'address pairs',
      nic(
        { allowedAddressPairs: [{ ipAddress: '1.1.1.1/0' }, { ipAddress: '2.2.2.2', macAddress: 'fa:16' }] },
        {
          allowed_address_pairs: [
            { ip_address: '1.1.1.1/0' },
            { ip_address: '2.2.2.2', mac_address: 'fa:16' },
          ],
        },
      ),
    ],
    ['groups of a card', nic({ securityGroupIds: ['sg-1'] }, { security_groups: [{ id: 'sg-1' }] })],
    [
      'groups',
      [{ securityGroupIds: ['sg-1', 'sg-2'] }, { security_groups: [{ id: 'sg-1' }, { id: 'sg-2' }] }],
    ],
    ['a count', [{ count: 3 }, { count: 3 }]],
    ['a zone', [{ availabilityZone: 'cn-south-1a' }, { availability_zone: 'cn-south-1a' }]],
    ['several zones', [{ batchCreateInMultiAz: true }, { batch_create_in_multi_az: true }]],
    ['a description', [{ description: '说明' }, { description: '说明' }]],
    ['a password', [{ adminPassword: 'Example-Pass1' }, { adminPass: 'Example-Pass1' }]],
    ['a key pair', [{ keyName: 'my-key' }, { key_name: 'my-key' }]],
    ['user data, base64', [{ userData: 'IyEvYmluL3No' }, { user_data: 'IyEvYmluL3No' }]],
    [
      'user data, base64 said so',
      [{ userData: 'IyEvYmluL3No', userDataEncoding: 'base64' }, { user_data: 'IyEvYmluL3No' }],
    ],
    [
      'user data, plain',
      [
        { userData: '#!/bin/sh\necho 你好', userDataEncoding: 'text' },
        { user_data: Buffer.from('#!/bin/sh\necho 你好').toString('base64') },
      ],
    ],
    ['an address that exists', [{ publicIp: { id: 'ip-1' } }, { publicip: { id: 'ip-1' } }]],
    [
      'an address that exists, released with it',
      [
        { publicIp: { id: 'ip-1', deleteOnTermination: true } },
        { publicip: { id: 'ip-1', delete_on_termination: true } },
      ],
    ],
    ['a new address', newIp({ size: 5, shareType: 'PER' }, { size: 5, sharetype: 'PER' })],
    [
      'a new address by traffic',
      newIp(
        { size: 5, shareType: 'PER', chargeMode: 'traffic' },
        { size: 5, sharetype: 'PER', chargemode: 'traffic' },
      ),
    ],
    [
      'a new address by bandwidth, which Huawei wants unsaid',
      newIp({ size: 5, shareType: 'PER', chargeMode: 'bandwidth' }, { size: 5, sharetype: 'PER' }),
    ],
    [
      'a new address on shared bandwidth',
      newIp({ shareType: 'WHOLE', id: 'bw-1' }, { sharetype: 'WHOLE', id: 'bw-1' }),
    ],
    [
      'tags of an object',
      [
        { tags: { env: '测试', a: '' } },
        {
          server_tags: [
            { key: 'env', value: '测试' },
            { key: 'a', value: '' },
          ],
        },
      ],
    ],
    [
      'tags of a list',
      [
        { tags: [{ key: 'env', value: 'dev' }, { key: 'bare' }] },
        {
          server_tags: [
            { key: 'env', value: 'dev' },
            { key: 'bare', value: '' },
          ],
        },
      ],
    ],
    ['metadata', [{ metadata: { agency_name: 'x' } }, { metadata: { agency_name: 'x' } }]],
    [
      'by month',
      charged(
        { mode: 'prePaid', periodType: 'month', periodNum: 1, autoRenew: false, autoPay: true },
        {
          chargingMode: 'prePaid',
          periodType: 'month',
          periodNum: 1,
          isAutoRenew: 'false',
          isAutoPay: 'true',
        },
      ),
    ],
    ['by the hour', charged({ mode: 'postPaid' }, { chargingMode: 'postPaid' })],
    [
      'at the spot price',
      charged(
        {
          mode: 'spot',
          spotPrice: '0.5',
          spotDurationHours: 2,
          spotDurationCount: 3,
          interruptionPolicy: 'immediate',
        },
        {
          chargingMode: 'postPaid',
          marketType: 'spot',
          spotPrice: '0.5',
          spot_duration_hours: 2,
          spot_duration_count: 3,
          interruption_policy: 'immediate',
        },
      ),
    ],
    [
      'an enterprise project',
      [{ enterpriseProjectId: '0' }, { extendparam: { enterprise_project_id: '0' } }],
    ],
    ['one name for all', [{ autoRename: true }, { isAutoRename: true }]],
    [
      'an end',
      [{ autoTerminateTime: '2027-01-01T00:00:00Z' }, { auto_terminate_time: '2027-01-01T00:00:00Z' }],
    ],
    [
      'scheduler hints',
      [
        { schedulerHints: { group: 'g-1', tenancy: 'dedicated', dedicatedHostId: 'h-1' } },
        { 'os:scheduler_hints': { group: 'g-1', tenancy: 'dedicated', dedicated_host_id: 'h-1' } },
      ],
    ],
  ])('says %s in Huawei’s words', async (_, [given, sent]) => {
    const { double, url } = await startBoth()
    const { status, json } = await create(url, { ...CREATE, ...given })
    expect(status).toBe(200)
    expect(json.data.value.job_id).toMatch(/^ff808082/)
    expect(JSON.parse(asked(double)[0]?.body ?? '')).toEqual({ server: { ...SERVER, ...sent } })
  })

  test('answers the ids of all servers', async () => {
    const { url } = await startBoth()
    const { json } = await create(url, { ...CREATE, count: 2 })
    expect(json.data.value.serverIds).toHaveLength(2)
  })

  test.each([202, 200])('as a dry run that passed with %d is {"dryRun":true}', async (status) => {
    const { double, url } = await startBoth()
    double.answer('POST /v1.1/', { status, headers: { 'X-Request-Id': 'dry-1' }, body: '' })
    const { text, headers } = await create(url, { ...CREATE, dryRun: true })
    expect(text).toBe(`${OPEN}{"dryRun":true}}}`)
    expect(headers.get('x-upstream-request-id')).toBe('dry-1')
    expect(JSON.parse(asked(double)[0]?.body ?? '')).toEqual({ dry_run: true, server: SERVER })
  })

  test('as a dry run whose answer is long is read no further', async () => {
    const cut = Promise.withResolvers<void>()
    const { url } = await startBefore((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write(`{"a":"${'x'.repeat(512 * 1024)}`)
      response.once('close', () => cut.resolve())
    })
    const { text } = await create(url, { ...CREATE, projectId: PROJECT, dryRun: true })
    expect(text).toBe(`${OPEN}{"dryRun":true}}}`)
    await cut.promise
  })

  test('that is expressly no dry run answers the job', async () => {
    const { double, url } = await startBoth()
    const { json } = await create(url, { ...CREATE, dryRun: false })
    expect(json.data.value.job_id).toBeDefined()
    expect(JSON.parse(asked(double)[0]?.body ?? '')).toEqual({ dry_run: false, server: SERVER })
  })

  test.each([
    [{}, {}],
    [{ dryRun: true }, { dry_run: true }],
  ])('sends a raw server as it is, beside %j', async (given, sent) => {
    const server = { ...SERVER, cpu_options: { 'hw:cpu_threads': 1 }, tags: ['a.b'], nothing: null }
    const { double, url } = await startBoth()
    expect((await create(url, { server, ...given })).status).toBe(200)
    expect(JSON.parse(asked(double)[0]?.body ?? '')).toEqual({ server, ...sent })
  })

  describe('carries a client token', () => {
    const tokenOf = async (
      headers: Record<string, string>,
      region = 'cn-south-1',
      keys: Record<string, string> = {},
    ) => {
      const { double, url } = await startBoth()
      const { headers: answered } = await create(
        url,
        { ...CREATE, projectId: PROJECT },
        { ...headers, ...keys },
        region,
      )
      const sent = asked(double)[0]?.headers['x-client-token']
      expect(answered.get('x-client-token')).toBe(sent)
      return String(sent)
    }
    const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

    test('of its own, each another', async () => {
      const [first, second] = [await tokenOf({}), await tokenOf({})]
      expect(first).toMatch(UUID)
      expect(second).toMatch(UUID)
      expect(first).not.toBe(second)
    })

    test('from an Idempotency-Key that is a UUID, lower-cased', async () => {
      const key = '018F4B1E-0A5C-7CC3-98C4-DC0C0C07398F'
      expect(await tokenOf({ 'idempotency-key': key })).toBe(key.toLowerCase())
    })

    test.each([
      ['is too busy to tell the project', 503, {}, 502],
      ['has no project', 200, { projects: [] }, 400],
    ])('that is told even where IAM %s', async (_, status, said, answered) => {
      const asked: string[] = []
      const { url } = await startBefore(({ url }, response) => {
        asked.push(String(url).split('?', 1)[0] ?? '')
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said))
      })
      const key = '018f4b1e-0a5c-7cc3-98c4-dc0c0c07398f'
      const answer = await create(url, CREATE, { 'idempotency-key': key })
      expect([answer.status, answer.headers.get('x-client-token')]).toEqual([answered, key])
      expect((await create(url, CREATE)).headers.get('x-client-token')).toMatch(UUID)
      expect(asked.filter((path) => path !== '/v3/projects' && path !== '/v3/auth/projects')).toEqual([])
    })

    test('hashed from any other key, the access key and the region', async () => {
      const key = { 'idempotency-key': 'order-42' }
      const token = await tokenOf(key)
      expect(token).toMatch(UUID)
      expect(await tokenOf(key)).toBe(token)
      const others = [
        await tokenOf({ 'idempotency-key': 'order-43' }),
        await tokenOf(key, 'cn-north-4'),
        await tokenOf(key, 'cn-south-1', { 'x-access-key': 'AKTESTTESTTESTTEST02' }),
      ]
      expect(new Set([token, ...others]).size).toBe(4)
    })
  })
})

test('each call logs one line, of names and numbers only', async () => {
  const { url, log, logged } = await startBoth()
  await make(url, calls[0]?.[1] as Call)
  await make(url, calls[0]?.[1] as Call)
  await logged(2)
  expect(log).toHaveLength(2)
  expect(log[0]).toMatchObject({
    method: 'GET',
    route: '/api/images',
    status: 200,
    caller: 'AKTE***01',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    upstreamRequestId: expect.stringMatching(/^[0-9a-f]{32}$/),
    ms: expect.any(Number),
    upstreamMs: expect.any(Number),
  })
})
