import { diskTypes, isSoldOut, refusePerformance, specialTypes } from './disk-types.ts'
import type { WantedServer } from './ecs-create-body.ts'
import { placesOf } from './ecs-places.ts'
import { invalid } from './ecs-refusals.ts'
import { evsQuota, usedVolumes } from './evs-catalogue.ts'
import type { Flavor } from './flavors.ts'
import type { Holdings } from './holdings.ts'
import type { Image } from './images.ts'
import { Refusal } from './refusal.ts'
import type { Region } from './regions.ts'

const MOST_DATA_VOLUMES = 59

/** What the system disk will have of room, when all disks can be had. */
export function refuseDisks(
  { root_volume, data_volumes = [] }: WantedServer,
  count: number,
  image: Image,
  flavor: Flavor,
  zones: readonly string[],
  region: Region,
  holdings: Holdings,
): number {
  const most = Math.min(MOST_DATA_VOLUMES, placesOf(flavor).disks - 1)
  if (data_volumes.length > most)
    throw new Refusal(400, 'Ecs.0042', `At most ${most} data disks can be attached.`)
  for (const disk of [root_volume, ...data_volumes]) {
    for (const zone of zones) refuseType(disk.volumetype, flavor, zone, region)
    refuseWishes(disk)
  }
  for (const { data_image_id: id, size } of data_volumes) if (id) refuseDataImage(id, size, holdings)
  const least = image.view.min_disk
  const size = root_volume.size || least
  if (size < least) throw invalid(`root_volume size must not be less than the image's min_disk ${least}.`)
  const used = usedVolumes(holdings)
  const gigabytes = data_volumes.reduce((sum, disk) => sum + disk.size, size)
  if (
    used.volumes + count * (data_volumes.length + 1) > evsQuota.volumes ||
    used.gigabytes + count * gigabytes > evsQuota.gigabytes
  )
    throw new Refusal(400, 'Ecs.0021', 'Insufficient EVS disk quota.')
  return size
}

/** Neither snapshots nor storage of one's own are imitated, so that whoever names one is wrong. */
function refuseWishes(disk: WantedServer['root_volume']): void {
  const { volumetype: type, extendparam, cluster_id } = disk
  if (extendparam?.snapshotId) throw invalid(`snapshotId [${extendparam.snapshotId}] does not exist.`)
  if (cluster_id) throw invalid(`cluster_id [${cluster_id}] does not exist.`)
  refusePerformance(disk, type, invalid)
}

function refuseDataImage(id: string, size: number, { images }: Holdings): void {
  const view = images.get(id)?.view
  if (view?.virtual_env_type !== 'DataImage')
    throw new Refusal(400, 'Ecs.0031', `The data disk image ${id} does not exist.`)
  if (view.status !== 'active') throw new Refusal(400, 'Ecs.0032', `The data disk image ${id} is not active.`)
  if (size < view.min_disk) throw invalid(`A disk from the image ${id} needs ${view.min_disk} GB.`)
}

function refuseType(type: string, flavor: Flavor, zone: string, region: Region): void {
  if (!diskTypes.includes(type)) throw new Refusal(400, 'Ecs.0043', `The disk type ${type} does not exist.`)
  if (specialTypes.includes(type) && !/^e/.test(flavor.id))
    throw new Refusal(400, 'Ecs.0015', `The disk type ${type} cannot be used with the flavor ${flavor.id}.`)
  if (isSoldOut(type, zone, region))
    throw new Refusal(400, 'Ecs.0044', `The disk type ${type} has been sold out in ${zone}.`)
}
