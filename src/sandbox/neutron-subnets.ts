import Type from 'typebox'
import { Compile } from './check.ts'
import { readAddress, readBlock, writeAddress } from './cidr.ts'
import type { Holdings } from './holdings.ts'
import type { Subnet } from './networks.ts'
import { invalidInput, listOf, neutronRefusal, neutronRow, readOne } from './neutron.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { plainTime } from './vpc-common.ts'
import { refuseCidr, refuseSubnetInUse, refuseSubnetQuota } from './vpc-subnet-checks.ts'
import type { World } from './world.ts'

const LIST = '/v2.0/subnets'
const ONE = '/v2.0/subnets/{subnet_id}'

export const neutronSubnetRows: readonly Row[] = [
  neutronRow('NeutronListSubnets', 'GET', LIST, listSubnets),
  neutronRow('NeutronShowSubnet', 'GET', ONE, showSubnet),
  neutronRow(
    'NeutronCreateSubnet',
    'POST',
    LIST,
    createSubnet,
    'no IPv6, no pools or host routes of one’s own',
  ),
  neutronRow('NeutronUpdateSubnet', 'PUT', ONE, updateSubnet, 'name, DHCP and DNS'),
  neutronRow('NeutronDeleteSubnet', 'DELETE', ONE, deleteSubnet),
]

function listSubnets(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  return ok(listOf(ask, 'subnets', holdings.subnets.values(), (subnet) => viewOf(subnet, holdings)))
}

function showSubnet(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  return ok({ subnet: viewOf(subnetWithNeutronId(holdings, ask.params.subnet_id), holdings) })
}

/** Its id is not the one by which the VPC's own versions know it. */
export function subnetWithNeutronId({ subnets }: Holdings, id = ''): Subnet {
  for (const subnet of subnets.values()) if (subnet.neutronSubnetId === id) return subnet
  throw neutronRefusal('SubnetNotFound', `Subnet ${id} could not be found.`)
}

const changeable = {
  name: Type.Optional(Type.String({ maxLength: 255 })),
  enable_dhcp: Type.Optional(Type.Boolean()),
  dns_nameservers: Type.Optional(Type.Array(Type.String(), { maxItems: 5 })),
}
const NewFields = Compile(
  Type.Object({
    network_id: Type.String(),
    cidr: Type.String(),
    ip_version: Type.Optional(Type.Literal(4)),
    gateway_ip: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    allocation_pools: Type.Optional(Type.Array(Type.Object({}), { maxItems: 0 })),
    host_routes: Type.Optional(Type.Array(Type.Object({}), { maxItems: 0 })),
    ...changeable,
  }),
)
const known = ['network_id', 'cidr', 'ip_version', 'gateway_ip', 'allocation_pools', 'host_routes']
const Changes = Compile(Type.Object(changeable))

/** It belongs to no VPC until it is put on a router. */
function createSubnet(ask: Ask, world: World): Answer {
  const wanted = readOne(ask, 'subnet', [...known, ...Object.keys(changeable), 'tenant_id', 'project_id'])
  if (!NewFields.Check(wanted)) throw invalidInput('The subnet parameters are invalid.')
  const holdings = world.holdings(ask.project)
  const { network_id, cidr } = wanted
  if (!holdings.networks.has(network_id))
    throw neutronRefusal('NetworkNotFound', `Network ${network_id} could not be found.`)
  if (holdings.subnets.has(network_id))
    throw invalidInput(`Network ${network_id} has a subnet already, and can have only one.`)
  const gatewayIp = wanted.gateway_ip === null ? '' : wanted.gateway_ip || firstOf(cidr)
  refuseCidr(cidr, gatewayIp || firstOf(cidr))
  refuseDns(wanted.dns_nameservers)
  refuseSubnetQuota(holdings)
  const now = world.outside.now()
  const subnet: Subnet = {
    id: network_id,
    neutronSubnetId: world.outside.uuid(),
    created: now,
    updated: now,
    vpcId: '',
    cidr,
    gatewayIp,
    name: wanted.name ?? '',
    description: '',
    dhcp: wanted.enable_dhcp ?? true,
    dns: wanted.dns_nameservers ?? [],
    zone: '',
    extraDhcpOpts: [],
    taken: new Map(),
  }
  holdings.subnets.set(network_id, subnet)
  return ok({ subnet: viewOf(subnet, holdings) }, 201)
}

function firstOf(cidr: string): string {
  const block = readBlock(cidr)
  if (!block) throw invalidInput(`Invalid input for cidr. Reason: '${cidr}' is not a valid IP subnet.`)
  return writeAddress(block.first + 1)
}

function refuseDns(servers: readonly string[] = []): void {
  for (const server of servers)
    if (readAddress(server) === undefined) throw invalidInput(`'${server}' is not a valid nameserver.`)
}

function updateSubnet(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const subnet = subnetWithNeutronId(holdings, ask.params.subnet_id)
  const wanted = readOne(ask, 'subnet', Object.keys(changeable))
  if (!Changes.Check(wanted)) throw invalidInput('The subnet parameters are invalid.')
  refuseDns(wanted.dns_nameservers)
  subnet.name = wanted.name ?? subnet.name
  subnet.dhcp = wanted.enable_dhcp ?? subnet.dhcp
  subnet.dns = wanted.dns_nameservers ?? subnet.dns
  subnet.updated = world.outside.now()
  return ok({ subnet: viewOf(subnet, holdings) })
}

function deleteSubnet(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const subnet = subnetWithNeutronId(holdings, ask.params.subnet_id)
  refuseSubnetInUse(subnet, holdings)
  if (subnet.vpcId !== '')
    throw neutronRefusal(
      'SubnetInUse',
      `Unable to complete operation on subnet ${subnet.neutronSubnetId}: it is on router ${subnet.vpcId}.`,
    )
  holdings.subnets.delete(subnet.id)
  holdings.networkTags.delete(subnet.id)
  return nothing()
}

function viewOf(subnet: Subnet, { project }: Holdings) {
  return {
    id: subnet.neutronSubnetId,
    name: subnet.name,
    network_id: subnet.id,
    cidr: subnet.cidr,
    ip_version: 4,
    gateway_ip: subnet.gatewayIp === '' ? null : subnet.gatewayIp,
    enable_dhcp: subnet.dhcp,
    dns_nameservers: subnet.dns,
    host_routes: [],
    allocation_pools: poolsOf(subnet),
    ipv6_address_mode: null,
    ipv6_ra_mode: null,
    subnetpool_id: null,
    tenant_id: project.id,
    project_id: project.id,
    created_at: plainTime(subnet.created),
    updated_at: plainTime(subnet.updated),
  }
}

function poolsOf({ cidr }: Subnet) {
  const block = readBlock(cidr)
  return block ? [{ start: writeAddress(block.first + 2), end: writeAddress(block.last - 1) }] : []
}
