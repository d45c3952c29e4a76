import type { WantedServer } from './ecs-create-body.ts'
import { groupQuota } from './ecs-groups.ts'
import { refuseArchitecture } from './ecs-image-fit.ts'
import { quota, usedBySpot } from './ecs-limits.ts'
import { placesOf } from './ecs-places.ts'
import { invalid, noSuchKeypair } from './ecs-refusals.ts'
import type { Flavor } from './flavors.ts'
import type { Holdings } from './holdings.ts'
import type { Image } from './images.ts'
import { Refusal } from './refusal.ts'
import type { Region } from './regions.ts'

/** What each by itself can be had, but not together. */
export function refuseMisfits(
  wanted: WantedServer,
  count: number,
  image: Image,
  flavor: Flavor,
  region: Region,
  holdings: Holdings,
): void {
  refuseArchitecture(image, region, flavor.id)
  const { nics } = placesOf(flavor)
  if (wanted.nics.length > nics) throw new Refusal(400, 'Ecs.0050', `At most ${nics} NICs can be added.`)
  refuseKey(wanted, holdings)
  refuseGroup(wanted, count, holdings)
  refuseSpot(wanted, count, flavor, image, holdings)
}

function refuseKey({ key_name: name, extendparam, metadata }: WantedServer, { keypairs }: Holdings): void {
  if (!name) return
  if (!keypairs.has(name)) throw noSuchKeypair(name)
  if (extendparam?.chargingMode === 'prePaid' && !metadata?.op_svc_userid)
    throw invalid('metadata.op_svc_userid is needed for a prepaid ECS with a key pair.')
}

export function groupHint(wanted: WantedServer): string | undefined {
  const hint = wanted['os:scheduler_hints']?.group
  return typeof hint === 'string' ? hint : hint?.[0]
}

function refuseGroup(wanted: WantedServer, count: number, { serverGroups }: Holdings): void {
  const id = groupHint(wanted)
  if (!id) return
  const group = serverGroups.get(id)
  if (!group) throw new Refusal(400, 'Ecs.0313', `The ECS group ${id} could not be found.`)
  if (group.members.length + count > groupQuota.members)
    throw new Refusal(400, 'Ecs.0022', 'Insufficient quota of members of an ECS group.')
}

/** https://support.huaweicloud.com/api-ecs/ErrorCode.html */
function refuseSpot(
  { extendparam }: WantedServer,
  count: number,
  flavor: Flavor,
  image: Image,
  holdings: Holdings,
): void {
  if (extendparam?.marketType !== 'spot') return
  const { spot_duration_hours: hours, spot_duration_count: times } = extendparam
  if (extendparam.support_auto_recovery === true)
    throw new Refusal(400, 'Ecs.0903', 'A spot ECS cannot be recovered automatically.')
  if (image.view.__imagetype === 'market')
    throw new Refusal(400, 'Ecs.0902', 'A spot ECS cannot be created from a market image.')
  if (hours !== undefined && (hours < 1 || hours > 6))
    throw new Refusal(400, 'Ecs.0076', 'spot_duration_hours must be from 1 to 6.')
  if (times !== undefined && (times < 1 || times > 10))
    throw new Refusal(400, 'Ecs.0077', 'spot_duration_count must be from 1 to 10.')
  const used = usedBySpot(holdings)
  if (
    used.totalSpotInstancesUsed + count > quota.spotServers ||
    used.totalSpotCoresUsed + count * flavor.vcpus > quota.spotCores ||
    used.totalSpotRAMUsed + count * flavor.ram > quota.spotRam
  )
    throw new Refusal(400, 'Ecs.0001', 'Insufficient quota of spot ECSs.')
}
