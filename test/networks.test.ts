import { describe, expect, test } from 'vitest'
import {
  ask,
  asked,
  errorOf,
  keyHeaders,
  ONCE,
  ourErrorOf,
  send,
  startBefore,
  startBoth,
} from './helpers/house.ts'
import {
  type Bad,
  ID_FORM,
  isRefusedByUs,
  isSaid,
  NO_IDS,
  type Said,
  startSandboxHouse,
  valueIn,
} from './helpers/sandbox-house.ts'

const VPC = 'dd7bac93-90f9-4fd3-8d4e-335e178f7aa5'
const SUBNET = '3ffaa982-367f-4633-927a-ad4866e2ad4a'
const GROUP = '27aa1cf6-8a40-48f3-8186-2702cf4be435'
const IP = '0f9e0d3e-1111-4222-8333-123456789abc'
const GONE = '11111111-2222-4333-8444-555555555555'

const said: Said[] = [
  ['GET /api/vpcs', { limit: '1' }, 'GET /v1/{p}/vpcs', { query: { limit: '1' } }],
  ['POST /api/vpcs', {}, 'POST /v1/{p}/vpcs', { body: { vpc: {} } }],
  [
    'POST /api/vpcs',
    { name: 'a', cidr: '10.0.0.0/16', description: '', enterpriseProjectId: '0' },
    'POST /v1/{p}/vpcs',
    { body: { vpc: { name: 'a', cidr: '10.0.0.0/16', description: '', enterprise_project_id: '0' } } },
  ],
  [`DELETE /api/vpcs/${VPC}`, {}, `DELETE /v1/{p}/vpcs/${VPC}`, {}],
  [
    'POST /api/subnets',
    { name: 'a', vpcId: VPC, cidr: '10.0.1.0/24', gatewayIp: '10.0.1.1' },
    'POST /v1/{p}/subnets',
    { body: { subnet: { name: 'a', vpc_id: VPC, cidr: '10.0.1.0/24', gateway_ip: '10.0.1.1' } } },
  ],
  [
    'POST /api/subnets',
    {
      name: 'a',
      vpcId: VPC,
      cidr: '10.0.1.0/24',
      gatewayIp: '10.0.1.1',
      description: 'd',
      dhcpEnable: true,
      ipv6Enable: false,
      primaryDns: '1.1.1.1',
      secondaryDns: '8.8.8.8',
      dnsServers: ['1.1.1.1', '8.8.8.8'],
      availabilityZone: 'cn-east-2a',
      dhcpOptions: [{ name: 'addresstime', value: '24h' }, { name: 'ntp' }],
    },
    'POST /v1/{p}/subnets',
    {
      body: {
        subnet: {
          name: 'a',
          vpc_id: VPC,
          cidr: '10.0.1.0/24',
          gateway_ip: '10.0.1.1',
          description: 'd',
          dhcp_enable: true,
          ipv6_enable: false,
          primary_dns: '1.1.1.1',
          secondary_dns: '8.8.8.8',
          dnsList: ['1.1.1.1', '8.8.8.8'],
          availability_zone: 'cn-east-2a',
          extra_dhcp_opts: [{ opt_name: 'addresstime', opt_value: '24h' }, { opt_name: 'ntp' }],
        },
      },
    },
  ],
  [`DELETE /api/subnets/${SUBNET}`, { vpcId: VPC }, `DELETE /v1/{p}/vpcs/${VPC}/subnets/${SUBNET}`, {}],
  [
    'GET /api/security-groups',
    { marker: GROUP },
    'GET /v1/{p}/security-groups',
    { query: { marker: GROUP } },
  ],
  [
    'POST /api/security-groups',
    { name: 'web', vpcId: VPC, enterpriseProjectId: '0' },
    'POST /v1/{p}/security-groups',
    { body: { security_group: { name: 'web', vpc_id: VPC, enterprise_project_id: '0' } } },
  ],
  [`DELETE /api/security-groups/${GROUP}`, {}, `DELETE /v1/{p}/security-groups/${GROUP}`, {}],
  [
    `POST /api/security-groups/${GROUP}/rules`,
    { direction: 'egress' },
    'POST /v1/{p}/security-group-rules',
    { body: { security_group_rule: { security_group_id: GROUP, direction: 'egress' } } },
  ],
  [
    `POST /api/security-groups/${GROUP}/rules`,
    {
      direction: 'ingress',
      etherType: 'IPv6',
      protocol: 'tcp',
      portRangeMin: 80,
      portRangeMax: 443,
      remoteIpPrefix: '::/0',
      remoteGroupId: GROUP,
      remoteAddressGroupId: 'ag-1',
      description: 'web',
    },
    'POST /v1/{p}/security-group-rules',
    {
      body: {
        security_group_rule: {
          security_group_id: GROUP,
          direction: 'ingress',
          ethertype: 'IPv6',
          protocol: 'tcp',
          port_range_min: 80,
          port_range_max: 443,
          remote_ip_prefix: '::/0',
          remote_group_id: GROUP,
          remote_address_group_id: 'ag-1',
          description: 'web',
        },
      },
    },
  ],
  [`DELETE /api/security-groups/${GROUP}/rules/r-1`, {}, 'DELETE /v1/{p}/security-group-rules/r-1', {}],
  ['GET /api/public-ips', { ip_version: '4' }, 'GET /v1/{p}/publicips', { query: { ip_version: '4' } }],
  [
    'POST /api/public-ips',
    { type: '5_bgp', bandwidth: { shareType: 'WHOLE', id: 'bw-1' } },
    'POST /v1/{p}/publicips',
    { body: { publicip: { type: '5_bgp' }, bandwidth: { share_type: 'WHOLE', id: 'bw-1' } } },
  ],
  [
    'POST /api/public-ips',
    {
      type: '5_bgp',
      bandwidth: { shareType: 'PER', name: 'b', size: 5, chargeMode: 'traffic' },
      name: 'shop',
      ipVersion: 4,
      ipAddress: '1.2.3.4',
      portId: 'p-1',
      enterpriseProjectId: '0',
    },
    'POST /v1/{p}/publicips',
    {
      body: {
        publicip: { type: '5_bgp', ip_version: 4, ip_address: '1.2.3.4', alias: 'shop', port_id: 'p-1' },
        bandwidth: { share_type: 'PER', name: 'b', size: 5, charge_mode: 'traffic' },
        enterprise_project_id: '0',
      },
    },
  ],
  [`DELETE /api/public-ips/${IP}`, {}, `DELETE /v1/{p}/publicips/${IP}`, {}],
  [
    `POST /api/public-ips/${IP}/bind`,
    { portId: 'p-1' },
    `PUT /v1/{p}/publicips/${IP}`,
    { body: { publicip: { port_id: 'p-1' } } },
  ],
  [
    `POST /api/public-ips/${IP}/unbind`,
    {},
    `PUT /v1/{p}/publicips/${IP}`,
    { body: { publicip: { port_id: '' } } },
  ],
]

test.each(said)('%s with %j is said in Huawei’s words', (...row) => isSaid(row))

test('a network is made, furnished, and taken away again', async () => {
  const { post, del, value } = await startSandboxHouse()
  const { vpc } = valueIn(await post('/api/vpcs', { name: 'shop', cidr: '10.1.0.0/16' }))
  expect((await value('/api/vpcs')).vpcs).toContainEqual(
    expect.objectContaining({ id: vpc.id, name: 'shop', cidr: '10.1.0.0/16', status: 'OK' }),
  )
  const wanted = { name: 'shop-a', vpcId: vpc.id, cidr: '10.1.1.0/24', gatewayIp: '10.1.1.1' }
  const { subnet } = valueIn(await post('/api/subnets', wanted))
  expect((await value(`/api/subnets?vpc_id=${vpc.id}`)).subnets).toMatchObject([
    { id: subnet.id, vpc_id: vpc.id, cidr: '10.1.1.0/24', gateway_ip: '10.1.1.1', status: 'ACTIVE' },
  ])

  const busy = errorOf(await del(`/api/vpcs/${vpc.id}`))
  expect(busy).toMatchObject({
    status: 'ABORTED',
    reason: 'VPC.0104',
    domain: 'vpc.cn-east-2.myhuaweicloud.com',
  })

  expect(valueIn(await del(`/api/subnets/${subnet.id}`))).toEqual({})
  expect(valueIn(await del(`/api/vpcs/${vpc.id}`))).toEqual({})
  expect((await value('/api/vpcs')).vpcs).toMatchObject([{ id: VPC }])
})

describe('a subnet', () => {
  test('that instances are in is Huawei’s to refuse', async () => {
    const { del } = await startSandboxHouse()
    const error = errorOf(await del(`/api/subnets/${SUBNET}`))
    expect(error.reason).toMatch(/^VPC\.020[6-9]$/)
    expect(error.metadata.operation).toBe('DeleteSubnet')
  })

  test.each([
    ['no JSON', 'surprise'],
    ['no subnet', '{"id":"x"}'],
    ['no VPC', '{"subnet":{}}'],
    ['a VPC that would lead elsewhere', '{"subnet":{"vpc_id":"../../v3/projects"}}'],
    ['a VPC that is a number', '{"subnet":{"vpc_id":4}}'],
  ])('is not deleted where the look-up answers %s', async (_, body) => {
    const { double, url } = await startBoth(ONCE)
    double.answer('GET /v1/', { body })
    const path = `/api/subnets/${SUBNET}?regionId=cn-south-1`
    const got = await fetch(`${url}${path}`, { method: 'DELETE', headers: keyHeaders })
    expect(got.status).toBe(502)
    expect(await got.json()).toMatchObject({
      error: { status: 'INTERNAL', details: [{ reason: 'UPSTREAM_PROTOCOL_ERROR' }] },
    })
    expect(asked(double).map(({ method }) => method)).toEqual(['GET'])
  })

  test.each([
    ['more than anybody reads', 33 * 1024 * 1024, '10', 502, 'UPSTREAM_TOO_LARGE'],
    ['a part and no more', 300_000, '0.3', 504, 'UPSTREAM_TIMEOUT'],
  ])('is not deleted where the look-up answers %s', async (_, length, seconds, status, reason) => {
    const methods: unknown[] = []
    const { url } = await startBefore(({ method }, response) => {
      methods.push(method)
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write(`{"subnet":{"vpc_id":"${VPC}"},"more":"${'x'.repeat(length)}`)
    })
    const got = await ask(`${url}/api/subnets/${SUBNET}?regionId=cn-south-1&projectId=p-1`, {
      method: 'DELETE',
      headers: { ...keyHeaders, 'x-request-timeout': seconds },
    })
    expect([got.status, ourErrorOf(got).reason]).toEqual([status, reason])
    expect(methods).toEqual(['GET'])
  })
})

test('a security group is made, ruled, and taken away again', async () => {
  const { post, del, value } = await startSandboxHouse()
  const { security_group: group } = valueIn(await post('/api/security-groups', { name: 'web' }))
  const path = `/api/security-groups/${group.id}`
  const asks = { direction: 'ingress', protocol: 'tcp', portRangeMin: 443, portRangeMax: 443 }
  const { security_group_rule: rule } = valueIn(
    await post(`${path}/rules`, { ...asks, remoteIpPrefix: '0.0.0.0/0', description: 'https' }),
  )
  expect(rule).toMatchObject({ security_group_id: group.id, port_range_min: 443, protocol: 'tcp' })
  const rules = async () => {
    const { security_groups } = await value('/api/security-groups')
    const found = security_groups.find(({ id }: { id: string }) => id === group.id)
    return found?.security_group_rules.map(({ id }: { id: string }) => id)
  }
  expect(await rules()).toContain(rule.id)
  expect(errorOf(await post(`${path}/rules`, { ...asks, remoteIpPrefix: '0.0.0.0/0' })).status).toBe(
    'ABORTED',
  )
  expect(valueIn(await del(`${path}/rules/${rule.id}`))).toEqual({})
  expect(await rules()).not.toContain(rule.id)
  expect(valueIn(await del(path))).toEqual({})
  expect(await rules()).toBeUndefined()
})

describe('a public address', () => {
  const NEW = { type: '5_bgp', bandwidth: { shareType: 'PER', name: 'b', size: 5, chargeMode: 'traffic' } }

  test('is got, bound to an instance, told with it, unbound and given back', async () => {
    const { post, del, value } = await startSandboxHouse()
    const { publicip } = valueIn(await post('/api/public-ips', { ...NEW, name: 'shop' }))
    const path = `/api/public-ips/${publicip.id}`
    const now = async () => (await value('/api/public-ips')).publicips
    expect(await now()).toMatchObject([{ id: publicip.id, status: 'DOWN', alias: 'shop', bandwidth_size: 5 }])

    valueIn(await post(`${path}/bind`, { instanceId: 'ins-r8hr2upy' }))
    const { server } = await value('/api/instances/ins-r8hr2upy')
    const [fixed, floating] = server.addresses[VPC]
    expect(floating).toMatchObject({ addr: publicip.public_ip_address, 'OS-EXT-IPS:type': 'floating' })
    expect(await now()).toMatchObject([
      { status: 'ACTIVE', port_id: fixed['OS-EXT-IPS:port_id'], private_ip_address: fixed.addr },
    ])

    const bound = errorOf(await del(path))
    expect(bound).toMatchObject({ status: 'ABORTED', reason: 'VPC.0517' })
    expect(bound.metadata.service).toBe('eip')

    valueIn(await post(`${path}/unbind`))
    expect(await now()).toMatchObject([{ status: 'DOWN' }])
    expect(valueIn(await del(path))).toEqual({})
    expect(await now()).toEqual([])
  })

  const server = (addresses: unknown) => ({ body: JSON.stringify({ server: { id: 'i-1', addresses } }) })
  const entry = (port: string, more = {}) => ({ addr: '10.0.0.1', 'OS-EXT-IPS:port_id': port, ...more })
  const bind = async (answer: { body: string }) => {
    const { double, url } = await startBoth()
    double.answer('GET /v1/', answer)
    double.answer('PUT /v1/', { body: '{"publicip":{}}' })
    const got = await send(
      'POST',
      `${url}/api/public-ips/${IP}/bind`,
      { instanceId: 'i-1', regionId: 'cn-south-1' },
      keyHeaders,
    )
    return { got, sent: asked(double).filter(({ method }) => method === 'PUT') }
  }

  test.each([
    ['the only one', { v: [entry('p-1')] }, 'p-1'],
    ['the only one, with a public address too', { v: [entry('p-1'), entry('p-1')] }, 'p-1'],
    ['the primary one', { v: [entry('p-1')], w: [entry('p-2', { primary: true })] }, 'p-2'],
  ])('is bound to the card of an instance that is %s', async (_, addresses, port_id) => {
    const { got, sent } = await bind(server(addresses))
    valueIn(got)
    expect(sent).toMatchObject([{ body: JSON.stringify({ publicip: { port_id } }), verified: true }])
  })

  test.each([
    ['there is none', {}, /has no network card/],
    ['there are two, neither primary', { v: [entry('p-1'), entry('p-2')] }, /portId: p-1, p-2/],
  ])('is not bound by guessing where %s', async (_, addresses, text) => {
    const { got, sent } = await bind(server(addresses))
    expect(ourErrorOf(got).violations).toEqual([
      { field: 'instanceId', description: expect.stringMatching(text) },
    ])
    expect(sent).toEqual([])
  })

  test('is bound however much Huawei tells of the instance', async () => {
    const addresses = { v: [entry('p-1', { note: 'x'.repeat(400_000) })] }
    const { got, sent } = await bind(server(addresses))
    valueIn(got)
    expect(sent).toHaveLength(1)
  })

  test('is not bound to what is no port', async () => {
    const { got, sent } = await bind(server({ v: [entry('../p')] }))
    expect(got.status).toBe(502)
    expect(sent).toEqual([])
  })
})

describe('what is not there is Huawei’s 404', () => {
  test.each<[method: 'post' | 'del', path: string, fields: Record<string, unknown>, code: string]>([
    ['del', `/api/vpcs/${GONE}`, {}, 'VPC.0003'],
    ['del', `/api/subnets/${GONE}`, {}, 'VPC.0202'],
    ['del', `/api/security-groups/${GONE}`, {}, 'VPC.0603'],
    ['del', `/api/security-groups/${GROUP}/rules/${GONE}`, {}, 'VPC.0612'],
    ['del', `/api/public-ips/${GONE}`, {}, 'VPC.0504'],
    ['post', `/api/public-ips/${GONE}/unbind`, {}, 'VPC.0504'],
    ['post', `/api/public-ips/${GONE}/bind`, { instanceId: 'ins-r8hr2upy' }, 'VPC.0504'],
    ['post', `/api/public-ips/${GONE}/bind`, { instanceId: GONE }, 'Ecs.0114'],
  ])('%s %s %j', async (method, path, fields, code) => {
    const house = await startSandboxHouse()
    const error = errorOf(await house[method](path, fields))
    expect(error).toMatchObject({ status: 'NOT_FOUND', reason: code })
  })
})

test.each([
  ['a range that is not private', 'vpcs', { cidr: '8.8.8.0/24' }, 'VPC.0101'],
  ['a subnet outside of its VPC', 'subnets', { cidr: '172.16.0.0/24', gatewayIp: '172.16.0.1' }, 'VPC.0203'],
  ['a subnet over another', 'subnets', { cidr: '192.168.0.0/24', gatewayIp: '192.168.0.1' }, 'VPC.0204'],
])('%s is Huawei’s to refuse', async (_, what, fields, code) => {
  const { post } = await startSandboxHouse()
  const more = what === 'subnets' ? { name: 'a', vpcId: VPC } : {}
  const error = errorOf(await post(`/api/${what}`, { ...more, ...fields }))
  expect(error).toMatchObject({ status: 'INVALID_ARGUMENT', reason: code })
})

describe('is refused by us, and nothing is sent', () => {
  const SUBNET_OK = { name: 'a', vpcId: VPC, cidr: '10.0.0.0/24', gatewayIp: '10.0.0.1' }
  const IP_OK = { type: '5_bgp', bandwidth: { shareType: 'PER' } }

  test.each<Bad>([
    ...NO_IDS.flatMap((name): Bad[] => [
      [`DELETE /api/vpcs/${name}`, {}, 'vpcId', ID_FORM],
      [`DELETE /api/subnets/${name}`, {}, 'subnetId', ID_FORM],
      [`DELETE /api/security-groups/${name}`, {}, 'securityGroupId', ID_FORM],
      [`DELETE /api/security-groups/${GROUP}/rules/${name}`, {}, 'ruleId', ID_FORM],
      [`DELETE /api/public-ips/${name}`, {}, 'publicIpId', ID_FORM],
      [`POST /api/public-ips/${name}/unbind`, {}, 'publicIpId', ID_FORM],
    ]),
    ['POST /api/vpcs', { cidrs: '10.0.0.0/8' }, 'cidrs', /did you mean cidr\?/],
    ['POST /api/vpcs', { name: '' }, 'name', /must not be empty/],
    ['POST /api/vpcs', { enterpriseProjectId: 0 }, 'enterpriseProjectId', /must be a string/],
    ['POST /api/subnets', {}, 'gatewayIp', /is required/],
    ['POST /api/subnets', { ...SUBNET_OK, vpcId: '../x' }, 'vpcId', ID_FORM],
    ['POST /api/subnets', { ...SUBNET_OK, vpcld: VPC }, 'vpcld', /did you mean vpcId\?/],
    ['POST /api/subnets', { ...SUBNET_OK, dhcpEnable: 'yes' }, 'dhcpEnable', /true or false/],
    ['POST /api/subnets', { ...SUBNET_OK, dnsServers: '1.1.1.1' }, 'dnsServers', /must be a list/],
    ['POST /api/subnets', { ...SUBNET_OK, dhcpOptions: [{}] }, 'dhcpOptions[0].name', /is required/],
    [`DELETE /api/subnets/${SUBNET}?vpcId=..`, {}, 'vpcId', ID_FORM],
    [`DELETE /api/subnets/${SUBNET}?vpc_id=x`, {}, 'vpc_id', /did you mean vpcId\?/],
    ['POST /api/security-groups', {}, 'name', /is required/],
    [`POST /api/security-groups/${GROUP}/rules`, {}, 'direction', /is required/],
    [`POST /api/security-groups/${GROUP}/rules`, { direction: 'in' }, 'direction', /one of ingress, egress/],
    [
      `POST /api/security-groups/${GROUP}/rules`,
      { direction: 'ingress', portRangeMin: '80' },
      'portRangeMin',
      /whole number/,
    ],
    [
      `POST /api/security-groups/${GROUP}/rules`,
      { direction: 'ingress', securityGroupId: 'another' },
      'securityGroupId',
      /in the path already/,
    ],
    ['POST /api/public-ips', {}, 'bandwidth', /is required/],
    ['POST /api/public-ips', { ...IP_OK, bandwidth: {} }, 'bandwidth.shareType', /is required/],
    [
      'POST /api/public-ips',
      { ...IP_OK, bandwidth: { shareType: 'PER', charge_mode: 'traffic' } },
      'bandwidth.charge_mode',
      /did you mean chargeMode\?/,
    ],
    ['POST /api/public-ips', { ...IP_OK, ipVersion: '4' }, 'ipVersion', /whole number/],
    [`POST /api/public-ips/${IP}/bind`, {}, 'portId', /or instanceId is required/],
    [`POST /api/public-ips/${IP}/bind`, { portId: 'p', instanceId: 'i' }, 'portId', /and not both/],
    [`POST /api/public-ips/${IP}/bind`, { portId: 'a/b' }, 'portId', ID_FORM],
    [`POST /api/public-ips/${IP}/unbind`, { portId: 'p' }, 'portId', /is not a known field/],
  ])('%s with %j: %s', (...bad) => isRefusedByUs(bad))
})
