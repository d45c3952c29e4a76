import type { Holdings } from './holdings.ts'
import { itemNotFound } from './nova-manner.ts'
import { serverAsked } from './nova-servers.ts'
import { type Port, statusOf } from './ports.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { type Disk, disksOf } from './volumes.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-ecs/ecs_02_0505.html: what hangs on a server. */
export function novaListServerInterfaces(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  return ok({ interfaceAttachments: server.nics.map((port) => interfaceOf(port, holdings)) })
}

export function novaShowServerInterface(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  const id = ask.params.port_id ?? ''
  const port = server.nics.find((each) => each.id === id)
  if (!port) throw itemNotFound(`Port id ${id} could not be found.`)
  return ok({ interfaceAttachment: interfaceOf(port, holdings) })
}

export function interfaceOf(port: Port, holdings: Holdings) {
  const subnet = holdings.subnets.get(port.subnetId)
  return {
    port_state: statusOf(port, holdings),
    port_id: port.id,
    net_id: port.subnetId,
    mac_addr: port.mac,
    fixed_ips:
      port.address === '' ? [] : [{ ip_address: port.address, subnet_id: subnet?.neutronSubnetId ?? '' }],
  }
}

export function novaListVolumeAttachments(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  return ok({ volumeAttachments: disksOf(holdings, server).map(attachmentOf) })
}

export function novaShowVolumeAttachment(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  const id = ask.params.volume_id ?? ''
  const disk = disksOf(holdings, server).find(({ volume }) => volume.id === id)
  if (!disk) throw itemNotFound(`Instance ${server.id} is not attached.`)
  return ok({ volumeAttachment: attachmentOf(disk) })
}

/** The attachment bears the id of its volume. */
export function attachmentOf({ volume, attachment }: Disk) {
  return { id: volume.id, volumeId: volume.id, serverId: attachment.serverId, device: attachment.device }
}
