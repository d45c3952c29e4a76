import Type from 'typebox'
import { Compile } from 'typebox/compile'
import { contains, holds, overlaps, readAddress, readBlock } from './cidr.ts'
import { resolvers, type Subnet } from './networks.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import { pageAfterMarker } from './vpc-page.ts'
import { vpcWithId } from './vpc-vpcs.ts'
import type { World } from './world.ts'

export function listSubnets({ project, query }: Ask, world: World): Answer {
  const subnets = [...world.holdings(project).subnets.values()].filter(
    ({ vpcId }) => (query.get('vpc_id') ?? vpcId) === vpcId,
  )
  return ok({ subnets: pageAfterMarker(subnets, query, 'VPC.0201').map(viewOf) })
}

export function showSubnet({ project, params }: Ask, world: World): Answer {
  return ok({ subnet: viewOf(subnetWithId(world.holdings(project).subnets, params.subnet_id)) })
}

const Body = Compile(
  Type.Object({
    subnet: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 64 }),
      cidr: Type.String(),
      gateway_ip: Type.String(),
      vpc_id: Type.String(),
      description: Type.Optional(Type.String({ maxLength: 255, pattern: '^[^<>]*$' })),
      dhcp_enable: Type.Optional(Type.Boolean()),
      primary_dns: Type.Optional(Type.String()),
      secondary_dns: Type.Optional(Type.String()),
      availability_zone: Type.Optional(Type.String()),
    }),
  }),
)

export function createSubnet(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!Body.Check(body)) throw new Refusal(400, 'VPC.0201', 'The subnet parameters are invalid.')
  const wanted = body.subnet
  const { vpcs, subnets } = world.holdings(ask.project)
  const vpc = vpcWithId(vpcs, wanted.vpc_id)
  refuseCidr(
    wanted,
    vpc.cidr,
    [...subnets.values()].filter(({ vpcId }) => vpcId === vpc.id),
  )
  const subnet: Subnet = {
    id: world.outside.uuid(),
    neutronSubnetId: world.outside.uuid(),
    vpcId: vpc.id,
    cidr: wanted.cidr,
    gatewayIp: wanted.gateway_ip,
    name: wanted.name,
    description: wanted.description ?? '',
    dhcp: wanted.dhcp_enable ?? true,
    dns: [wanted.primary_dns ?? resolvers[0], wanted.secondary_dns ?? resolvers[1]],
    zone: wanted.availability_zone ?? '',
    taken: new Map(),
  }
  subnets.set(subnet.id, subnet)
  return ok({ subnet: { ...viewOf(subnet), status: 'UNKNOWN' } })
}

function refuseCidr(wanted: { cidr: string; gateway_ip: string }, vpcCidr: string, others: Subnet[]): void {
  const block = readBlock(wanted.cidr)
  const gateway = readAddress(wanted.gateway_ip)
  if (!block || block.bits > 28) throw new Refusal(400, 'VPC.0212', `The cidr ${wanted.cidr} is invalid.`)
  if (gateway === undefined || !holds(block, gateway) || gateway === block.first || gateway === block.last)
    throw new Refusal(400, 'VPC.0201', `The gateway ${wanted.gateway_ip} is not in the subnet.`)
  const around = readBlock(vpcCidr)
  if (around && !contains(around, block))
    throw new Refusal(400, 'VPC.0203', 'The subnet is not in the range of the VPC.')
  for (const other of others) {
    const taken = readBlock(other.cidr)
    if (taken && overlaps(taken, block))
      throw new Refusal(400, 'VPC.0204', `The subnet overlaps with the subnet ${other.id}.`)
  }
}

export function deleteSubnet({ project, params }: Ask, world: World): Answer {
  const { vpcs, subnets } = world.holdings(project)
  const vpc = vpcWithId(vpcs, params.vpc_id)
  const subnet = subnetWithId(subnets, params.subnet_id)
  if (subnet.vpcId !== vpc.id) throw new Refusal(400, 'VPC.0207', 'The subnet does not belong to the VPC.')
  // Really 500 for a subnet in use, not 409.
  if (subnet.taken.size > 0) throw new Refusal(500, 'VPC.0209', 'The subnet is in use and cannot be deleted.')
  subnets.delete(subnet.id)
  return nothing()
}

function subnetWithId(subnets: ReadonlyMap<string, Subnet>, id = ''): Subnet {
  const subnet = subnets.get(id)
  if (!subnet) throw new Refusal(404, 'VPC.0202', 'Neutron Error.')
  return subnet
}

function viewOf(subnet: Subnet) {
  return {
    id: subnet.id,
    name: subnet.name,
    description: subnet.description,
    cidr: subnet.cidr,
    dnsList: subnet.dns,
    status: 'ACTIVE',
    vpc_id: subnet.vpcId,
    gateway_ip: subnet.gatewayIp,
    ipv6_enable: false,
    dhcp_enable: subnet.dhcp,
    primary_dns: subnet.dns[0],
    secondary_dns: subnet.dns[1],
    availability_zone: subnet.zone,
    neutron_network_id: subnet.id,
    neutron_subnet_id: subnet.neutronSubnetId,
    extra_dhcp_opts: [],
  }
}
