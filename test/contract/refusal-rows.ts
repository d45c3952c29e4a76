import { sha256 } from '../../src/wire/signature.ts'
import { type Call, UNKNOWN } from './wire.ts'

/** What was there before anything was refused. */
export interface Setting {
  vpc: string
  subnet: string
  neutronSubnet: string
  group: string
  zone: string
  /** Running, with a data disk and a public address. */
  server: string
  stopped: string
  prepaid: string
  locked: string
  port: string
  rootDisk: string
  dataDisk: string
  publicIp: string
  ownImage: string
  publicImage: string
  /** What each state of sale has in the zone. */
  flavors: Record<string, string>
}

type Asked = Call | ((setting: Setting) => Call)
export type RefusalRow = readonly [status: number, code: string, asked: Asked]

const IMAGE = '88faab67-9e31-48d9-8027-f8a025da94de'
const FLAVOR = 'ac6.12xlarge.2'

const call = (service: string, method: string, path: string, body?: unknown): Call => ({
  service,
  method,
  path,
  ...(body !== undefined && { body }),
})
const ecs = (method: string, path: string, body?: unknown) =>
  call('ecs', method, `/v1/{p}/cloudservers${path}`, body)
const vpc = (method: string, path: string, body?: unknown) => call('vpc', method, `/v1/{p}/${path}`, body)
const vpc3 = (method: string, path: string, body?: unknown) =>
  call('vpc', method, `/v3/{p}/vpc/${path}`, body)
const evs = (method: string, path: string, body?: unknown) => call('evs', method, path, body)
const ims = (method: string, path: string, body?: unknown) => call('ims', method, path, body)

type Changes = Record<string, unknown>
export const serverBody = (setting: Pick<Setting, 'vpc' | 'subnet'>, changes: Changes = {}) => ({
  server: {
    name: 'refused',
    imageRef: IMAGE,
    flavorRef: FLAVOR,
    vpcid: setting.vpc,
    nics: [{ subnet_id: setting.subnet }],
    root_volume: { volumetype: 'SATA', size: 60 },
    ...changes,
  },
})
const create =
  (changes: Changes | ((setting: Setting) => Changes), headers: Record<string, string> = {}) =>
  (setting: Setting): Call => ({
    ...call(
      'ecs',
      'POST',
      '/v1.1/{p}/cloudservers',
      serverBody(setting, typeof changes === 'function' ? changes(setting) : changes),
    ),
    headers,
  })
const tags = (count: number) => Array.from({ length: count }, (_, at) => ({ key: `k${at}`, value: '' }))
const prepaid = { chargingMode: 'prePaid', periodType: 'month', periodNum: 1, isAutoPay: 'true' }

const gateway: RefusalRow[] = [
  [404, 'APIGW.0101', call('ecs', 'GET', '/v9/nothing')],
  [404, 'APIGW.0101', call('ecs', 'PATCH', '/v1/{p}/cloudservers/detail')],
  [401, 'APIGW.0301', { ...ecs('GET', '/detail'), keys: { accessKey: 'NOBODY', secretKey: 'x' } }],
  [414, 'APIGW.0201', ecs('GET', `/${'a'.repeat(33_000)}`)],
  [401, 'APIGW.0301', { ...ecs('GET', '/detail'), keys: 'none' }],
  [401, 'APIGW.0301', { ...ecs('GET', '/detail'), keys: 'none', headers: { 'X-Auth-Token': 'garbage' } }],
]

const creates: RefusalRow[] = [
  [400, 'Common.0002', call('ecs', 'POST', '/v1.1/{p}/cloudservers')],
  [400, 'Ecs.0000', call('ecs', 'POST', '/v1.1/{p}/cloudservers', '{')],
  [400, 'Common.0018', call('ecs', 'GET', '/v1/0123456789abcdef0123456789abcdef/cloudservers/detail')],
  [400, 'Ecs.0005', create({ vpcid: 'no-uuid' })],
  [400, 'Ecs.0005/0039', create((s) => ({ nics: [{ subnet_id: s.subnet, ip_address: '10.255.0.9' }] }))],
  [400, 'Ecs.0010', create((s) => ({ nics: [{ subnet_id: s.subnet, ip_address: '192.168.0.2' }] }))],
  [400, 'Ecs.0011', create({ adminPass: 'weak' })],
  [400, 'Ecs.0014', create({ vpcid: UNKNOWN })],
  [400, 'Ecs.0014', create({ security_groups: [{ id: UNKNOWN }] })],
  [400, 'Ecs.0029', create({ flavorRef: 'x9.nothing' })],
  [400, 'Ecs.0031', create({ imageRef: UNKNOWN })],
  [400, 'Ecs.0038', create({ nics: [{ subnet_id: UNKNOWN }] })],
  [400, 'Ecs.0041', create({ description: 'x'.repeat(86) })],
  [400, 'Ecs.0042', create({ data_volumes: Array(60).fill({ volumetype: 'SSD', size: 10 }) })],
  [400, 'Ecs.0043', create({ root_volume: { volumetype: 'TAPE' } })],
  [400, 'Ecs.0050', create((s) => ({ nics: Array(13).fill({ subnet_id: s.subnet }) }))],
  [400, 'Ecs.0082', create({ auto_terminate_time: 'soon' })],
  [403, 'Ecs.0083', create({ auto_terminate_time: '2020-01-01T00:00:00Z' })],
  [400, 'Ecs.0084', create({ auto_terminate_time: '2026-03-01T00:00:00Z', extendparam: prepaid })],
  [400, 'Ecs.0123', create({}, { 'X-Client-Token': 'no-uuid' })],
  [400, 'Ecs.0314', create({ key_name: 'nobodys' })],
  [400, 'Ecs.0905', create({ server_tags: tags(11) })],
  [400, 'Ecs.0906', create({ server_tags: [{ key: 'a'.repeat(37), value: '' }] })],
  [400, 'Ecs.0907', create({ server_tags: [{ key: 'a', value: 'a*b' }] })],
  [400, 'Ecs.0908', create({ server_tags: [...tags(1), ...tags(1)] })],
  [400, 'Ecs.0913', create({ count: 501 })],
  [400, 'Ecs.0914', create({ name: 'a'.repeat(129) })],
  [400, 'Ecs.0915', create({ name: 'a b' })],
  [400, 'Ecs.7000', create({ name: 'no-money-here' })],
  [400, 'Ecs.0001', create({ name: 'no-quota-here' })],
  [400, 'Ecs.0016', create((s) => ({ flavorRef: s.flavors.obt, availability_zone: s.zone }))],
  [400, 'Ecs.0018', create((s) => ({ flavorRef: s.flavors.sellout, availability_zone: s.zone }))],
  [400, 'Ecs.0019', create((s) => ({ flavorRef: s.flavors.abandon, availability_zone: s.zone }))],
]

const servers: RefusalRow[] = [
  [404, 'Ecs.0114', ecs('GET', `/${UNKNOWN}`)],
  [404, 'Ecs.0114', ecs('POST', '/action', { 'os-start': { servers: [{ id: UNKNOWN }] } })],
  [400, 'Ecs.0118', ecs('POST', '/action', { 'os-start': { servers: Array(1_001).fill({ id: UNKNOWN }) } })],
  [400, 'Common.0011', call('ecs', 'GET', '/v1/{p}/jobs/ff808082739334d80173943ec9b42130')],
  [400, 'Ecs.0513', (s) => ecs('POST', '/delete', { servers: [{ id: s.prepaid }] })],
  [400, 'Ecs.0605', (s) => ecs('POST', '/delete', { servers: [{ id: s.locked }] })],
  [400, 'Ecs.0510', (s) => osChange(s.prepaid, 'withStopServer')],
  [400, 'Ecs.0100', (s) => osChange(s.server)],
  [400, 'Ecs.0100', (s) => ecs('POST', `/${s.server}/resize`, { resize: { flavorRef: 's6.large.2' } })],
  [400, 'Ecs.0810', (s) => ecs('POST', `/${s.stopped}/resize`, { resize: { flavorRef: FLAVOR } })],
  [400, 'Ecs.0112', (s) => ecs('POST', `/${s.prepaid}/resize`, { resize: { flavorRef: 's6.large.2' } })],
  [400, 'Ecs.0611', ecs('PUT', '/server-name', { name: 'x', servers: [{ id: UNKNOWN }] })],
  [
    404,
    'Ecs.0614',
    ecs('PUT', `/${UNKNOWN}/os-reset-password`, { 'reset-password': { new_password: 'Example-Pass1' } }),
  ],
  [400, 'Ecs.0313', ecs('GET', `/os-server-groups/${UNKNOWN}`)],
  [400, 'Ecs.0307', ecs('GET', `/${UNKNOWN}/os-interface`)],
  [400, 'Ecs.0102', (s) => ecs('DELETE', `/${s.server}/detachvolume/${s.rootDisk}`)],
  [400, 'Ecs.0111', (s) => ecs('DELETE', `/${s.stopped}/detachvolume/${s.dataDisk}`)],
  [400, 'Ecs.0005', (s) => attach(s.server, UNKNOWN)],
  [400, 'Ecs.0103', (s) => attach(s.stopped, s.dataDisk)],
  [400, 'Ecs.0005/0057', (s) => attach(s.server, s.dataDisk)],
  [403, 'Ecs.0507', (s) => ecs('POST', `/${s.server}/nics/delete`, { nics: [{ id: s.port }] })],
  [400, 'Ecs.0307', (s) => ecs('POST', `/${s.stopped}/nics/delete`, { nics: [{ id: s.port }] })],
]

const osChange = (id: string, mode?: string): Call =>
  call('ecs', 'POST', `/v2/{p}/cloudservers/${id}/changeos`, {
    'os-change': { imageid: IMAGE, adminpass: 'Example-Pass1', ...(mode && { mode }) },
  })
const attach = (id: string, volumeId: string) =>
  ecs('POST', `/${id}/attachvolume`, { volumeAttachment: { volumeId } })

const image = (body: object) => ims('POST', '/v2/cloudimages/action', body)

const patch = (id: string, body: object) => ims('PATCH', `/v2/cloudimages/${id}`, body)

const images: RefusalRow[] = [
  [400, 'IMG.0001', ims('POST', '/v2/cloudimages/action', '{')],
  [400, 'IMG.0002', (s) => image({ name: 'a'.repeat(129), instance_id: s.stopped })],
  [400, 'IMG.0004', (s) => image({ name: 'x', instance_id: s.stopped, description: 'x'.repeat(1_025) })],
  [400, 'IMG.0005', image({ name: 'x', instance_id: UNKNOWN })],
  [400, 'IMG.0007', ims('POST', '/v2/cloudimages/action')],
  [400, 'IMG.0008', (s) => image({ name: 'x', instance_id: s.server })],
  [400, 'IMG.0012', image({ name: 'x' })],
  [400, 'IMG.0013', (s) => image({ instance_id: s.stopped })],
  [400, 'IMG.0017', { ...ims('GET', '/v2/cloudimages'), query: [['sort_key', 'beauty']] }],
  [404, 'IMG.0027', ims('GET', `/v2/images/${UNKNOWN}`)],
  [
    400,
    'IMG.0030',
    { ...ims('GET', '/v2/cloudimages'), headers: { 'X-Project-Id': sha256('x').slice(0, 32) } },
  ],
  [400, 'IMG.0035', (s) => patch(s.ownImage, [{ op: 'replace', path: '/nothing', value: 'x' }])],
  [400, 'IMG.0003', (s) => image({ name: '<x>', instance_id: s.stopped })],
  [403, 'IMG.0094', (s) => ims('DELETE', `/v2/images/${s.publicImage}`)],
  [400, 'IMG.0191', { ...ims('GET', '/v2/cloudimages'), query: [['flavor_id', 'x9.nothing']] }],
  [400, 'IMG.0212', { ...ims('GET', '/v2/cloudimages'), query: [['architecture', 'vax']] }],
]
const networks: RefusalRow[] = [
  [404, 'VPC.0003', vpc('GET', `vpcs/${UNKNOWN}`)],
  [400, 'VPC.0007', call('vpc', 'GET', '/v1/0123456789abcdef0123456789abcdef/vpcs')],
  [400, 'VPC.0101', vpc('POST', 'vpcs', { vpc: { cidr: '300.0.0.0/8' } })],
  [409, 'VPC.0104', (s) => vpc('DELETE', `vpcs/${s.vpc}`)],
  [400, 'VPC.0201', (s) => vpc('POST', 'subnets', { subnet: { name: 's', vpc_id: s.vpc } })],
  [404, 'VPC.0202', vpc('GET', `subnets/${UNKNOWN}`)],
  [400, 'VPC.0203', (s) => subnet(s, '10.9.0.0/24', '10.9.0.1')],
  [400, 'VPC.0204', (s) => subnet(s, '192.168.0.0/24', '192.168.0.1')],
  [500, 'VPC.0209', (s) => vpc('DELETE', `vpcs/${s.vpc}/subnets/${s.subnet}`)],
  [
    400,
    'VPC.0601',
    (s) => vpc('POST', 'security-group-rules', { security_group_rule: { security_group_id: s.group } }),
  ],
  [409, 'VPC.0602', (s) => vpc('DELETE', `security-groups/${s.group}`)],
  [404, 'VPC.0603', vpc('GET', `security-groups/${UNKNOWN}`)],
  [404, 'VPC.2500', vpc('GET', `ports/${UNKNOWN}`)],
  [
    409,
    'VPC.0701',
    (s) =>
      vpc('POST', 'ports', { port: { network_id: s.subnet, fixed_ips: [{ ip_address: '192.168.0.2' }] } }),
  ],
  [400, 'VPC.1207', { ...vpc('GET', 'quotas'), query: [['type', 'hats']] }],
  [
    400,
    'VPC.0501',
    vpc('POST', 'publicips', {
      publicip: { type: 'pigeon' },
      bandwidth: { share_type: 'PER', size: 1, name: 'b' },
    }),
  ],
  [404, 'VPC.0504', vpc('GET', `publicips/${UNKNOWN}`)],
  [409, 'VPC.0517', (s) => vpc('DELETE', `publicips/${s.publicIp}`)],
  [404, 'VPC.0306', vpc('GET', `bandwidths/${UNKNOWN}`)],
  [404, 'VPC.0603', vpc3('GET', `security-groups/${UNKNOWN}`)],
]

const subnet = (setting: Setting, cidr: string, gateway: string) =>
  vpc('POST', 'subnets', { subnet: { name: 's', cidr, gateway_ip: gateway, vpc_id: setting.vpc } })

const disks: RefusalRow[] = [
  [404, 'EVS.5404', evs('GET', `/v2/{p}/cloudvolumes/${UNKNOWN}`)],
  [400, 'EVS.5400', (s) => evs('DELETE', `/v2/{p}/cloudvolumes/${s.dataDisk}`)],
]

const account: RefusalRow[] = [
  [404, '404', call('iam', 'GET', '/v3/projects/nothing')],
  [404, '404', call('iam', 'GET', '/v3/regions/nowhere-1')],
]

export const refusalRows: readonly RefusalRow[] = [
  ...gateway,
  ...creates,
  ...servers,
  ...images,
  ...networks,
  ...disks,
  ...account,
]
