import Type from 'typebox'
import { Compile } from './check.ts'
import type { Holdings } from './holdings.ts'
import { addressesLeft, resolvers, type Subnet } from './networks.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { isReady, isStuck, plainTime } from './vpc-common.ts'
import { pageAfterMarker } from './vpc-page.ts'
import {
  dnsOf,
  invalidSubnet,
  refuseCidr,
  refuseSubnetIn,
  refuseSubnetInUse,
  refuseSubnetQuota,
} from './vpc-subnet-checks.ts'
import { addTags } from './vpc-tags.ts'
import { Description, definedOf, vpcWithId } from './vpc-vpcs.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_subnet01_0001.html */
export const subnetRows: readonly Row[] = [
  { name: 'ListSubnets', method: 'GET', path: '/v1/{project_id}/subnets', handle: listSubnets },
  { name: 'ShowSubnet', method: 'GET', path: '/v1/{project_id}/subnets/{subnet_id}', handle: showSubnet },
  {
    name: 'CreateSubnet',
    method: 'POST',
    path: '/v1/{project_id}/subnets',
    partial: 'no IPv6',
    handle: createSubnet,
  },
  {
    name: 'UpdateSubnet',
    method: 'PUT',
    path: '/v1/{project_id}/vpcs/{vpc_id}/subnets/{subnet_id}',
    partial: 'no IPv6',
    handle: updateSubnet,
  },
  {
    name: 'DeleteSubnet',
    method: 'DELETE',
    path: '/v1/{project_id}/vpcs/{vpc_id}/subnets/{subnet_id}',
    handle: deleteSubnet,
  },
]

/** Subnets that Neutron knows and no VPC has are not seen here. */
function listSubnets({ project, query }: Ask, world: World): Answer {
  const wanted = query.get('vpc_id')
  const subnets = [...world.holdings(project).subnets.values()].filter(
    ({ vpcId }) => vpcId !== '' && (wanted ?? vpcId) === vpcId,
  )
  const page = pageAfterMarker(subnets, query, 'VPC.0201')
  return ok({ subnets: page.map((subnet) => viewOf(subnet, project.id, world)) })
}

function showSubnet({ project, params }: Ask, world: World): Answer {
  const subnet = subnetWithId(world.holdings(project).subnets, params.subnet_id)
  return ok({ subnet: viewOf(subnet, project.id, world) })
}

const Dns = Type.Array(Type.String(), { maxItems: 5 })
const DhcpOptions = Type.Array(
  Type.Object({
    opt_name: Type.String(),
    opt_value: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  }),
)
const common = {
  description: Type.Optional(Description),
  dhcp_enable: Type.Optional(Type.Boolean()),
  primary_dns: Type.Optional(Type.String()),
  secondary_dns: Type.Optional(Type.String()),
  dnsList: Type.Optional(Dns),
  extra_dhcp_opts: Type.Optional(DhcpOptions),
  // IPv6 is not imitated, and asking for it must not look as if it were.
  ipv6_enable: Type.Optional(Type.Literal(false)),
}
const Name = Type.String({ minLength: 1, maxLength: 64 })
const CreateBody = Compile(
  Type.Object({
    subnet: Type.Object({
      name: Name,
      cidr: Type.String(),
      gateway_ip: Type.String(),
      vpc_id: Type.String(),
      availability_zone: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      tags: Type.Optional(
        Type.Array(Type.String({ pattern: '^[^*]{1,36}\\*[^*]{0,43}$' }), { maxItems: 20 }),
      ),
      ...common,
    }),
  }),
)
const UpdateBody = Compile(Type.Object({ subnet: Type.Object({ name: Name, ...common }) }))

function createSubnet(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!CreateBody.Check(body)) throw invalidSubnet()
  const wanted = body.subnet
  if (wanted.availability_zone === null)
    throw new Refusal(400, 'VPC.0002', 'The availability zone name is null.')
  const holdings = world.holdings(ask.project)
  const vpc = vpcWithId(holdings.vpcs, wanted.vpc_id)
  if (isStuck(vpc.name)) throw new Refusal(400, 'VPC.0004', `VPC ${vpc.id} is not active.`)
  refuseCidr(wanted.cidr, wanted.gateway_ip)
  refuseSubnetIn(vpc, wanted.cidr, holdings)
  const dns = dnsOf(wanted) ?? [...resolvers]
  refuseSubnetQuota(holdings)
  const now = world.outside.now()
  const subnet: Subnet = {
    id: world.outside.uuid(),
    neutronSubnetId: world.outside.uuid(),
    created: now,
    updated: now,
    vpcId: vpc.id,
    cidr: wanted.cidr,
    gatewayIp: wanted.gateway_ip,
    name: wanted.name,
    description: wanted.description ?? '',
    dhcp: wanted.dhcp_enable ?? true,
    dns,
    zone: wanted.availability_zone ?? '',
    extraDhcpOpts: wanted.extra_dhcp_opts ?? [],
    taken: new Map(),
  }
  holdings.subnets.set(subnet.id, subnet)
  holdings.networks.set(subnet.id, {
    id: subnet.id,
    created: now,
    updated: now,
    name: vpc.id,
    adminStateUp: true,
    portSecurity: true,
  })
  const tags = (wanted.tags ?? []).map((tag) => tag.split('*'))
  addTags(
    holdings,
    subnet.id,
    tags.map(([key = '', value = '']) => ({ key, value })),
  )
  return ok({ subnet: { ...viewOf(subnet, ask.project.id, world), status: 'UNKNOWN' } })
}

function updateSubnet(ask: Ask, world: World): Answer {
  const body = ask.object()
  const holdings = world.holdings(ask.project)
  const subnet = subnetOfVpc(ask, holdings)
  if (!UpdateBody.Check(body)) throw invalidSubnet()
  const { name, description, dhcp_enable: dhcp, extra_dhcp_opts: extraDhcpOpts } = body.subnet
  const changes = definedOf({ name, description, dhcp, extraDhcpOpts, dns: dnsOf(body.subnet) })
  Object.assign(subnet, changes, { updated: world.outside.now() })
  return ok({ subnet: { id: subnet.id, status: 'ACTIVE' } })
}

function deleteSubnet(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  closeSubnet(subnetOfVpc(ask, holdings), holdings)
  return nothing()
}

function closeSubnet(subnet: Subnet, holdings: Holdings): void {
  refuseSubnetInUse(subnet, holdings)
  holdings.subnets.delete(subnet.id)
  holdings.networks.delete(subnet.id)
  holdings.networkTags.delete(subnet.id)
}

function subnetOfVpc({ params }: Ask, { vpcs, subnets }: Holdings): Subnet {
  const vpc = vpcWithId(vpcs, params.vpc_id)
  const subnet = subnetWithId(subnets, params.subnet_id)
  if (subnet.vpcId !== vpc.id) throw new Refusal(400, 'VPC.0207', 'The subnet does not belong to the VPC.')
  return subnet
}

export function subnetWithId(subnets: ReadonlyMap<string, Subnet>, id = ''): Subnet {
  const subnet = subnets.get(id)
  if (!subnet || subnet.vpcId === '') throw new Refusal(404, 'VPC.0202', 'Neutron Error.')
  return subnet
}

function viewOf(subnet: Subnet, projectId: string, world: World) {
  return {
    id: subnet.id,
    name: subnet.name,
    description: subnet.description,
    cidr: subnet.cidr,
    dnsList: subnet.dns,
    status: isReady(subnet.created, world) ? 'ACTIVE' : 'UNKNOWN',
    vpc_id: subnet.vpcId,
    gateway_ip: subnet.gatewayIp,
    ipv6_enable: false,
    dhcp_enable: subnet.dhcp,
    primary_dns: subnet.dns[0] ?? '',
    secondary_dns: subnet.dns[1] ?? '',
    availability_zone: subnet.zone,
    neutron_network_id: subnet.id,
    neutron_subnet_id: subnet.neutronSubnetId,
    extra_dhcp_opts: subnet.extraDhcpOpts,
    scope: 'center',
    tenant_id: projectId,
    created_at: plainTime(subnet.created),
    updated_at: plainTime(subnet.updated),
    enable_network_address_usage_metrics: false,
    available_ip_address_count: addressesLeft(subnet),
  }
}
