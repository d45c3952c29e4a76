import { readAddress } from './cidr.ts'
import type { WantedServer } from './ecs-create-body.ts'
import { quota, usedBy } from './ecs-limits.ts'
import { invalid } from './ecs-refusals.ts'
import { type Flavor, flavorsOf, isOnSale, saleIn } from './flavors.ts'
import type { Holdings } from './holdings.ts'
import { isUuid } from './ids.ts'
import { type Image, imagesOf } from './images.ts'
import { isUsable } from './networks.ts'
import type { Project } from './projects.ts'
import { Refusal } from './refusal.ts'
import type { Region } from './regions.ts'

const MOST_NICS = 12
const MOST_DATA_VOLUMES = 59
const volumeTypes = ['SATA', 'SAS', 'GPSSD', 'SSD', 'ESSD', 'GPSSD2', 'ESSD2', 'co-p1', 'uh-l1']

/** What a wanted server resolves to when everything about it can be had. */
export interface Plan {
  readonly flavor: Flavor
  readonly image: Image
  readonly zone: string
  readonly rootSize: number
}

/** https://support.huaweicloud.com/api-ecs/ErrorCode.html names the codes. */
export function planFor(
  wanted: WantedServer,
  count: number,
  project: Project,
  region: Region,
  holdings: Holdings,
): Plan {
  const image = imageFor(wanted, project, region)
  const flavor = flavorsOf(project, region).find(({ id }) => id === wanted.flavorRef)
  if (!flavor) throw new Refusal(400, 'Ecs.0029', 'The flavor does not exist.')
  const zone = zoneFor(flavor, wanted.availability_zone, region)
  const rootSize = refuseVolumes(wanted, image)
  refuseNetwork(wanted, holdings, count)
  refusePublicIp(wanted, holdings, count)
  refuseQuota(flavor, count, holdings)
  return { flavor, image, zone, rootSize }
}

function imageFor(wanted: WantedServer, project: Project, region: Region): Image {
  const image = imagesOf(project, region).byId.get(wanted.imageRef)
  if (!image) throw new Refusal(400, 'Ecs.0031', 'The image does not exist.')
  if (image.view.status !== 'active') throw new Refusal(400, 'Ecs.0032', 'The image is not active.')
  return image
}

/** The zone asked for, or the first one where the flavor is on sale. */
function zoneFor(flavor: Flavor, wanted: string | undefined, region: Region): string {
  if (wanted && !region.zones.includes(wanted)) throw invalid(`availability_zone [${wanted}] does not exist.`)
  const zones = wanted ? [wanted] : region.zones
  const found = zones.find((zone) => isOnSale(saleIn(flavor, zone)))
  if (found) return found
  const states = zones.map((zone) => saleIn(flavor, zone))
  if (states.includes('obt'))
    throw new Refusal(400, 'Ecs.0016', 'You have no beta permission for this flavor in the AZ.')
  if (states.some((state) => state.endsWith('sellout')))
    throw new Refusal(400, 'Ecs.0018', 'The selected flavor has been sold out. Try another flavor.')
  throw new Refusal(400, 'Ecs.0019', 'The selected flavor has been withdrawn. Try another flavor.')
}

function refuseVolumes({ root_volume, data_volumes = [] }: WantedServer, image: Image): number {
  if (data_volumes.length > MOST_DATA_VOLUMES)
    throw new Refusal(400, 'Ecs.0042', `At most ${MOST_DATA_VOLUMES} data disks can be attached.`)
  for (const { volumetype } of [root_volume, ...data_volumes])
    if (!volumeTypes.includes(volumetype))
      throw new Refusal(400, 'Ecs.0043', `The disk type ${volumetype} does not exist.`)
  const least = image.view.min_disk
  const size = root_volume.size || least
  if (size < least) throw invalid(`root_volume size must not be less than the image's min_disk ${least}.`)
  return size
}

function refuseNetwork(wanted: WantedServer, holdings: Holdings, count: number): void {
  if (!isUuid(wanted.vpcid)) throw invalid(`vpc id[${wanted.vpcid}] is not uuid.`)
  if (!holdings.vpcs.has(wanted.vpcid))
    throw new Refusal(400, 'Ecs.0014', `The VPC ${wanted.vpcid} does not exist.`)
  if (wanted.nics.length > MOST_NICS)
    throw new Refusal(400, 'Ecs.0050', `At most ${MOST_NICS} NICs can be added.`)
  for (const nic of wanted.nics) refuseNic(nic, wanted.vpcid, holdings, count)
  for (const { id } of wanted.security_groups ?? [])
    if (!holdings.securityGroups.has(id))
      throw new Refusal(400, 'Ecs.0014', `The security group ${id} does not exist.`)
}

function refuseNic(
  nic: WantedServer['nics'][number],
  vpcId: string,
  holdings: Holdings,
  count: number,
): void {
  const subnet = holdings.subnets.get(nic.subnet_id)
  if (!subnet) throw new Refusal(400, 'Ecs.0038', `The subnet ${nic.subnet_id} does not exist.`)
  if (subnet.vpcId !== vpcId)
    throw new Refusal(400, 'Ecs.0064', `The subnet ${subnet.id} does not belong to the VPC ${vpcId}.`)
  const { ip_address: address } = nic
  if (!address) return
  if (readAddress(address) === undefined) throw invalid(`privateIp [${address}] is not an IP address.`)
  if (!isUsable(subnet, address))
    throw invalid(`privateIp [${address}] is not in this subnet [${subnet.id}]`, 'Ecs.0039')
  if (count > 1) throw invalid('ip_address cannot be specified when more than one ECS is created.')
  if (subnet.taken.has(address))
    throw new Refusal(400, 'Ecs.0010', `The private IP address ${address} is in use.`)
}

/** How an address is to be paid for is not looked at here; a wrong word for it fails in the job. */
function refusePublicIp({ publicip }: WantedServer, holdings: Holdings, count: number): void {
  if (!publicip) return
  if ((publicip.id === undefined) === (publicip.eip === undefined))
    throw invalid('publicip must hold either id or eip.')
  if (publicip.id !== undefined) {
    const existing = holdings.publicIps.get(publicip.id)
    if (!existing) throw invalid(`publicip id [${publicip.id}] does not exist.`)
    if (existing.serverId !== undefined || count > 1) throw invalid(`publicip [${publicip.id}] is in use.`)
  }
  const bandwidth = publicip.eip?.bandwidth
  if (bandwidth?.sharetype === 'WHOLE' && !bandwidth.id)
    throw invalid('bandwidth id is needed for sharetype WHOLE.')
  if (bandwidth?.sharetype === 'PER' && bandwidth.size === undefined)
    throw invalid('bandwidth size is needed for sharetype PER.')
}

function refuseQuota(flavor: Flavor, count: number, holdings: Holdings): void {
  const used = usedBy(holdings)
  if (
    used.servers + count > quota.servers ||
    used.cores + count * flavor.vcpus > quota.cores ||
    used.ram + count * flavor.ram > quota.ram
  )
    throw new Refusal(400, 'Ecs.0001', 'Insufficient ECS quota.')
}
