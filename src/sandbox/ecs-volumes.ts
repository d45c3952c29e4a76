import Type from 'typebox'
import { freeDisksOn, placesOn } from './ecs-places.ts'
import { invalid } from './ecs-refusals.ts'
import {
  bodyReader,
  managedTargetOf,
  refuseState,
  refuseUnmanageable,
  type Target,
  targetOf,
} from './ecs-target.ts'
import { newJob } from './jobs.ts'
import { Refusal } from './refusal.ts'
import { isUpOrDown } from './servers.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import { deviceAt, disksOf, type Volume } from './volumes.ts'
import type { World } from './world.ts'

const readAttach = bodyReader(
  Type.Object({
    volumeAttachment: Type.Object({
      volumeId: Type.String({ minLength: 1 }),
      device: Type.Optional(Type.String()),
      count: Type.Optional(Type.Literal(1)),
      'hw:passthrough': Type.Optional(Type.String()),
    }),
    dry_run: Type.Optional(Type.Boolean()),
  }),
)

/** https://support.huaweicloud.com/api-ecs/ecs_02_0605.html */
export function attachServerVolume(ask: Ask, world: World): Answer {
  const { volumeAttachment: wanted, dry_run } = readAttach(ask)
  const target = managedTargetOf(ask, world)
  const volume = attachable(target, wanted.volumeId)
  const device = deviceFor(target, wanted.device, placesOn(target.server, ask.region).disks)
  if (dry_run) return nothing(202)
  const { holdings, server } = target
  const job = newJob(world.outside, ask.project, 'attachVolume', [
    { serverId: server.id, volumeId: volume.id },
  ])
  attach(target, volume, device, job.begunAt)
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

/** A disk that this server may have now. */
export function attachable({ holdings, server }: Target, volumeId: string): Volume {
  const volume = holdings.volumes.get(volumeId)
  if (!volume) throw invalid(`volumeId [${volumeId}] does not exist.`)
  if (volume.attachments.some(({ serverId }) => serverId === server.id))
    throw invalid(`The disk ${volume.id} has been attached to the ECS.`, 'Ecs.0057')
  if (!isUpOrDown(server) || server.task) throw refuseState()
  if (volume.zone !== server.zone)
    throw new Refusal(400, 'Ecs.0017', `The disk ${volume.id} does not belong to the AZ of the ECS.`)
  if (volume.status !== 'available' && !(volume.multiattach && volume.status === 'in-use'))
    throw new Refusal(400, 'Ecs.0103', `The disk ${volume.id} is not available.`)
  return volume
}

/** The device that was asked for, or the next free one. */
export function deviceFor({ holdings, server }: Target, wanted: string | undefined, places: number): string {
  if (wanted && !/^\/dev\/(?:v|s|xv)d[a-z]{1,2}$/.test(wanted))
    throw invalid(`device [${wanted}] is invalid.`)
  const disks = disksOf(holdings, server)
  if (disks.length >= places) throw new Refusal(400, 'Ecs.0104', 'The ECS has no free slot for a disk.')
  const taken = new Set(disks.map(({ attachment }) => attachment.device))
  if (wanted && taken.has(wanted)) throw invalid(`device [${wanted}] is in use.`)
  if (wanted) return wanted
  const hasSystem = disks.some(({ attachment }) => attachment.bootIndex === 0)
  for (let index = hasSystem ? 1 : 0; ; index++) if (!taken.has(deviceAt(index))) return deviceAt(index)
}

/** A disk one can start from becomes the system disk of a server that has none. */
export function attach({ holdings, server }: Target, volume: Volume, device: string, now: number): void {
  const hasSystem = disksOf(holdings, server).some(({ attachment }) => attachment.bootIndex === 0)
  const isSystem = !hasSystem && volume.bootable && device.endsWith('da')
  volume.status = 'attaching'
  volume.updated = now
  volume.attachments.push({
    id: volume.id,
    serverId: server.id,
    device,
    bootIndex: isSystem ? 0 : -1,
    attachedAt: now,
    deleteWithServer: false,
  })
  server.volumeIds = isSystem ? [volume.id, ...server.volumeIds] : [...server.volumeIds, volume.id]
}

/** https://support.huaweicloud.com/api-ecs/ecs_02_0606.html */
export function detachServerVolume(ask: Ask, world: World): Answer {
  const flag = ask.query.get('delete_flag') ?? '0'
  if (flag !== '0' && flag !== '1') throw invalid(`delete_flag [${flag}] is invalid.`)
  const target = managedTargetOf(ask, world)
  const { holdings, server } = target
  const { volume } = detachable(target, ask.params.volume_id ?? '')
  const job = newJob(world.outside, ask.project, 'detachVolume', [
    { serverId: server.id, volumeId: volume.id },
  ])
  volume.status = 'detaching'
  volume.updated = job.begunAt
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

export function detachable({ holdings, server }: Target, volumeId: string) {
  const disk = disksOf(holdings, server).find(({ volume }) => volume.id === volumeId)
  if (!disk)
    throw new Refusal(400, 'Ecs.0111', `The disk ${volumeId} is not attached to the ECS ${server.id}.`)
  if (!isUpOrDown(server) || server.task) throw refuseState()
  if (disk.attachment.bootIndex === 0 && server.vmState !== 'stopped')
    throw new Refusal(400, 'Ecs.0102', 'The system disk can be detached from a stopped ECS only.')
  if (disk.volume.status !== 'in-use')
    throw new Refusal(400, 'Ecs.0103', `The disk ${volumeId} is ${disk.volume.status}.`)
  return disk
}

const readShared = bodyReader(
  Type.Object({
    serverinfo: Type.Array(Type.Object({ server_id: Type.String(), device: Type.Optional(Type.String()) }), {
      minItems: 1,
      maxItems: 16,
    }),
  }),
)

/** One shared disk on several servers at once. */
export function batchAttachSharableVolumes(ask: Ask, world: World): Answer {
  const { serverinfo } = readShared(ask)
  const holdings = world.holdings(ask.project)
  const wanted = serverinfo.map(({ server_id, device }) => {
    const target = targetOf({ ...ask, params: { server_id } }, world)
    refuseUnmanageable(target)
    const volume = attachable(target, ask.params.volume_id ?? '')
    if (!volume.multiattach && serverinfo.length > 1) throw invalid(`The disk ${volume.id} cannot be shared.`)
    const places = placesOn(target.server, ask.region).disks
    return { target, volume, device: deviceFor(target, device, places) }
  })
  if (new Set(wanted.map(({ target }) => target.server)).size < wanted.length)
    throw invalid('serverinfo holds an ECS twice.')
  const job = newJob(
    world.outside,
    ask.project,
    'attachShared',
    wanted.map(({ target, volume }) => ({ serverId: target.server.id, volumeId: volume.id })),
  )
  for (const { target, volume, device } of wanted) attach(target, volume, device, job.begunAt)
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

const readSharedDetach = bodyReader(
  Type.Object({ serverinfo: Type.Array(Type.String(), { minItems: 1, maxItems: 16 }) }),
)

export function batchDetachVolumes(ask: Ask, world: World): Answer {
  const ids = [...new Set(readSharedDetach(ask).serverinfo)]
  const holdings = world.holdings(ask.project)
  const volumeId = ask.params.volume_id ?? ''
  for (const server_id of ids) {
    const target = targetOf({ ...ask, params: { server_id } }, world)
    refuseUnmanageable(target)
    detachable(target, volumeId)
  }
  const job = newJob(
    world.outside,
    ask.project,
    'detachShared',
    ids.map((serverId) => ({ serverId, volumeId })),
  )
  const volume = holdings.volumes.get(volumeId)
  if (volume) volume.status = 'detaching'
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

export function showAppendableVolumeQuota(ask: Ask, world: World): Answer {
  const { server } = targetOf(ask, world)
  const { free_scsi, free_blk, free_disk } = freeDisksOn(server, ask.region)
  return ok({ free_scsi, free_blk, count: free_disk })
}
