import Type from 'typebox'
import { diskTypes, isSoldOut, refusePerformance } from './disk-types.ts'
import { placesOn } from './ecs-places.ts'
import { deviceFor } from './ecs-volumes.ts'
import { evsQuota, usedVolumes } from './evs-catalogue.ts'
import { evsInvalid, evsReader, refuseVolumeDescription, refuseVolumeName, volumeOf } from './evs-refusals.ts'
import { imageWithId } from './images.ts'
import { newJob } from './jobs.ts'
import { Refusal } from './refusal.ts'
import { isUpOrDown } from './servers.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { newVolume } from './volumes.ts'
import type { World } from './world.ts'

const Text = Type.Optional(Type.String())
const read = evsReader(
  Type.Object({
    volume: Type.Object({
      availability_zone: Type.String(),
      volume_type: Type.String(),
      size: Type.Optional(Type.Integer()),
      name: Text,
      description: Text,
      count: Type.Optional(Type.Integer()),
      multiattach: Type.Optional(Type.Boolean()),
      iops: Type.Optional(Type.Integer()),
      throughput: Type.Optional(Type.Integer()),
      imageRef: Text,
      snapshot_id: Text,
      backup_id: Text,
      enterprise_project_id: Text,
      metadata: Type.Optional(Type.Record(Type.String(), Type.String())),
      tags: Type.Optional(Type.Record(Type.String(), Type.String())),
    }),
    server_id: Text,
  }),
)

/** https://support.huaweicloud.com/api-evs/evs_04_2003.html */
export function createVolume(ask: Ask, world: World): Answer {
  const { volume: wanted, server_id } = read(ask)
  const holdings = world.holdings(ask.project)
  const count = wanted.count ?? 1
  refuseVolumeName(wanted.name ?? '')
  refuseVolumeDescription(wanted.description ?? '')
  if (!ask.region.zones.includes(wanted.availability_zone))
    throw evsInvalid(`availability_zone [${wanted.availability_zone}] does not exist.`)
  if (!diskTypes.includes(wanted.volume_type))
    throw evsInvalid(`volume_type [${wanted.volume_type}] is invalid.`)
  refusePerformance(wanted, wanted.volume_type, evsInvalid)
  if (isSoldOut(wanted.volume_type, wanted.availability_zone, ask.region))
    throw evsInvalid(`volume_type [${wanted.volume_type}] has been sold out.`)
  if (count < 1 || count > 100) throw evsInvalid('count must be from 1 to 100.')
  if (wanted.snapshot_id)
    throw new Refusal(404, 'EVS.5404', `Snapshot ${wanted.snapshot_id} could not be found.`)
  if (wanted.backup_id) throw evsInvalid(`backup_id [${wanted.backup_id}] does not exist.`, 'EVS.1006')
  const image = wanted.imageRef ? imageWithId(holdings, ask.region, wanted.imageRef) : undefined
  if (wanted.imageRef && !image)
    throw new Refusal(404, 'EVS.5404', `Image ${wanted.imageRef} could not be found.`)
  const [least, most] = image ? [image.view.min_disk, 1_024] : [10, 32_768]
  const size = wanted.size ?? 0
  if (size < least || size > most) throw evsInvalid(`size must be from ${least} to ${most}.`, 'EVS.1010')
  const used = usedVolumes(holdings)
  if (used.volumes + count > evsQuota.volumes || used.gigabytes + count * size > evsQuota.gigabytes)
    throw new Refusal(413, 'EVS.5413', 'VolumeLimitExceeded: the disk quota of the project is exceeded.')

  const attached = server_id ? attachedTo(ask, world, server_id, wanted.availability_zone, count) : []
  const now = world.outside.now()
  const ids = Array.from({ length: count }, () => world.outside.uuid())
  for (const [index, id] of ids.entries()) {
    const name = wanted.name ?? `volume-${id.slice(0, 4)}`
    const attachment = attached[index]
    holdings.volumes.set(
      id,
      newVolume({
        id,
        now,
        name: count === 1 ? name : `${name}-${String(index + 1).padStart(4, '0')}`,
        description: wanted.description ?? '',
        status: 'creating',
        size,
        type: wanted.volume_type,
        zone: wanted.availability_zone,
        multiattach: wanted.multiattach ?? false,
        metadata: { ...wanted.metadata },
        ...(wanted.iops === undefined ? {} : { iops: wanted.iops }),
        ...(wanted.throughput === undefined ? {} : { throughput: wanted.throughput }),
        tags: { ...wanted.tags },
        ...(image ? { bootable: true, imageId: image.id } : {}),
        ...(attachment ? { attachments: [{ id, attachedAt: now, ...attachment }] } : {}),
      }),
    )
    if (attachment) holdings.servers.get(attachment.serverId)?.volumeIds.push(id)
  }
  const parts = ids.map((volumeId) => ({ volumeId }))
  const job = newJob(world.outside, ask.project, count === 1 ? 'createVolume' : 'createVolumes', parts)
  world.begin(holdings, job)
  return ok({ job_id: job.id, volume_ids: ids }, 202)
}

/** Disks made for a server are on it when they are done. */
function attachedTo({ project, region }: Ask, world: World, serverId: string, zone: string, count: number) {
  const holdings = world.holdings(project)
  const server = holdings.servers.get(serverId)
  if (!server) throw new Refusal(404, 'EVS.5404', `Instance ${serverId} could not be found.`)
  if (!isUpOrDown(server) || server.task || server.locked || server.zone !== zone)
    throw evsInvalid(`The ECS ${serverId} is in no state to take a disk.`)
  if (count > 1) throw evsInvalid('Only one disk can be created for an ECS.')
  const device = deviceFor({ holdings, server }, undefined, placesOn(server, region).disks)
  return [{ serverId, device, bootIndex: -1, deleteWithServer: false }]
}

/** https://support.huaweicloud.com/api-evs/evs_04_2008.html */
export function deleteVolume(ask: Ask, world: World): Answer {
  const volume = volumeOf(ask, world)
  if (!['available', 'error'].includes(volume.status) || volume.attachments.length > 0)
    throw evsInvalid(
      `Invalid volume: Volume status must be available or error, but current status is: ${volume.status}.`,
    )
  const job = newJob(world.outside, ask.project, 'deleteVolume', [{ volumeId: volume.id }])
  volume.status = 'deleting'
  volume.updated = job.begunAt
  world.begin(world.holdings(ask.project), job)
  return ok({ job_id: job.id })
}
