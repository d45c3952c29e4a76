import Type from 'typebox'
import { Compile } from './check.ts'
import type { Holdings } from './holdings.ts'
import { stableUuid } from './ids.ts'
import type { Network } from './networks.ts'
import { invalidInput, listOf, neutronRefusal, neutronRow, readOne } from './neutron.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { networkQuotas, plainTime } from './vpc-common.ts'
import type { World } from './world.ts'

const LIST = '/v2.0/networks'
const ONE = '/v2.0/networks/{network_id}'

export const neutronNetworkRows: readonly Row[] = [
  neutronRow('NeutronListNetworks', 'GET', LIST, listNetworks),
  neutronRow('NeutronShowNetwork', 'GET', ONE, showNetwork),
  neutronRow('NeutronCreateNetwork', 'POST', LIST, createNetwork),
  neutronRow('NeutronUpdateNetwork', 'PUT', ONE, updateNetwork),
  neutronRow('NeutronDeleteNetwork', 'DELETE', ONE, deleteNetwork),
]

/** Where public addresses come from: everybody sees it, nobody owns it. */
export const externalNetworkId = stableUuid('admin_external_net')

function listNetworks(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const own = [...holdings.networks.values()].map((network) => viewOf(network, holdings, ask.region.zones))
  return ok(listOf(ask, 'networks', [...own, externalView(ask)], (view) => view))
}

function showNetwork(ask: Ask, world: World): Answer {
  if (ask.params.network_id === externalNetworkId) return ok({ network: externalView(ask) })
  const holdings = world.holdings(ask.project)
  return ok({ network: viewOf(networkOf(ask, holdings), holdings, ask.region.zones) })
}

function networkOf({ params }: Ask, { networks }: Holdings): Network {
  const id = params.network_id ?? ''
  const network = networks.get(id)
  if (!network) throw neutronRefusal('NetworkNotFound', `Network ${id} could not be found.`)
  return network
}

const Fields = Compile(
  Type.Object({
    name: Type.Optional(Type.String({ maxLength: 255 })),
    admin_state_up: Type.Optional(Type.Boolean()),
    port_security_enabled: Type.Optional(Type.Boolean()),
    // Nobody else is there to share it with, and only the platform has external ones.
    shared: Type.Optional(Type.Literal(false)),
    'router:external': Type.Optional(Type.Literal(false)),
  }),
)
const known = ['name', 'admin_state_up', 'port_security_enabled', 'shared', 'router:external']
const whose = ['tenant_id', 'project_id']

function createNetwork(ask: Ask, world: World): Answer {
  const wanted = readOne(ask, 'network', [...known, ...whose])
  if (!Fields.Check(wanted)) throw invalidInput('The network parameters are invalid.')
  const holdings = world.holdings(ask.project)
  if (holdings.networks.size >= networkQuotas.subnet)
    throw neutronRefusal('OverQuota', "Quota exceeded for resources: ['network'].")
  const now = world.outside.now()
  const network: Network = {
    id: world.outside.uuid(),
    created: now,
    updated: now,
    name: wanted.name ?? '',
    adminStateUp: wanted.admin_state_up ?? true,
    portSecurity: wanted.port_security_enabled ?? true,
  }
  holdings.networks.set(network.id, network)
  return ok({ network: viewOf(network, holdings, ask.region.zones) }, 201)
}

function updateNetwork(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const network = networkOf(ask, holdings)
  const wanted = readOne(ask, 'network', known)
  if (!Fields.Check(wanted)) throw invalidInput('The network parameters are invalid.')
  network.name = wanted.name ?? network.name
  network.adminStateUp = wanted.admin_state_up ?? network.adminStateUp
  network.portSecurity = wanted.port_security_enabled ?? network.portSecurity
  network.updated = world.outside.now()
  return ok({ network: viewOf(network, holdings, ask.region.zones) })
}

/** Its subnet goes with it, but not from under a router or a port. */
function deleteNetwork(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const network = networkOf(ask, holdings)
  const subnet = holdings.subnets.get(network.id)
  const isUsed = [...holdings.ports.values()].some(({ subnetId }) => subnetId === network.id)
  if (isUsed || subnet?.vpcId || [...(subnet?.taken.keys() ?? [])].length > 0)
    throw neutronRefusal(
      'NetworkInUse',
      `Unable to complete operation on network ${network.id}. There are one or more ports still in use on the network.`,
    )
  holdings.subnets.delete(network.id)
  holdings.networkTags.delete(network.id)
  holdings.networks.delete(network.id)
  return nothing()
}

function viewOf(network: Network, { subnets, project }: Holdings, zones: readonly string[]) {
  const subnet = subnets.get(network.id)
  return {
    id: network.id,
    name: network.name,
    status: 'ACTIVE',
    subnets: subnet ? [subnet.neutronSubnetId] : [],
    'router:external': false,
    admin_state_up: network.adminStateUp,
    shared: false,
    tenant_id: project.id,
    project_id: project.id,
    'provider:network_type': 'vxlan',
    availability_zone_hints: [],
    availability_zones: zones.slice(0, 1),
    port_security_enabled: network.portSecurity,
    dns_domain: '',
    created_at: plainTime(network.created),
    updated_at: plainTime(network.updated),
  }
}

function externalView({ region }: Ask) {
  return {
    id: externalNetworkId,
    name: 'admin_external_net',
    status: 'ACTIVE',
    subnets: [],
    'router:external': true,
    admin_state_up: true,
    shared: false,
    tenant_id: '',
    project_id: '',
    'provider:network_type': 'vxlan',
    availability_zone_hints: [],
    availability_zones: region.zones.slice(0, 1),
    port_security_enabled: true,
    dns_domain: '',
    created_at: '2017-01-01T00:00:00',
    updated_at: '2017-01-01T00:00:00',
  }
}
