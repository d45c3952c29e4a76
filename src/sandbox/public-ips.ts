import { readAddress, writeAddress } from './cidr.ts'
import type { Holdings } from './holdings.ts'
import type { Port } from './ports.ts'
import { projects } from './projects.ts'
import type { World } from './world.ts'

export interface PublicIp {
  readonly id: string
  readonly address: string
  readonly type: string
  readonly created: number
  readonly enterpriseProjectId: string
  readonly deleteWithServer: boolean
  /** Paid in advance: it cannot be given back before its time. */
  readonly prepaid: boolean
  updated: number
  alias: string
  bandwidthId: string
  /** The port it leads to. */
  portId?: string
}

export interface Bandwidth {
  readonly id: string
  readonly created: number
  readonly enterpriseProjectId: string
  /** Of one address alone, gone with it, or shared by several. */
  readonly shareType: 'PER' | 'WHOLE'
  updated: number
  name: string
  size: number
  chargeMode: 'bandwidth' | 'traffic' | '95peak_plus'
}

export interface WantedPublicIp {
  type: string
  bandwidth: { id: string } | { name: string; size: number; chargeMode: Bandwidth['chargeMode'] }
  alias?: string | undefined
  enterpriseProjectId?: string | undefined
  deleteWithServer?: boolean | undefined
  prepaid?: boolean | undefined
  /** Free and of this project: the caller has looked. Otherwise the lowest there is. */
  address?: string | undefined
}

/** Everything has been looked at before: that there is room for it, and the bandwidth it is to share. */
export function buyPublicIp(wanted: WantedPublicIp, holdings: Holdings, world: World): PublicIp {
  const enterpriseProjectId = wanted.enterpriseProjectId ?? '0'
  const now = world.outside.now()
  const bandwidthId =
    'id' in wanted.bandwidth
      ? wanted.bandwidth.id
      : buyBandwidth({ ...wanted.bandwidth, enterpriseProjectId, shareType: 'PER' }, holdings, world).id
  const publicIp: PublicIp = {
    id: world.outside.uuid(),
    address: wanted.address ?? freePublicAddress(holdings),
    type: wanted.type,
    created: now,
    updated: now,
    enterpriseProjectId,
    deleteWithServer: wanted.deleteWithServer ?? false,
    prepaid: wanted.prepaid ?? false,
    alias: wanted.alias ?? '',
    bandwidthId,
  }
  holdings.publicIps.set(publicIp.id, publicIp)
  return publicIp
}

export function buyBandwidth(
  wanted: Pick<Bandwidth, 'name' | 'size' | 'chargeMode' | 'shareType' | 'enterpriseProjectId'>,
  holdings: Holdings,
  world: World,
): Bandwidth {
  const now = world.outside.now()
  const bandwidth: Bandwidth = { id: world.outside.uuid(), created: now, updated: now, ...wanted }
  holdings.bandwidths.set(bandwidth.id, bandwidth)
  return bandwidth
}

/** A bandwidth of one address goes with it; a shared one stays. */
export function releasePublicIp(publicIp: PublicIp, holdings: Holdings): void {
  disconnect(publicIp, holdings)
  holdings.publicIps.delete(publicIp.id)
  holdings.networkTags.delete(publicIp.id)
  if (holdings.bandwidths.get(publicIp.bandwidthId)?.shareType === 'PER')
    holdings.bandwidths.delete(publicIp.bandwidthId)
}

export function connect(publicIp: PublicIp, port: Port): void {
  publicIp.portId = port.id
  port.publicIp = { id: publicIp.id, address: publicIp.address }
}

export function disconnect(publicIp: PublicIp, holdings: Holdings): void {
  const port = publicIp.portId === undefined ? undefined : holdings.ports.get(publicIp.portId)
  if (port) delete port.publicIp
  delete publicIp.portId
}

export const publicIpsOn = (bandwidth: Bandwidth, holdings: Holdings): PublicIp[] =>
  [...holdings.publicIps.values()].filter(({ bandwidthId }) => bandwidthId === bandwidth.id)

/** 198.18.0.0/15 is set aside for measurements (RFC 2544), so it leads to nobody's machine. */
const FIRST = (198 * 256 + 18) * 65_536
const BLOCKS = 128
const PER_PROJECT = 131_072 / BLOCKS

/** A block for each region's project, so that no address is there twice; the rest for those made since. */
function startOf({ project }: Holdings): number {
  const known = projects.findIndex(({ id }) => id === project.id)
  const others = BLOCKS - projects.length
  const block = known >= 0 ? known : projects.length + (Number.parseInt(project.id.slice(0, 8), 16) % others)
  return FIRST + block * PER_PROJECT
}

/** Whether the project could be given this very address, were it free. */
export function isOfPool(address: string, holdings: Holdings): boolean {
  const value = (readAddress(address) ?? 0) - startOf(holdings)
  return value > 0 && value < PER_PROJECT
}

function freePublicAddress(holdings: Holdings): string {
  const taken = new Set([...holdings.publicIps.values()].map(({ address }) => address))
  const start = startOf(holdings)
  for (let number = 1; ; number++) {
    const address = writeAddress(start + number)
    if (!taken.has(address)) return address
  }
}
