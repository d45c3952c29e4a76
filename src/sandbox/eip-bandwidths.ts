import Type from 'typebox'
import { Compile } from './check.ts'
import {
  bandwidthWithId,
  chargeModeOf,
  invalidBandwidth,
  invalidPublicIp,
  publicIpWithId,
  refuseSize,
} from './eip-acts.ts'
import type { Holdings } from './holdings.ts'
import { type Bandwidth, buyBandwidth, publicIpsOn } from './public-ips.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { enterpriseProjectOf, hasRoomFor, inEnterpriseProject, utcTime, wantedBy } from './vpc-common.ts'
import { pageAfterMarker } from './vpc-page.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-eip/eip_apiBandwidth_0001.html */
export const bandwidthRows: readonly Row[] = [
  { name: 'ListBandwidths', method: 'GET', path: '/v1/{project_id}/bandwidths', handle: listBandwidths },
  {
    name: 'ShowBandwidth',
    method: 'GET',
    path: '/v1/{project_id}/bandwidths/{bandwidth_id}',
    handle: showBandwidth,
  },
  {
    name: 'UpdateBandwidth',
    method: 'PUT',
    path: '/v1/{project_id}/bandwidths/{bandwidth_id}',
    handle: updateBandwidth,
  },
  {
    name: 'CreateSharedBandwidth',
    method: 'POST',
    path: '/v2.0/{project_id}/bandwidths',
    handle: createSharedBandwidth,
  },
  {
    name: 'DeleteSharedBandwidth',
    method: 'DELETE',
    path: '/v2.0/{project_id}/bandwidths/{bandwidth_id}',
    handle: deleteSharedBandwidth,
  },
  {
    name: 'AddPublicipsIntoSharedBandwidth',
    method: 'POST',
    path: '/v2.0/{project_id}/bandwidths/{bandwidth_id}/insert',
    handle: insertPublicIps,
  },
  {
    name: 'RemovePublicipsFromSharedBandwidth',
    method: 'POST',
    path: '/v2.0/{project_id}/bandwidths/{bandwidth_id}/remove',
    handle: removePublicIps,
  },
]

function listBandwidths({ project, query }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const found = [...holdings.bandwidths.values()]
    .filter(wantedBy<Bandwidth>(query, { share_type: ({ shareType }) => shareType }))
    .filter(inEnterpriseProject(query))
  const page = pageAfterMarker(found, query, 'VPC.0301')
  return ok({ bandwidths: page.map((bandwidth) => viewOf(bandwidth, holdings)) })
}

function showBandwidth({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  return ok({ bandwidth: viewOf(bandwidthWithId(holdings, params.bandwidth_id), holdings) })
}

const Name = Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\p{L}\\p{N}_.-]*$' })
const UpdateBody = Compile(
  Type.Object({
    bandwidth: Type.Object({
      name: Type.Optional(Name),
      size: Type.Optional(Type.Integer()),
      charge_mode: Type.Optional(Type.String()),
    }),
  }),
)

function updateBandwidth(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const bandwidth = bandwidthWithId(holdings, ask.params.bandwidth_id)
  const body = ask.object()
  if (!UpdateBody.Check(body)) throw invalidBandwidth()
  const { name, size, charge_mode } = body.bandwidth
  if (name === undefined && size === undefined && charge_mode === undefined)
    throw invalidBandwidth('At least one of name and size is needed.')
  if (size !== undefined) refuseSize(size, leastOf(bandwidth.shareType))
  const chargeMode = chargeModeOf(charge_mode ?? bandwidth.chargeMode)
  Object.assign(bandwidth, {
    name: name ?? bandwidth.name,
    size: size ?? bandwidth.size,
    chargeMode,
    updated: world.outside.now(),
  })
  return ok({ bandwidth: viewOf(bandwidth, holdings) })
}

/** Shared ones begin at five. */
const leastOf = (shareType: Bandwidth['shareType']) => (shareType === 'WHOLE' ? 5 : 1)

const CreateBody = Compile(
  Type.Object({
    bandwidth: Type.Object({
      name: Name,
      size: Type.Integer(),
      charge_mode: Type.Optional(Type.String()),
      enterprise_project_id: Type.Optional(Type.String()),
    }),
  }),
)

function createSharedBandwidth(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!CreateBody.Check(body)) throw invalidBandwidth()
  const { name, size, charge_mode = 'bandwidth', enterprise_project_id } = body.bandwidth
  const holdings = world.holdings(ask.project)
  refuseSize(size, leastOf('WHOLE'))
  const chargeMode = chargeModeOf(charge_mode)
  const enterpriseProjectId = enterpriseProjectOf(enterprise_project_id)
  if (!hasRoomFor('shareBandwidth', 1, holdings))
    throw new Refusal(409, 'VPC.0304', "Quota exceeded for resources: ['bandwidth'].")
  const bandwidth = buyBandwidth(
    { name, size, chargeMode, shareType: 'WHOLE', enterpriseProjectId },
    holdings,
    world,
  )
  return ok({ bandwidth: viewOf(bandwidth, holdings) })
}

function deleteSharedBandwidth({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const bandwidth = sharedWithId(holdings, params.bandwidth_id)
  if (publicIpsOn(bandwidth, holdings).length > 0)
    throw new Refusal(500, 'VPC.0305', `Bandwidth ${bandwidth.id} is in use and cannot be deleted.`)
  holdings.bandwidths.delete(bandwidth.id)
  return nothing()
}

function sharedWithId(holdings: Holdings, id = ''): Bandwidth {
  const bandwidth = bandwidthWithId(holdings, id)
  if (bandwidth.shareType !== 'WHOLE') throw invalidBandwidth(`Bandwidth ${id} is not a shared one.`)
  return bandwidth
}

const PublicIps = Type.Array(
  Type.Object({ publicip_id: Type.String(), publicip_type: Type.Optional(Type.String()) }),
  { minItems: 1 },
)
const InsertBody = Compile(Type.Object({ bandwidth: Type.Object({ publicip_info: PublicIps }) }))
const RemoveBody = Compile(
  Type.Object({
    bandwidth: Type.Object({ size: Type.Integer(), charge_mode: Type.String(), publicip_info: PublicIps }),
  }),
)

/** What an address had of its own goes when it comes to the others. */
function insertPublicIps(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const bandwidth = sharedWithId(holdings, ask.params.bandwidth_id)
  const body = ask.object()
  if (!InsertBody.Check(body)) throw invalidBandwidth()
  const coming = body.bandwidth.publicip_info.map(({ publicip_id }) => publicIpWithId(holdings, publicip_id))
  for (const publicIp of coming) {
    if (publicIp.bandwidthId === bandwidth.id) continue
    if (holdings.bandwidths.get(publicIp.bandwidthId)?.shareType === 'WHOLE')
      throw invalidPublicIp(`Elastic IP ${publicIp.id} is in another shared bandwidth.`)
  }
  for (const publicIp of coming) {
    if (publicIp.bandwidthId === bandwidth.id) continue
    holdings.bandwidths.delete(publicIp.bandwidthId)
    publicIp.bandwidthId = bandwidth.id
  }
  bandwidth.updated = world.outside.now()
  return ok({ bandwidth: viewOf(bandwidth, holdings) })
}

/** Each that leaves gets a bandwidth of its own. */
function removePublicIps(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const bandwidth = sharedWithId(holdings, ask.params.bandwidth_id)
  const body = ask.object()
  if (!RemoveBody.Check(body)) throw invalidBandwidth()
  const { size, charge_mode, publicip_info } = body.bandwidth
  refuseSize(size, 1)
  const chargeMode = chargeModeOf(charge_mode)
  const leaving = publicip_info.map(({ publicip_id }) => publicIpWithId(holdings, publicip_id))
  if (leaving.some(({ bandwidthId }) => bandwidthId !== bandwidth.id))
    throw invalidPublicIp('An elastic IP is not in the bandwidth.')
  const { enterpriseProjectId } = bandwidth
  for (const publicIp of leaving)
    publicIp.bandwidthId = buyBandwidth(
      { name: bandwidth.name, size, chargeMode, shareType: 'PER', enterpriseProjectId },
      holdings,
      world,
    ).id
  return nothing()
}

function viewOf(bandwidth: Bandwidth, holdings: Holdings) {
  return {
    id: bandwidth.id,
    name: bandwidth.name,
    size: bandwidth.size,
    share_type: bandwidth.shareType,
    publicip_info: publicIpsOn(bandwidth, holdings).map(({ id, address, type }) => ({
      publicip_id: id,
      publicip_address: address,
      publicip_type: type,
      ip_version: 4,
    })),
    tenant_id: holdings.project.id,
    bandwidth_type: bandwidth.shareType === 'WHOLE' ? 'share' : 'bgp',
    charge_mode: bandwidth.chargeMode,
    billing_info: '',
    enterprise_project_id: bandwidth.enterpriseProjectId,
    status: 'NORMAL',
    enable_bandwidth_rules: false,
    rule_quota: 0,
    bandwidth_rules: [],
    public_border_group: 'center',
    created_at: utcTime(bandwidth.created),
    updated_at: utcTime(bandwidth.updated),
  }
}
