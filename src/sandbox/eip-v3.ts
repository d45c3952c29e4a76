import Type from 'typebox'
import { Compile } from './check.ts'
import { shareTypesOf, statusOf } from './eip.ts'
import { bind, invalidPublicIp, publicIpWithId, unbind } from './eip-acts.ts'
import type { Holdings } from './holdings.ts'
import type { PublicIp } from './public-ips.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'
import { utcTime, wantedBy } from './vpc-common.ts'
import { pageWithInfo } from './vpc-page.ts'
import { starred, tagsOf } from './vpc-tags.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-eip/ListPublicipsV3.html */
export const eipV3Rows: readonly Row[] = [
  {
    name: 'ListPublicips2',
    method: 'GET',
    path: '/v3/{project_id}/eip/publicips',
    partial: 'not all of the filters',
    handle: listPublicIps,
  },
  {
    name: 'ShowPublicip2',
    method: 'GET',
    path: '/v3/{project_id}/eip/publicips/{publicip_id}',
    handle: showPublicIp,
  },
  {
    name: 'UpdatePublicip2',
    method: 'PUT',
    path: '/v3/{project_id}/eip/publicips/{publicip_id}',
    handle: updatePublicIp,
  },
  {
    name: 'AssociatePublicips',
    method: 'POST',
    path: '/v3/{project_id}/eip/publicips/{publicip_id}/associate-instance',
    partial: 'ports only',
    handle: associate,
  },
  {
    name: 'DisassociatePublicips',
    method: 'POST',
    path: '/v3/{project_id}/eip/publicips/{publicip_id}/disassociate-instance',
    handle: disassociate,
  },
]

type View = ReturnType<typeof viewOf>

const filters: Record<string, (row: View) => string | readonly string[] | undefined> = {
  id: ({ id }) => id,
  ip_version: ({ ip_version }) => String(ip_version),
  public_ip_address: ({ public_ip_address }) => public_ip_address,
  type: ({ type }) => type,
  status: ({ status }) => status,
  alias: ({ alias }) => alias,
  'vnic.private_ip_address': ({ vnic }) => vnic?.private_ip_address,
  'vnic.device_id': ({ vnic }) => vnic?.device_id,
  'vnic.device_owner': ({ vnic }) => vnic?.device_owner,
  'vnic.vpc_id': ({ vnic }) => vnic?.vpc_id,
  'vnic.port_id': ({ vnic }) => vnic?.port_id,
  'bandwidth.id': ({ bandwidth }) => bandwidth.id,
  'bandwidth.name': ({ bandwidth }) => bandwidth.name,
  'bandwidth.size': ({ bandwidth }) => String(bandwidth.size),
  'bandwidth.share_type': ({ bandwidth }) => bandwidth.share_type,
  'bandwidth.charge_mode': ({ bandwidth }) => bandwidth.charge_mode,
  associate_instance_type: (row) => row.associate_instance_type,
  associate_instance_id: (row) => row.associate_instance_id,
  enterprise_project_id: (row) => [row.enterprise_project_id, 'all_granted_eps'],
  public_border_group: (row) => row.public_border_group,
}
const likes: Record<string, (row: View) => string> = {
  public_ip_address_like: (row) => row.public_ip_address,
  alias_like: ({ alias }) => alias,
  'vnic.private_ip_address_like': ({ vnic }) => vnic?.private_ip_address ?? '',
  'bandwidth.name_like': ({ bandwidth }) => bandwidth.name,
}
const sortable = ['id', 'public_ip_address', 'ip_version', 'created_at', 'updated_at', 'type'] as const

function listPublicIps({ project, query, requestId }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const all = [...holdings.publicIps.values()].map((publicIp) => viewOf(publicIp, holdings, world))
  const found = all.filter(wantedBy<View>(query, filters)).filter((row) =>
    Object.entries(likes).every(([name, read]) => {
      const part = query.get(name)
      return part === undefined || read(row).includes(part)
    }),
  )
  const offset = query.whole('offset', 0)
  if (offset === undefined) throw invalidPublicIp('The offset is invalid.')
  const sorted = sort(found, query)
  const rows = query.get('marker') === undefined ? sorted.slice(offset) : sorted
  const { page, page_info } = pageWithInfo(rows, query, 'VPC.0501')
  const fields = query
    .all('fields')
    .flatMap((each) => each.split(','))
    .filter((each) => each !== '')
  const publicips = page.map((row) => (fields.length === 0 ? row : only(row, fields)))
  return ok({ publicips, total_count: found.length, page_info, request_id: requestId })
}

function sort(rows: View[], query: Ask['query']): View[] {
  const key = sortable.find((each) => each === query.get('sort_key'))
  if (query.get('sort_key') !== undefined && !key) throw invalidPublicIp('The sort_key is invalid.')
  if (!['asc', 'desc', undefined].includes(query.get('sort_dir')))
    throw invalidPublicIp('The sort_dir is invalid.')
  if (!key) return rows
  const sorted = rows.toSorted((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0))
  return query.get('sort_dir') === 'desc' ? sorted.reverse() : sorted
}

const only = (row: View, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name)))

function showPublicIp({ project, params, requestId }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const publicip = viewOf(publicIpWithId(holdings, params.publicip_id), holdings, world)
  return ok({ publicip, request_id: requestId })
}

const UpdateBody = Compile(
  Type.Object({ publicip: Type.Object({ alias: Type.Optional(Type.String({ maxLength: 64 })) }) }),
)

function updatePublicIp(ask: Ask, world: World): Answer {
  const publicIp = publicIpWithId(world.holdings(ask.project), ask.params.publicip_id)
  const body = ask.object()
  if (!UpdateBody.Check(body)) throw invalidPublicIp()
  publicIp.alias = body.publicip.alias ?? publicIp.alias
  publicIp.updated = world.outside.now()
  return showPublicIp(ask, world)
}

const AssociateBody = Compile(
  Type.Object({
    publicip: Type.Object({
      associate_instance_type: Type.Literal('PORT'),
      associate_instance_id: Type.String({ minLength: 1 }),
    }),
  }),
)

function associate(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const publicIp = publicIpWithId(holdings, ask.params.publicip_id)
  const body = ask.object()
  if (!AssociateBody.Check(body)) throw invalidPublicIp()
  bind(publicIp, body.publicip.associate_instance_id, holdings, world)
  return showPublicIp(ask, world)
}

function disassociate(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  unbind(publicIpWithId(holdings, ask.params.publicip_id), holdings, world)
  return showPublicIp(ask, world)
}

function viewOf(publicIp: PublicIp, holdings: Holdings, world: World) {
  const bandwidth = holdings.bandwidths.get(publicIp.bandwidthId)
  return {
    id: publicIp.id,
    project_id: holdings.project.id,
    ip_version: 4,
    public_ip_address: publicIp.address,
    network_type: publicIp.type,
    status: statusOf(publicIp, world),
    description: '',
    public_border_group: 'center',
    created_at: utcTime(publicIp.created),
    updated_at: utcTime(publicIp.updated),
    type: 'EIP',
    vnic: vnicOf(publicIp, holdings),
    bandwidth: {
      id: publicIp.bandwidthId,
      size: bandwidth?.size ?? 0,
      share_type: bandwidth?.shareType ?? 'PER',
      charge_mode: bandwidth?.chargeMode ?? 'bandwidth',
      name: bandwidth?.name ?? '',
      billing_info: '',
    },
    enterprise_project_id: publicIp.enterpriseProjectId,
    billing_info: '',
    lock_status: '',
    associate_instance_type: publicIp.portId === undefined ? '' : 'PORT',
    associate_instance_id: publicIp.portId ?? '',
    publicip_pool_id: publicIp.type,
    publicip_pool_name: publicIp.type,
    alias: publicIp.alias,
    fake_network_type: false,
    tags: starred(tagsOf(holdings, publicIp.id)),
    allow_share_bandwidth_types: shareTypesOf(publicIp.type),
    cascade_delete_by_instance: publicIp.deleteWithServer,
  }
}

function vnicOf({ portId }: PublicIp, { ports, subnets }: Holdings) {
  const port = portId === undefined ? undefined : ports.get(portId)
  if (!port) return null
  return {
    private_ip_address: port.address,
    device_id: port.deviceId,
    device_owner: port.deviceOwner,
    vpc_id: subnets.get(port.subnetId)?.vpcId ?? '',
    port_id: port.id,
    mac: port.mac,
    instance_id: port.deviceId,
    instance_type: port.deviceOwner.startsWith('compute:') ? 'ECS' : '',
  }
}
