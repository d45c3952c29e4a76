import Type from 'typebox'
import { Compile } from './check.ts'
import type { Holdings } from './holdings.ts'
import {
  changePort,
  dropPort,
  fixedIpsOf,
  fixedIpWords,
  invalidPort,
  makePort,
  NewPortFields,
  PortFields,
  portWithId,
} from './port-acts.ts'
import { type Port, statusOf } from './ports.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { wantedBy } from './vpc-common.ts'
import { pageAfterMarker } from './vpc-page.ts'
import { groupWithId } from './vpc-rule-checks.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_port01_0001.html */
export const portRows: readonly Row[] = [
  { name: 'ListPorts', method: 'GET', path: '/v1/{project_id}/ports', handle: listPorts },
  { name: 'ShowPort', method: 'GET', path: '/v1/{project_id}/ports/{port_id}', handle: showPort },
  { name: 'CreatePort', method: 'POST', path: '/v1/{project_id}/ports', handle: createPort },
  { name: 'UpdatePort', method: 'PUT', path: '/v1/{project_id}/ports/{port_id}', handle: updatePort },
  { name: 'DeletePort', method: 'DELETE', path: '/v1/{project_id}/ports/{port_id}', handle: deletePort },
]

function listPorts({ project, query }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const rows = [...holdings.ports.values()].filter(portFilter(query, holdings))
  const page = pageAfterMarker(rows, query, 'VPC.2500')
  return ok({ ports: page.map((port) => viewOf(port, holdings)) })
}

export const portFilter = (query: Ask['query'], holdings: Holdings) =>
  wantedBy<Port>(query, {
    id: ({ id }) => id,
    name: ({ name }) => name,
    admin_state_up: ({ adminStateUp }) => String(adminStateUp),
    network_id: ({ subnetId }) => subnetId,
    mac_address: ({ mac }) => mac,
    device_id: ({ deviceId }) => deviceId,
    device_owner: ({ deviceOwner }) => deviceOwner,
    status: (port) => statusOf(port, holdings),
    security_groups: ({ securityGroups }) => securityGroups,
    fixed_ips: (port) => fixedIpWords(port, holdings),
  })

function showPort({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  return ok({ port: viewOf(portWithId(holdings, params.port_id), holdings) })
}

const CreateBody = Compile(Type.Object({ port: Type.Object(NewPortFields) }))

function createPort(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!CreateBody.Check(body)) throw invalidPort()
  const holdings = world.holdings(ask.project)
  return ok({ port: viewOf(makePort(body.port, holdings, world), holdings) })
}

const { name, security_groups, allowed_address_pairs, extra_dhcp_opts } = PortFields
const UpdateBody = Compile(
  Type.Object({
    port: Type.Object({ name, security_groups, allowed_address_pairs, extra_dhcp_opts }),
  }),
)

function updatePort(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const port = portWithId(holdings, ask.params.port_id)
  const body = ask.object()
  if (!UpdateBody.Check(body)) throw invalidPort()
  for (const id of body.port.security_groups ?? []) groupWithId(holdings.securityGroups, id)
  changePort(port, body.port, world)
  return ok({ port: viewOf(port, holdings) })
}

function deletePort({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  dropPort(portWithId(holdings, params.port_id), holdings)
  return nothing()
}

/** What the first version and Neutron show alike. */
export function portFacts(port: Port, holdings: Holdings) {
  const fixed = fixedIpsOf(port, holdings)
  const isPrimary = holdings.servers.get(port.deviceId)?.nics[0] === port
  return {
    id: port.id,
    name: port.name,
    network_id: port.subnetId,
    admin_state_up: port.adminStateUp,
    mac_address: port.mac,
    fixed_ips: fixed,
    device_id: port.deviceId,
    device_owner: port.deviceOwner,
    tenant_id: holdings.project.id,
    status: statusOf(port, holdings),
    security_groups: port.securityGroups,
    allowed_address_pairs: port.allowedAddressPairs,
    extra_dhcp_opts: port.extraDhcpOpts,
    'binding:vnic_type': 'normal',
    dns_assignment: fixed.map(({ ip_address }) => {
      const hostname = `ip-${ip_address.replaceAll('.', '-')}`
      return { hostname, ip_address, fqdn: `${hostname}.openstacklocal.` }
    }),
    dns_name: '',
    'binding:vif_details': isPrimary ? { primary_interface: true } : {},
    'binding:profile': {},
    port_security_enabled: port.portSecurity,
  }
}

function viewOf(port: Port, holdings: Holdings) {
  return {
    ...portFacts(port, holdings),
    instance_id: port.deviceId,
    instance_type: port.deviceOwner.startsWith('compute:') ? 'ECS' : '',
    zone_id: port.deviceOwner.startsWith('compute:') ? port.deviceOwner.slice('compute:'.length) : '',
    enable_efi: false,
    ipv6_bandwidth_id: '',
  }
}
