import Type from 'typebox'
import { freeDisksOn } from './ecs-places.ts'
import { bodyReader, managedTargetOf, targetOf } from './ecs-target.ts'
import { stableHex } from './ids.ts'
import { Refusal } from './refusal.ts'
import type { Server } from './servers.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { type Disk, disksOf } from './volumes.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-ecs/ecs_02_0603.html */
export function listServerBlockDevices(ask: Ask, world: World): Answer {
  const { holdings, server } = targetOf(ask, world)
  return ok({
    attachableQuantity: freeDisksOn(server, ask.region),
    volumeAttachments: disksOf(holdings, server).map((disk) => viewOf(server, disk)),
  })
}

export function showServerBlockDevice(ask: Ask, world: World): Answer {
  const { holdings, server } = targetOf(ask, world)
  const disk = diskOf(disksOf(holdings, server), ask.params.volume_id ?? '')
  return ok({ volumeAttachment: viewOf(server, disk) })
}

const readUpdate = bodyReader(
  Type.Object({ block_device: Type.Object({ delete_on_termination: Type.Boolean() }) }),
)

export function updateServerBlockDevice(ask: Ask, world: World): Answer {
  const { delete_on_termination } = readUpdate(ask).block_device
  const { holdings, server } = managedTargetOf(ask, world)
  const { attachment } = diskOf(disksOf(holdings, server), ask.params.volume_id ?? '')
  attachment.deleteWithServer = delete_on_termination
  server.updated = world.outside.now()
  return ok({})
}

/** https://support.huaweicloud.com/api-ecs/ecs_02_0602.html */
export function listServerVolumeAttachments(ask: Ask, world: World): Answer {
  const { holdings, server } = targetOf(ask, world)
  return ok({
    volumeAttachments: disksOf(holdings, server).map(({ volume, attachment }) => ({
      device: attachment.device,
      id: volume.id,
      serverId: server.id,
      volumeId: volume.id,
    })),
  })
}

function diskOf(disks: readonly Disk[], id: string): Disk {
  const disk = disks.find(({ volume }) => volume.id === id)
  if (!disk) throw new Refusal(400, 'Ecs.0111', `The disk ${id} is not attached to the ECS.`)
  return disk
}

/** The attachment bears the id of the disk. */
function viewOf(server: Server, { volume, attachment }: Disk) {
  const slot = (Number.parseInt(stableHex(attachment.device).slice(0, 4), 16) % 31) + 1
  return {
    id: volume.id,
    volumeId: volume.id,
    serverId: server.id,
    device: attachment.device,
    pciAddress: `0000:02:${slot.toString(16).padStart(2, '0')}.0`,
    size: volume.size,
    bootIndex: attachment.bootIndex,
    bus: attachment.device.startsWith('/dev/sd') ? 'scsi' : 'virtio',
    delete_on_termination: attachment.deleteWithServer,
  }
}
