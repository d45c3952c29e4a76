import Type from 'typebox'
import { Compile } from './check.ts'
import { contains, readAddress, readBlock } from './cidr.ts'
import type { Holdings } from './holdings.ts'
import type { Vpc } from './networks.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import {
  enterpriseProjectOf,
  hasRoomFor,
  inEnterpriseProject,
  isReady,
  isStuck,
  plainTime,
  wantedBy,
} from './vpc-common.ts'
import { pageAfterMarker } from './vpc-page.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_api01_0001.html */
export const vpcRows: readonly Row[] = [
  { name: 'ListVpcs', method: 'GET', path: '/v1/{project_id}/vpcs', handle: listVpcs },
  { name: 'ShowVpc', method: 'GET', path: '/v1/{project_id}/vpcs/{vpc_id}', handle: showVpc },
  { name: 'CreateVpc', method: 'POST', path: '/v1/{project_id}/vpcs', handle: createVpc },
  { name: 'UpdateVpc', method: 'PUT', path: '/v1/{project_id}/vpcs/{vpc_id}', handle: updateVpc },
  { name: 'DeleteVpc', method: 'DELETE', path: '/v1/{project_id}/vpcs/{vpc_id}', handle: deleteVpc },
]

function listVpcs({ project, query }: Ask, world: World): Answer {
  const vpcs = [...world.holdings(project).vpcs.values()]
    .filter(wantedBy<Vpc>(query, { id: ({ id }) => id }))
    .filter(inEnterpriseProject(query))
  const page = pageAfterMarker(vpcs, query, 'VPC.0101')
  return ok({ vpcs: page.map((vpc) => viewOf(vpc, project.id, world)) })
}

function showVpc({ project, params }: Ask, world: World): Answer {
  const vpc = vpcWithId(world.holdings(project).vpcs, params.vpc_id)
  return ok({ vpc: viewOf(vpc, project.id, world) })
}

export const VpcName = Type.String({ maxLength: 64, pattern: '^[\\p{L}\\p{N}_.-]*$' })
export const Description = Type.String({ maxLength: 255, pattern: '^[^<>]*$' })

const CreateBody = Compile(
  Type.Object({
    vpc: Type.Object({
      name: Type.Optional(VpcName),
      cidr: Type.Optional(Type.String()),
      description: Type.Optional(Description),
      enterprise_project_id: Type.Optional(Type.String()),
    }),
  }),
)

function createVpc(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!CreateBody.Check(body)) throw invalidVpc()
  const vpc = openVpc(body.vpc, world.holdings(ask.project), world)
  return ok({ vpc: { ...viewOf(vpc, ask.project.id, world), status: 'CREATING' } })
}

export interface WantedVpc {
  name?: string
  cidr?: string
  description?: string
  enterprise_project_id?: string
}

export function refuseNewVpc({ name = '', cidr = '' }: WantedVpc, holdings: Holdings): void {
  if (cidr !== '') refuseVpcCidr(cidr)
  refuseVpcName(name, holdings)
  if (!hasRoomFor('vpc', 1, holdings))
    throw new Refusal(409, 'VPC.0114', "Quota exceeded for resources: ['router'].")
}

export function openVpc(wanted: WantedVpc, holdings: Holdings, world: World): Vpc {
  const enterpriseProjectId = enterpriseProjectOf(wanted.enterprise_project_id)
  refuseNewVpc(wanted, holdings)
  const now = world.outside.now()
  const vpc: Vpc = {
    id: world.outside.uuid(),
    created: now,
    updated: now,
    name: wanted.name ?? '',
    description: wanted.description ?? '',
    cidr: wanted.cidr ?? '',
    extendCidrs: [],
    enterpriseProjectId,
    routes: [],
  }
  holdings.vpcs.set(vpc.id, vpc)
  return vpc
}

export const invalidVpc = (message = 'The VPC parameters are invalid.') =>
  new Refusal(400, 'VPC.0101', message)

/** A name that is not empty is there once. */
export function refuseVpcName(name: string, { vpcs }: Holdings, own?: Vpc): void {
  if (name !== '' && [...vpcs.values()].some((other) => other !== own && other.name === name))
    throw new Refusal(400, 'VPC.0115', `The VPC name ${name} already exists.`)
}

/** The private ranges; a VPC lies in one of them. */
const ranges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(readBlock)
const SMALLEST = 28

export function refuseVpcCidr(cidr: string): void {
  const block = readBlock(cidr)
  const allowed =
    block !== undefined &&
    block.bits <= SMALLEST &&
    ranges.some((range) => range !== undefined && contains(range, block))
  if (!allowed) throw invalidVpc(`The cidr ${cidr} is invalid.`)
}

const UpdateBody = Compile(
  Type.Object({
    vpc: Type.Object({
      name: Type.Optional(VpcName),
      cidr: Type.Optional(Type.String()),
      description: Type.Optional(Description),
      routes: Type.Optional(
        Type.Array(Type.Object({ destination: Type.String(), nexthop: Type.String() }), { maxItems: 200 }),
      ),
    }),
  }),
)

function updateVpc(ask: Ask, world: World): Answer {
  const body = ask.object()
  const holdings = world.holdings(ask.project)
  const vpc = vpcWithId(holdings.vpcs, ask.params.vpc_id)
  if (!UpdateBody.Check(body)) throw invalidVpc()
  const { name, cidr, description, routes } = body.vpc
  if (name !== undefined) refuseVpcName(name, holdings, vpc)
  if (cidr !== undefined && cidr !== vpc.cidr) refuseNewCidr(vpc, cidr, holdings)
  for (const { destination, nexthop } of routes ?? [])
    if (readBlock(destination) === undefined || readAddress(nexthop) === undefined)
      throw invalidVpc(`The route to ${destination} is invalid.`)
  Object.assign(vpc, definedOf({ name, cidr, description, routes }), { updated: world.outside.now() })
  return ok({ vpc: viewOf(vpc, ask.project.id, world) })
}

/** Only what somebody said. */
export function definedOf<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<Fields>
}

function refuseNewCidr(vpc: Vpc, cidr: string, { subnets }: Holdings): void {
  refuseVpcCidr(cidr)
  const around = readBlock(cidr)
  for (const subnet of subnets.values()) {
    const block = readBlock(subnet.cidr)
    if (subnet.vpcId === vpc.id && around && block && !contains(around, block))
      throw new Refusal(400, 'VPC.0117', `The cidr ${cidr} must contain the subnet ${subnet.cidr}.`)
  }
}

function deleteVpc({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  closeVpc(vpcWithId(holdings.vpcs, params.vpc_id), holdings)
  return nothing()
}

export function closeVpc(vpc: Vpc, { vpcs, subnets, networkTags }: Holdings): void {
  if (isStuck(vpc.name)) throw new Refusal(409, 'VPC.0110', 'The VPC is in an unstable status.')
  if ([...subnets.values()].some(({ vpcId }) => vpcId === vpc.id))
    throw new Refusal(409, 'VPC.0104', 'The VPC contains subnets and cannot be deleted.')
  if (vpc.routes.length > 0)
    throw new Refusal(409, 'VPC.0120', 'The VPC contains routes and cannot be deleted.')
  vpcs.delete(vpc.id)
  networkTags.delete(vpc.id)
}

export function vpcWithId(vpcs: ReadonlyMap<string, Vpc>, id = ''): Vpc {
  const vpc = vpcs.get(id)
  if (!vpc) throw new Refusal(404, 'VPC.0003', `VPC ${id} does not exist.`)
  return vpc
}

export const isVpcReady = (vpc: Vpc, world: World): boolean =>
  !isStuck(vpc.name) && isReady(vpc.created, world)

function viewOf(vpc: Vpc, projectId: string, world: World) {
  return {
    id: vpc.id,
    name: vpc.name,
    description: vpc.description,
    cidr: vpc.cidr,
    status: isVpcReady(vpc, world) ? 'OK' : 'CREATING',
    enterprise_project_id: vpc.enterpriseProjectId,
    routes: vpc.routes,
    tenant_id: projectId,
    created_at: plainTime(vpc.created),
    updated_at: plainTime(vpc.updated),
    enable_network_address_usage_metrics: false,
  }
}
