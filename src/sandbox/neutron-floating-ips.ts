import Type from 'typebox'
import { Compile } from './check.ts'
import { bind, buy, giveBack, publicIpWithId, unbind } from './eip-acts.ts'
import type { Holdings } from './holdings.ts'
import { invalidInput, listOf, neutronRefusal, neutronRow, readOne } from './neutron.ts'
import { externalNetworkId } from './neutron-networks.ts'
import { portWithId } from './port-acts.ts'
import type { PublicIp } from './public-ips.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { plainTime } from './vpc-common.ts'
import type { World } from './world.ts'

const LIST = '/v2.0/floatingips'
const ONE = '/v2.0/floatingips/{floatingip_id}'

/** The same addresses as the EIP service's. */
export const neutronFloatingIpRows: readonly Row[] = [
  neutronRow('NeutronListFloatingIps', 'GET', LIST, listFloatingIps),
  neutronRow('NeutronShowFloatingIp', 'GET', ONE, showFloatingIp),
  neutronRow('NeutronCreateFloatingIp', 'POST', LIST, createFloatingIp),
  neutronRow('NeutronUpdateFloatingIp', 'PUT', ONE, updateFloatingIp),
  neutronRow('NeutronDeleteFloatingIp', 'DELETE', ONE, deleteFloatingIp),
]

function listFloatingIps(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const all = holdings.publicIps.values()
  return ok(listOf(ask, 'floatingips', all, (publicIp) => viewOf(publicIp, holdings)))
}

function showFloatingIp(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  return ok({ floatingip: viewOf(publicIpWithId(holdings, ask.params.floatingip_id), holdings) })
}

const OrNull = Type.Optional(Type.Union([Type.String(), Type.Null()]))
const NewFields = Compile(
  Type.Object({
    floating_network_id: Type.Optional(Type.String()),
    floating_ip_address: OrNull,
    fixed_ip_address: OrNull,
    port_id: OrNull,
  }),
)
const Changes = Compile(Type.Object({ port_id: OrNull, fixed_ip_address: OrNull }))

function createFloatingIp(ask: Ask, world: World): Answer {
  const names = ['floating_network_id', 'floating_ip_address', 'fixed_ip_address', 'port_id']
  const wanted = readOne(ask, 'floatingip', [...names, 'tenant_id', 'project_id'])
  if (!NewFields.Check(wanted)) throw invalidInput('The floating IP parameters are invalid.')
  const holdings = world.holdings(ask.project)
  const network = wanted.floating_network_id
  if (network && network !== externalNetworkId)
    throw neutronRefusal('NetworkNotFound', `External network ${network} could not be found.`)
  refuseFixed(wanted.port_id, wanted.fixed_ip_address, holdings)
  const eip = {
    type: '5_bgp',
    ip_address: wanted.floating_ip_address ?? undefined,
    port_id: wanted.port_id ?? undefined,
  }
  // Neutron says nothing of bandwidths, and no address is without one.
  const bandwidth = { share_type: 'PER', name: 'neutron-bandwidth', size: 5, charge_mode: 'bandwidth' }
  const publicIp = buy({ publicip: eip, bandwidth }, false, holdings, world)
  return ok({ floatingip: viewOf(publicIp, holdings) }, 201)
}

/** A port has one address, so that naming another is a mistake. */
function refuseFixed(
  portId: string | null | undefined,
  address: string | null | undefined,
  holdings: Holdings,
): void {
  if (!address) return
  if (!portId) throw invalidInput('fixed_ip_address needs a port_id.')
  if (portWithId(holdings, portId).address !== address)
    throw invalidInput(`Port ${portId} does not have the fixed IP ${address}.`)
}

/** Unlike the EIP service, Neutron lets an address go over from one port to another. */
function updateFloatingIp(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const publicIp = publicIpWithId(holdings, ask.params.floatingip_id)
  const wanted = readOne(ask, 'floatingip', ['port_id', 'fixed_ip_address'])
  if (!Changes.Check(wanted)) throw invalidInput('The floating IP parameters are invalid.')
  const { port_id, fixed_ip_address } = wanted
  refuseFixed(port_id, fixed_ip_address, holdings)
  if (port_id && port_id !== publicIp.portId) {
    const { publicIp: other } = portWithId(holdings, port_id)
    if (!other) unbind(publicIp, holdings, world)
    bind(publicIp, port_id, holdings, world)
  } else if (port_id === null || port_id === '') unbind(publicIp, holdings, world)
  return ok({ floatingip: viewOf(publicIp, holdings) })
}

function deleteFloatingIp(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const publicIp = publicIpWithId(holdings, ask.params.floatingip_id)
  if (!publicIp.prepaid) unbind(publicIp, holdings, world)
  giveBack(publicIp, holdings)
  return nothing()
}

function viewOf(publicIp: PublicIp, { ports, subnets, project }: Holdings) {
  const port = publicIp.portId === undefined ? undefined : ports.get(publicIp.portId)
  return {
    id: publicIp.id,
    floating_ip_address: publicIp.address,
    floating_network_id: externalNetworkId,
    fixed_ip_address: port?.address ?? null,
    port_id: port?.id ?? null,
    router_id: port ? (subnets.get(port.subnetId)?.vpcId ?? null) : null,
    status: port ? 'ACTIVE' : 'DOWN',
    tenant_id: project.id,
    project_id: project.id,
    dns_name: '',
    dns_domain: '',
    created_at: plainTime(publicIp.created),
    updated_at: plainTime(publicIp.updated),
  }
}
