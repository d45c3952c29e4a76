import type { WantedServer } from './ecs-create-body.ts'
import type { Holdings } from './holdings.ts'
import type { WantedNovaServer } from './nova-create-body.ts'
import { badRequest, conflict } from './nova-manner.ts'

interface Wiring {
  readonly nics: WantedServer['nics']
  readonly vpcId: string
}

/** Where the server is to hang; without a word about it, on the one network there is. */
export function nicsWanted({ networks = 'auto' }: WantedNovaServer, holdings: Holdings): Wiring {
  if (networks === 'none') throw badRequest('A server without a network is not to be had.')
  const wanted = networks === 'auto' || networks.length === 0 ? [{ uuid: onlyNetwork(holdings) }] : networks
  const nics = wanted.map((network) => nicWanted(network, holdings))
  const vpcIds = new Set(nics.map(({ subnet_id }) => holdings.subnets.get(subnet_id)?.vpcId ?? ''))
  const [vpcId = ''] = vpcIds
  if (vpcIds.size > 1) throw badRequest('All networks of a server must belong to the same VPC.')
  return { nics, vpcId }
}

function onlyNetwork({ subnets }: Holdings): string {
  const [only, ...more] = subnets.keys()
  if (only === undefined) throw badRequest('No network is there to be used.')
  if (more.length > 0)
    throw conflict('Multiple possible networks found, use a Network ID to be more specific.')
  return only
}

function nicWanted(
  {
    uuid,
    port: portId,
    fixed_ip: address,
  }: { uuid?: string | null; port?: string | null; fixed_ip?: string | null },
  holdings: Holdings,
): WantedServer['nics'][number] {
  if (portId) {
    const port = holdings.ports.get(portId)
    if (!port) throw badRequest(`Port id ${portId} could not be found.`)
    if (port.deviceId !== '') throw conflict(`Port ${portId} is still in use.`)
    refuseUnknown(port.subnetId, holdings)
    return { subnet_id: port.subnetId, port_id: portId }
  }
  if (!uuid) throw badRequest('A network needs its uuid or a port.')
  refuseUnknown(uuid, holdings)
  return { subnet_id: uuid, ...(address ? { ip_address: address } : {}) }
}

function refuseUnknown(id: string, { subnets, networks }: Holdings): void {
  if (subnets.has(id)) return
  throw badRequest(
    networks.has(id)
      ? `Network ${id} requires a subnet in order to boot instances on.`
      : `Network ${id} could not be found.`,
  )
}
