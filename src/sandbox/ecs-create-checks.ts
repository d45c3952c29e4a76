import type { WantedServer } from './ecs-create-body.ts'
import { refuseDisks } from './ecs-create-disks.ts'
import { refuseMisfits } from './ecs-create-fit.ts'
import { quota, usedBy } from './ecs-limits.ts'
import { refuseAddressPairs, refuseGroups, refuseNic } from './ecs-nic-checks.ts'
import { invalid } from './ecs-refusals.ts'
import { publicIpTypes } from './eip-acts.ts'
import { type Flavor, flavorWithId, isOnSale, saleIn } from './flavors.ts'
import type { Holdings } from './holdings.ts'
import { isUuid } from './ids.ts'
import { type Image, imageWithId } from './images.ts'
import { Refusal } from './refusal.ts'
import type { Region } from './regions.ts'
import { refuseSale } from './sales.ts'
import { refuseTroubleName } from './trouble-names.ts'
import { hasRoomFor } from './vpc-common.ts'

const MOST_NICS = 12
const MOST_BANDWIDTH = 2_000

/** What a wanted server resolves to when everything about it can be had. */
export interface Plan {
  readonly flavor: Flavor
  readonly image: Image
  /** One for all servers, or several over which they are spread. */
  readonly zones: readonly string[]
  readonly rootSize: number
}

/** https://support.huaweicloud.com/api-ecs/ErrorCode.html names the codes. */
export function planFor(wanted: WantedServer, count: number, region: Region, holdings: Holdings): Plan {
  const image = imageFor(wanted, holdings, region)
  const flavor = flavorWithId(region, wanted.flavorRef)
  if (!flavor) throw new Refusal(400, 'Ecs.0029', 'The flavor does not exist.')
  const zones = zonesFor(flavor, wanted, region)
  refuseMisfits(wanted, count, image, flavor, region, holdings)
  const rootSize = refuseDisks(wanted, count, image, flavor, zones, region, holdings)
  refuseNetwork(wanted, holdings, count)
  refusePublicIp(wanted, holdings, count)
  refuseTroubleName(wanted.name)
  refuseQuota(flavor, count, holdings)
  return { flavor, image, zones, rootSize }
}

function imageFor(wanted: WantedServer, holdings: Holdings, region: Region): Image {
  const image = imageWithId(holdings, region, wanted.imageRef)
  if (!image) throw new Refusal(400, 'Ecs.0031', 'The image does not exist.')
  if (image.view.status !== 'active') throw new Refusal(400, 'Ecs.0032', 'The image is not active.')
  return image
}

/** The zone asked for, or the first one where the flavor is on sale, or all of these. */
function zonesFor(
  flavor: Flavor,
  { availability_zone: wanted, batch_create_in_multi_az: spread }: WantedServer,
  region: Region,
): string[] {
  if (wanted && spread) throw invalid('batch_create_in_multi_az and availability_zone exclude each other.')
  if (wanted && !region.zones.includes(wanted)) throw invalid(`availability_zone [${wanted}] does not exist.`)
  const zones = wanted ? [wanted] : region.zones
  const found = zones.filter((zone) => isOnSale(saleIn(flavor, zone)))
  if (found.length > 0) return spread ? found : found.slice(0, 1)
  const states = ['obt', 'sellout', 'obt_sellout', 'abandon']
  const failure = states
    .flatMap((state) => zones.filter((zone) => saleIn(flavor, zone) === state))
    .map((zone) => refuseSale(flavor, zone))[0]
  throw new Refusal(400, failure?.code ?? 'Ecs.0019', failure?.reason ?? 'The flavor is on sale nowhere.')
}

function refuseNetwork(wanted: WantedServer, holdings: Holdings, count: number): void {
  if (!isUuid(wanted.vpcid)) throw invalid(`vpc id[${wanted.vpcid}] is not uuid.`)
  if (!holdings.vpcs.has(wanted.vpcid))
    throw new Refusal(400, 'Ecs.0014', `The VPC ${wanted.vpcid} does not exist.`)
  if (wanted.nics.length > MOST_NICS)
    throw new Refusal(400, 'Ecs.0050', `At most ${MOST_NICS} NICs can be added.`)
  for (const nic of wanted.nics) {
    refuseNic(nic, wanted.vpcid, holdings)
    refuseGroups(nic.security_groups ?? [], holdings)
    refuseAddressPairs(nic.allowed_address_pairs ?? [])
    if (count > 1 && (nic.ip_address || nic.port_id))
      throw invalid('ip_address and port_id cannot be specified when more than one ECS is created.')
  }
  const ports = wanted.nics.flatMap(({ port_id }) => port_id || [])
  if (new Set(ports).size < ports.length) throw invalid('A port is named twice.')
  refuseGroups(wanted.security_groups ?? [], holdings)
}

/** How an address is to be paid for is not looked at here; a wrong word for it fails in the job. */
function refusePublicIp({ publicip }: WantedServer, holdings: Holdings, count: number): void {
  if (!publicip) return
  if ((publicip.id === undefined) === (publicip.eip === undefined))
    throw invalid('publicip must hold either id or eip.')
  if (publicip.id !== undefined) {
    const existing = holdings.publicIps.get(publicip.id)
    if (!existing) throw invalid(`publicip id [${publicip.id}] does not exist.`)
    if (existing.portId !== undefined || count > 1) throw invalid(`publicip [${publicip.id}] is in use.`)
  }
  if (publicip.eip && !hasRoomFor('publicIp', count, holdings))
    throw new Refusal(400, 'Ecs.0013', 'Insufficient EIP quota.')
  const bandwidth = publicip.eip?.bandwidth
  if ((bandwidth?.size ?? 0) > MOST_BANDWIDTH)
    throw new Refusal(400, 'Ecs.0045', `The bandwidth must not exceed ${MOST_BANDWIDTH} Mbit/s.`)
  if (bandwidth?.sharetype === 'WHOLE' && !bandwidth.id)
    throw invalid('bandwidth id is needed for sharetype WHOLE.')
  if (bandwidth?.sharetype === 'WHOLE' && holdings.bandwidths.get(bandwidth.id ?? '')?.shareType !== 'WHOLE')
    throw invalid(`bandwidth id [${bandwidth.id}] is not a shared bandwidth.`)
  if (publicip.eip && !publicIpTypes.includes(publicip.eip.iptype))
    throw invalid(`iptype [${publicip.eip.iptype}] is invalid.`)
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
