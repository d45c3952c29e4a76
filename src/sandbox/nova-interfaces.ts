import Type from 'typebox'
import { Compile } from './check.ts'
import { defaultGroupOf } from './ecs-create-nics.ts'
import { placesOn } from './ecs-places.ts'
import type { Holdings } from './holdings.ts'
import { isUsable } from './networks.ts'
import { interfaceOf } from './nova-attachments.ts'
import { refuseUnmanageable, wrongState } from './nova-deeds.ts'
import { badRequest, conflict, itemNotFound } from './nova-manner.ts'
import { serverAsked } from './nova-servers.ts'
import { openPort, type Port, plugIn, unplug } from './ports.ts'
import { isUpOrDown, type Server } from './servers.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import type { World } from './world.ts'

const Body = Compile(
  Type.Object({
    interfaceAttachment: Type.Object({
      net_id: Type.Optional(Type.String()),
      port_id: Type.Optional(Type.String()),
      fixed_ips: Type.Optional(Type.Array(Type.Object({ ip_address: Type.String() }), { maxItems: 1 })),
    }),
  }),
)

/** https://support.huaweicloud.com/api-ecs/ecs_02_0505.html: at once, without a job. */
export function novaAttachInterface(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  const body = ask.object()
  if (!Body.Check(body)) throw badRequest('Invalid input for field/attribute interfaceAttachment.')
  const { port_id, net_id, fixed_ips = [] } = body.interfaceAttachment
  if ((port_id === undefined) === (net_id === undefined))
    throw badRequest('Must input network_id or port_id, and not both.')
  refuseChange('attach_interface', server, holdings)
  if (server.nics.length >= placesOn(server, ask.region).nics)
    throw badRequest('The server has no free slot for an interface.')
  const port =
    port_id === undefined
      ? newPort(net_id ?? '', fixed_ips[0]?.ip_address, server, holdings, world)
      : freePort(port_id, server, holdings)
  plugIn(port, server, port_id === undefined)
  server.updated = world.outside.now()
  return ok({ interfaceAttachment: interfaceOf(port, holdings) })
}

export function novaDetachInterface(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  const id = ask.params.port_id ?? ''
  const at = server.nics.findIndex((port) => port.id === id)
  const port = server.nics[at]
  if (!port) throw itemNotFound(`Port id ${id} could not be found.`)
  refuseChange('detach_interface', server, holdings)
  if (at === 0) throw badRequest('The primary interface cannot be detached.')
  unplug(port, server, holdings)
  server.updated = world.outside.now()
  return nothing(202)
}

function refuseChange(name: string, server: Server, holdings: Holdings): void {
  refuseUnmanageable({ holdings, server })
  if (server.task || !isUpOrDown(server)) throw wrongState(name, server)
}

function freePort(id: string, server: Server, holdings: Holdings): Port {
  const port = holdings.ports.get(id)
  if (!port) throw itemNotFound(`Port id ${id} could not be found.`)
  if (port.deviceOwner !== '' || port.deviceId !== '') throw conflict(`Port ${id} is still in use.`)
  refuseNetwork(port.subnetId, server, holdings)
  return port
}

function newPort(
  networkId: string,
  address: string | undefined,
  server: Server,
  holdings: Holdings,
  world: World,
): Port {
  const subnet = refuseNetwork(networkId, server, holdings)
  if (address !== undefined && !isUsable(subnet, address))
    throw badRequest(`IP address ${address} is not a valid IP address for the specified subnet.`)
  if (address !== undefined && subnet.taken.has(address))
    throw conflict(`Fixed IP address ${address} is already in use on instance.`)
  const own = server.nics[0]?.securityGroups ?? []
  const securityGroups = own.length > 0 ? own : [defaultGroupOf(holdings, world)]
  const port = openPort({ networkId, address, securityGroups }, holdings, world)
  if (!port) throw badRequest('No more IP addresses available on the network.')
  return port
}

/** All interfaces of a server hang in one VPC. */
function refuseNetwork(id: string, server: Server, holdings: Holdings) {
  const subnet = holdings.subnets.get(id)
  if (!subnet) throw itemNotFound(`Network ${id} could not be found.`)
  if (subnet.vpcId !== server.vpcId)
    throw badRequest(`Network ${id} does not belong to the VPC of the server.`)
  return subnet
}
