import Type from 'typebox'
import { Compile } from './check.ts'
import { contains, overlaps, readBlock } from './cidr.ts'
import type { Holdings } from './holdings.ts'
import type { Vpc } from './networks.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { enterpriseProjectOf, inEnterpriseProject, utcTime, wantedBy } from './vpc-common.ts'
import { pageWithInfo } from './vpc-page.ts'
import { addTags, TagFields, tagsOf } from './vpc-tags.ts'
import {
  closeVpc,
  Description,
  invalidVpc,
  isVpcReady,
  openVpc,
  refuseNewVpc,
  refuseVpcCidr,
  refuseVpcName,
  VpcName,
  vpcWithId,
} from './vpc-vpcs.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_apiv3_0001.html */
export const vpcV3Rows: readonly Row[] = [
  { name: 'ListVpcs2', method: 'GET', path: '/v3/{project_id}/vpc/vpcs', handle: listVpcs },
  { name: 'ShowVpc2', method: 'GET', path: '/v3/{project_id}/vpc/vpcs/{vpc_id}', handle: showVpc },
  { name: 'CreateVpc2', method: 'POST', path: '/v3/{project_id}/vpc/vpcs', handle: createVpc },
  { name: 'UpdateVpc2', method: 'PUT', path: '/v3/{project_id}/vpc/vpcs/{vpc_id}', handle: updateVpc },
  { name: 'DeleteVpc2', method: 'DELETE', path: '/v3/{project_id}/vpc/vpcs/{vpc_id}', handle: deleteVpc },
  {
    name: 'AddVpcExtendCidr',
    method: 'PUT',
    path: '/v3/{project_id}/vpc/vpcs/{vpc_id}/add-extend-cidr',
    handle: addExtendCidr,
  },
  {
    name: 'RemoveVpcExtendCidr',
    method: 'PUT',
    path: '/v3/{project_id}/vpc/vpcs/{vpc_id}/remove-extend-cidr',
    handle: removeExtendCidr,
  },
]

function listVpcs({ project, query, requestId }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const found = [...holdings.vpcs.values()]
    .filter(
      wantedBy<Vpc>(query, {
        id: ({ id }) => id,
        name: ({ name }) => name,
        description: ({ description }) => description,
        cidr: ({ cidr }) => cidr,
      }),
    )
    .filter(inEnterpriseProject(query))
  const { page, page_info } = pageWithInfo(found, query, 'VPC.0101')
  return ok({ request_id: requestId, vpcs: page.map((vpc) => viewOf(vpc, holdings, world)), page_info })
}

function showVpc({ project, params, requestId }: Ask, world: World, status = 200): Answer {
  const holdings = world.holdings(project)
  const vpc = viewOf(vpcWithId(holdings.vpcs, params.vpc_id), holdings, world)
  return ok({ request_id: requestId, vpc }, status)
}

const DryRun = Type.Optional(Type.Boolean())
const CreateBody = Compile(
  Type.Object({
    dry_run: DryRun,
    vpc: Type.Object({
      name: Type.Optional(VpcName),
      cidr: Type.String({ minLength: 1 }),
      description: Type.Optional(Description),
      enterprise_project_id: Type.Optional(Type.String()),
      tags: Type.Optional(Type.Array(TagFields, { maxItems: 20 })),
    }),
  }),
)

/** Tried out, it answers 202 and makes nothing. */
function createVpc(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!CreateBody.Check(body)) throw invalidVpc()
  const holdings = world.holdings(ask.project)
  if (body.dry_run) {
    enterpriseProjectOf(body.vpc.enterprise_project_id)
    refuseNewVpc(body.vpc, holdings)
    return ok({ request_id: ask.requestId }, 202)
  }
  const made = openVpc(body.vpc, holdings, world)
  addTags(holdings, made.id, body.vpc.tags ?? [])
  const vpc = viewOf(made, holdings, world)
  return ok({ request_id: ask.requestId, vpc: { ...vpc, status: 'PENDING' } }, 201)
}

const UpdateBody = Compile(
  Type.Object({
    dry_run: DryRun,
    vpc: Type.Object({ name: Type.Optional(VpcName), description: Type.Optional(Description) }),
  }),
)

function updateVpc(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const vpc = vpcWithId(holdings.vpcs, ask.params.vpc_id)
  const body = ask.object()
  if (!UpdateBody.Check(body)) throw invalidVpc()
  const { name = vpc.name, description = vpc.description } = body.vpc
  refuseVpcName(name, holdings, vpc)
  if (body.dry_run) return ok({ request_id: ask.requestId }, 202)
  Object.assign(vpc, { name, description, updated: world.outside.now() })
  return showVpc(ask, world)
}

function deleteVpc({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  closeVpc(vpcWithId(holdings.vpcs, params.vpc_id), holdings)
  return nothing()
}

const ExtendBody = Compile(
  Type.Object({
    dry_run: DryRun,
    vpc: Type.Object({ extend_cidrs: Type.Array(Type.String(), { minItems: 1, maxItems: 1 }) }),
  }),
)

function addExtendCidr(ask: Ask, world: World): Answer {
  const vpc = vpcWithId(world.holdings(ask.project).vpcs, ask.params.vpc_id)
  const body = ask.object()
  if (!ExtendBody.Check(body)) throw invalidVpc()
  const [cidr = ''] = body.vpc.extend_cidrs
  refuseVpcCidr(cidr)
  for (const other of [vpc.cidr, ...vpc.extendCidrs]) {
    const [a, b] = [readBlock(other), readBlock(cidr)]
    if (a && b && overlaps(a, b)) throw invalidVpc(`The cidr ${cidr} overlaps with ${other}.`)
  }
  if (body.dry_run) return ok({ request_id: ask.requestId }, 202)
  vpc.extendCidrs.push(cidr)
  vpc.updated = world.outside.now()
  return showVpc(ask, world)
}

function removeExtendCidr(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const vpc = vpcWithId(holdings.vpcs, ask.params.vpc_id)
  const body = ask.object()
  if (!ExtendBody.Check(body)) throw invalidVpc()
  const [cidr = ''] = body.vpc.extend_cidrs
  if (!vpc.extendCidrs.includes(cidr)) throw invalidVpc(`The cidr ${cidr} is not one of the VPC.`)
  refuseUsed(vpc, cidr, holdings)
  if (body.dry_run) return ok({ request_id: ask.requestId }, 202)
  vpc.extendCidrs = vpc.extendCidrs.filter((other) => other !== cidr)
  vpc.updated = world.outside.now()
  return showVpc(ask, world)
}

function refuseUsed(vpc: Vpc, cidr: string, { subnets }: Holdings): void {
  const block = readBlock(cidr)
  for (const subnet of subnets.values()) {
    const inner = readBlock(subnet.cidr)
    if (subnet.vpcId === vpc.id && block && inner && contains(block, inner))
      throw invalidVpc(`The cidr ${cidr} contains the subnet ${subnet.id}.`)
  }
}

/** Its words for the states differ from the first version's. */
function viewOf(vpc: Vpc, holdings: Holdings, world: World) {
  const { subnets, project } = holdings
  const count = [...subnets.values()].filter(({ vpcId }) => vpcId === vpc.id).length
  return {
    id: vpc.id,
    name: vpc.name,
    description: vpc.description,
    cidr: vpc.cidr,
    extend_cidrs: vpc.extendCidrs,
    status: isVpcReady(vpc, world) ? 'ACTIVE' : 'PENDING',
    project_id: project.id,
    enterprise_project_id: vpc.enterpriseProjectId,
    created_at: utcTime(vpc.created),
    updated_at: utcTime(vpc.updated),
    cloud_resources: [{ resource_type: 'virsubnet', resource_count: count }],
    tags: tagsOf(holdings, vpc.id),
    block_service_endpoint_states: 'off',
    enable_network_address_usage_metrics: false,
  }
}
