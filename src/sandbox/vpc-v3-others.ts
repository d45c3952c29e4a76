import type { Holdings } from './holdings.ts'
import type { Subnet } from './networks.ts'
import { fixedIpsOf, portWithId } from './port-acts.ts'
import { type Port, statusOf } from './ports.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'
import { isReady, networkQuotas, utcTime, wantedBy } from './vpc-common.ts'
import { pageWithInfo } from './vpc-page.ts'
import { tagsOf } from './vpc-tags.ts'
import type { World } from './world.ts'

/** Subnets and ports as the third version reads them; it makes none. */
export const otherV3Rows: readonly Row[] = [
  { name: 'ListVirsubnets', method: 'GET', path: '/v3/{project_id}/vpc/virsubnets', handle: listSubnets },
  {
    name: 'ShowVirsubnet',
    method: 'GET',
    path: '/v3/{project_id}/vpc/virsubnets/{virsubnet_id}',
    handle: showSubnet,
  },
  { name: 'ListPorts2', method: 'GET', path: '/v3/{project_id}/ports', handle: listPorts },
  { name: 'ShowPort2', method: 'GET', path: '/v3/{project_id}/ports/{port_id}', handle: showPort },
  { name: 'ShowQuota2', method: 'GET', path: '/v3/{project_id}/vpc/quotas', handle: showQuota },
]

function listSubnets({ project, query, requestId }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const found = [...holdings.subnets.values()]
    .filter(({ vpcId }) => vpcId !== '')
    .filter(
      wantedBy<Subnet>(query, {
        id: ({ id }) => id,
        name: ({ name }) => name,
        vpc_id: ({ vpcId }) => vpcId,
        zone_id: ({ zone }) => zone,
        description: ({ description }) => description,
      }),
    )
  const { page, page_info } = pageWithInfo(found, query, 'VPC.0201')
  const virsubnets = page.map((subnet) => subnetView(subnet, holdings, world))
  return ok({ request_id: requestId, virsubnets, page_info })
}

function showSubnet({ project, params, requestId }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const subnet = holdings.subnets.get(params.virsubnet_id ?? '')
  if (!subnet?.vpcId) throw new Refusal(404, 'VPC.0202', `Subnet ${params.virsubnet_id} does not exist.`)
  return ok({ request_id: requestId, virsubnet: subnetView(subnet, holdings, world) })
}

function subnetView(subnet: Subnet, holdings: Holdings, world: World) {
  return {
    id: subnet.id,
    name: subnet.name,
    description: subnet.description,
    dns_nameservers: subnet.dns,
    zone_id: subnet.zone,
    vpc_id: subnet.vpcId,
    status: isReady(subnet.created, world) ? 'ACTIVE' : 'PENDING',
    project_id: holdings.project.id,
    scope: 'center',
    subnet_cidrs: [
      {
        id: subnet.neutronSubnetId,
        ip_version: '4',
        cidr: subnet.cidr,
        gateway_ip: subnet.gatewayIp,
        enable_dhcp: subnet.dhcp,
      },
    ],
    tags: tagsOf(holdings, subnet.id),
    extra_dhcp_opts: subnet.extraDhcpOpts,
    created_at: utcTime(subnet.created),
    updated_at: utcTime(subnet.updated),
  }
}

function listPorts({ project, query, requestId }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const found = [...holdings.ports.values()].filter(
    wantedBy<Port>(query, {
      id: ({ id }) => id,
      name: ({ name }) => name,
      admin_state_up: ({ adminStateUp }) => String(adminStateUp),
      status: (port) => statusOf(port, holdings),
      virsubnet_id: ({ subnetId }) => subnetId,
      device_id: ({ deviceId }) => deviceId,
      mac_address: ({ mac }) => mac,
      device_owner: ({ deviceOwner }) => deviceOwner,
      private_ips: ({ address }) => [address, `ip_address=${address}`],
      security_groups: ({ securityGroups }) => securityGroups,
      vpc_id: ({ subnetId }) => holdings.subnets.get(subnetId)?.vpcId,
      instance_id: ({ deviceId }) => deviceId,
    }),
  )
  const { page, page_info } = pageWithInfo(found, query, 'VPC.2500')
  return ok({ request_id: requestId, ports: page.map((port) => portView(port, holdings)), page_info })
}

function showPort({ project, params, requestId }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const port = portWithId(holdings, params.port_id)
  return ok({ request_id: requestId, port: portView(port, holdings) })
}

function portView(port: Port, holdings: Holdings) {
  const { project, servers, subnets } = holdings
  const server = servers.get(port.deviceId)
  return {
    id: port.id,
    name: port.name,
    description: '',
    admin_state_up: port.adminStateUp,
    status: statusOf(port, holdings),
    device_id: port.deviceId,
    device_owner: port.deviceOwner,
    ecs_flavor: server?.flavor.id ?? '',
    instance_id: port.deviceId,
    instance_type: server ? 'ECS' : '',
    mac_address: port.mac,
    port_security_enabled: port.portSecurity,
    private_ips: fixedIpsOf(port, holdings).map(({ subnet_id, ip_address }) => ({
      subnet_cidr_id: subnet_id,
      ip_address,
    })),
    security_groups: port.securityGroups,
    allowed_address_pairs: port.allowedAddressPairs,
    extra_dhcp_opts: port.extraDhcpOpts,
    virsubnet_id: port.subnetId,
    vpc_id: subnets.get(port.subnetId)?.vpcId ?? '',
    zone_id: server?.zone ?? '',
    'binding:vnic_type': 'normal',
    'binding:vif_details': server?.nics[0] === port ? { primary_interface: true } : {},
    'binding:profile': {},
    enable_efi: false,
    scope: 'center',
    project_id: project.id,
    tenant_id: project.id,
    vpc_tenant_id: project.id,
    tags: tagsOf(holdings, port.id),
    created_at: utcTime(port.created),
    updated_at: utcTime(port.updated),
  }
}

function showQuota({ requestId }: Ask): Answer {
  const quota = {
    vpc: networkQuotas.vpc,
    virsubnet: networkQuotas.subnet,
    security_group: networkQuotas.securityGroup,
    security_group_rule: networkQuotas.securityGroupRule,
    shared_bandwidth: networkQuotas.shareBandwidth,
    shared_bandwidth_contain_publicip: networkQuotas.shareBandwidthIP,
    peering: networkQuotas.vpcPeer,
  }
  return ok({ request_id: requestId, quota })
}
