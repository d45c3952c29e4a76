import Type from 'typebox'
import { Compile } from './check.ts'
import {
  bind,
  buy,
  giveBack,
  invalidPublicIp,
  publicIpTypes,
  publicIpWithId,
  unbind,
  type WantedEip,
} from './eip-acts.ts'
import type { Holdings } from './holdings.ts'
import { newOrderId } from './ids.ts'
import type { PublicIp } from './public-ips.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { inEnterpriseProject, isReady, spacedTime, wantedBy } from './vpc-common.ts'
import { pageAfterMarker } from './vpc-page.ts'
import { starred, tagsOf } from './vpc-tags.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-eip/eip_api_0001.html */
export const eipRows: readonly Row[] = [
  { name: 'ListPublicips', method: 'GET', path: '/v1/{project_id}/publicips', handle: listPublicIps },
  {
    name: 'ShowPublicip',
    method: 'GET',
    path: '/v1/{project_id}/publicips/{publicip_id}',
    handle: showPublicIp,
  },
  {
    name: 'CreatePublicip',
    method: 'POST',
    path: '/v1/{project_id}/publicips',
    partial: 'IPv4 only',
    handle: createPublicIp,
  },
  {
    name: 'UpdatePublicip',
    method: 'PUT',
    path: '/v1/{project_id}/publicips/{publicip_id}',
    handle: updatePublicIp,
  },
  {
    name: 'DeletePublicip',
    method: 'DELETE',
    path: '/v1/{project_id}/publicips/{publicip_id}',
    handle: deletePublicIp,
  },
  {
    name: 'CreatePrePaidPublicip',
    method: 'POST',
    path: '/v2.0/{project_id}/publicips',
    partial: 'an order that is not paid by itself is never paid',
    handle: createPrePaidPublicIp,
  },
  { name: 'CountPublicIp', method: 'GET', path: '/v2/{project_id}/elasticips', handle: countPublicIps },
]

function listPublicIps({ project, query }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const found = [...holdings.publicIps.values()]
    .filter(
      wantedBy<PublicIp>(query, {
        id: ({ id }) => id,
        port_id: ({ portId }) => portId,
        public_ip_address: ({ address }) => address,
        private_ip_address: ({ portId = '' }) => holdings.ports.get(portId)?.address,
        ip_version: () => '4',
        allow_share_bandwidth_type_any: ({ type }) => shareTypesOf(type),
      }),
    )
    .filter(inEnterpriseProject(query))
  const page = pageAfterMarker(found, query, 'VPC.0501')
  return ok({ publicips: page.map((publicIp) => viewOf(publicIp, holdings, world)) })
}

function showPublicIp({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  return ok({ publicip: viewOf(publicIpWithId(holdings, params.publicip_id), holdings, world) })
}

const Eip = Type.Object({
  type: Type.String({ minLength: 1 }),
  ip_version: Type.Optional(Type.Integer()),
  alias: Type.Optional(Type.String({ maxLength: 64 })),
  ip_address: Type.Optional(Type.String()),
  port_id: Type.Optional(Type.String()),
})
const Bandwidth = Type.Object({
  share_type: Type.String(),
  name: Type.Optional(Type.String({ maxLength: 64 })),
  size: Type.Optional(Type.Integer()),
  id: Type.Optional(Type.String()),
  charge_mode: Type.Optional(Type.String()),
})
const NewEip = { publicip: Eip, bandwidth: Bandwidth, enterprise_project_id: Type.Optional(Type.String()) }
const CreateBody = Compile(Type.Object(NewEip))

function createPublicIp(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!CreateBody.Check(body)) throw invalidPublicIp()
  const holdings = world.holdings(ask.project)
  return ok({ publicip: freshViewOf(buy(body as WantedEip, false, holdings, world), holdings) })
}

function freshViewOf(publicIp: PublicIp, holdings: Holdings) {
  return {
    id: publicIp.id,
    status: 'PENDING_CREATE',
    type: publicIp.type,
    public_ip_address: publicIp.address,
    tenant_id: holdings.project.id,
    create_time: spacedTime(publicIp.created),
    // Not known so early.
    bandwidth_size: 0,
    ip_version: 4,
    enterprise_project_id: publicIp.enterpriseProjectId,
    alias: publicIp.alias,
  }
}

const PrePaidBody = Compile(
  Type.Object({
    ...NewEip,
    extendParam: Type.Optional(
      Type.Object({
        charge_mode: Type.Optional(Type.Union([Type.Literal('prePaid'), Type.Literal('postPaid')])),
        period_type: Type.Optional(Type.Union([Type.Literal('month'), Type.Literal('year')])),
        period_num: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
        is_auto_renew: Type.Optional(Type.Boolean()),
        is_auto_pay: Type.Optional(Type.Boolean()),
      }),
    ),
  }),
)

/** An order that is not paid by itself stays an order: nothing comes of it here. */
function createPrePaidPublicIp(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!PrePaidBody.Check(body)) throw invalidPublicIp()
  const { extendParam, ...wanted } = body
  const holdings = world.holdings(ask.project)
  if (extendParam?.charge_mode !== 'prePaid')
    return ok({ publicip: freshViewOf(buy(wanted as WantedEip, false, holdings, world), holdings) })
  if (!extendParam.period_type || !extendParam.period_num)
    throw invalidPublicIp('period_type and period_num are needed for charge_mode prePaid.')
  if (!publicIpTypes.includes(wanted.publicip.type)) throw invalidPublicIp()
  const order_id = newOrderId(world.outside)
  if (!extendParam.is_auto_pay) return ok({ order_id })
  return ok({ order_id, publicip_id: buy(wanted as WantedEip, true, holdings, world).id })
}

const UpdateBody = Compile(
  Type.Object({
    publicip: Type.Object({
      port_id: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      ip_version: Type.Optional(Type.Integer()),
      alias: Type.Optional(Type.String({ maxLength: 64 })),
    }),
  }),
)

/** With a port it is bound to it; with an empty one, or with nothing at all, it is set free. */
function updatePublicIp(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const publicIp = publicIpWithId(holdings, ask.params.publicip_id)
  const body = ask.object()
  if (!UpdateBody.Check(body)) throw invalidPublicIp()
  const { port_id, ip_version, alias } = body.publicip
  if (ip_version === 6) throw invalidPublicIp('Only ip_version 4 can be had.')
  if (port_id) bind(publicIp, port_id, holdings, world)
  else if (port_id !== undefined || (ip_version === undefined && alias === undefined))
    unbind(publicIp, holdings, world)
  if (alias !== undefined) publicIp.alias = alias
  return ok({ publicip: { ...viewOf(publicIp, holdings, world), status: 'PENDING_UPDATE' } })
}

function deletePublicIp({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  giveBack(publicIpWithId(holdings, params.publicip_id), holdings)
  return nothing()
}

function countPublicIps({ project }: Ask, world: World): Answer {
  return ok({ elasticip_size: world.holdings(project).publicIps.size })
}

export function statusOf({ portId, created }: PublicIp, world: World): string {
  if (portId !== undefined) return 'ACTIVE'
  return isReady(created, world) ? 'DOWN' : 'PENDING_CREATE'
}

/** Which shared bandwidths take an address of this type. */
export const shareTypesOf = (type: string): string[] => (type === '5_bgp' ? ['share'] : [])

/** One that is bound to nothing says nothing of a port. */
function viewOf(publicIp: PublicIp, holdings: Holdings, world: World) {
  const bandwidth = holdings.bandwidths.get(publicIp.bandwidthId)
  const port = publicIp.portId === undefined ? undefined : holdings.ports.get(publicIp.portId)
  return {
    id: publicIp.id,
    status: statusOf(publicIp, world),
    profile: {},
    type: publicIp.type,
    public_ip_address: publicIp.address,
    ...(port ? { private_ip_address: port.address, port_id: port.id } : {}),
    tenant_id: holdings.project.id,
    create_time: spacedTime(publicIp.created),
    bandwidth_id: publicIp.bandwidthId,
    bandwidth_name: bandwidth?.name ?? '',
    bandwidth_size: bandwidth?.size ?? 0,
    bandwidth_share_type: bandwidth?.shareType ?? 'PER',
    ip_version: 4,
    enterprise_project_id: publicIp.enterpriseProjectId,
    public_border_group: 'center',
    allow_share_bandwidth_types: shareTypesOf(publicIp.type),
    alias: publicIp.alias,
    tags: starred(tagsOf(holdings, publicIp.id)),
  }
}
