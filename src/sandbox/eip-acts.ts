import type { Holdings } from './holdings.ts'
import { portWithId } from './port-acts.ts'
import {
  type Bandwidth,
  buyPublicIp,
  connect,
  disconnect,
  isOfPool,
  type PublicIp,
  releasePublicIp,
} from './public-ips.ts'
import { Refusal } from './refusal.ts'
import { enterpriseProjectOf, hasRoomFor } from './vpc-common.ts'
import type { World } from './world.ts'

export const publicIpTypes = ['5_bgp', '5_sbgp', '5_youxuanbgp', '5_gray', '5_telcom', '5_union']

export const invalidPublicIp = (message = 'The elastic IP parameters are invalid.') =>
  new Refusal(400, 'VPC.0501', message)

export interface WantedBandwidth {
  share_type: string
  name?: string | undefined
  size?: number | undefined
  id?: string | undefined
  charge_mode?: string | undefined
}

export interface WantedEip {
  publicip: {
    type: string
    ip_version?: number | undefined
    alias?: string | undefined
    ip_address?: string | undefined
    port_id?: string | undefined
  }
  bandwidth: WantedBandwidth
  enterprise_project_id?: string | undefined
}

/** A name that makes trouble: as if the pool had no address left. */
const isFromEmptyPool = (name = '') => name.startsWith('no-addresses-')

export function buy(wanted: WantedEip, prepaid: boolean, holdings: Holdings, world: World): PublicIp {
  const { type, ip_version = 4, alias, ip_address, port_id } = wanted.publicip
  if (!publicIpTypes.includes(type)) throw invalidPublicIp(`The type ${type} is invalid.`)
  if (ip_version !== 4) throw invalidPublicIp('Only ip_version 4 can be had.')
  const enterpriseProjectId = enterpriseProjectOf(wanted.enterprise_project_id)
  const bandwidth = bandwidthFor(wanted.bandwidth, holdings)
  if (!hasRoomFor('publicIp', 1, holdings))
    throw new Refusal(409, 'VPC.0521', "Quota exceeded for resources: ['floatingip'].")
  if (isFromEmptyPool(alias) || isFromEmptyPool(wanted.bandwidth.name))
    throw new Refusal(409, 'VPC.0532', 'No more IP addresses available on the network.')
  if (ip_address) refuseAddress(ip_address, holdings)
  const port = port_id ? freePort(port_id, holdings) : undefined
  const publicIp = buyPublicIp(
    { type, bandwidth, alias, enterpriseProjectId, prepaid, address: ip_address || undefined },
    holdings,
    world,
  )
  if (port) connect(publicIp, port)
  return publicIp
}

function bandwidthFor(
  { share_type, id, name, size, charge_mode = 'bandwidth' }: WantedBandwidth,
  holdings: Holdings,
): { id: string } | Pick<Bandwidth, 'name' | 'size' | 'chargeMode'> {
  if (share_type === 'WHOLE') {
    if (!id) throw invalidBandwidth('The bandwidth ID is missing.')
    const shared = bandwidthWithId(holdings, id)
    if (shared.shareType !== 'WHOLE') throw invalidBandwidth(`Bandwidth ${id} is not a shared one.`)
    return { id }
  }
  if (share_type !== 'PER') throw invalidBandwidth(`The share_type ${share_type} is invalid.`)
  if (!name) throw invalidBandwidth('The bandwidth name is missing.')
  refuseSize(size, 1)
  return { name, size: size ?? 1, chargeMode: chargeModeOf(charge_mode) }
}

export const invalidBandwidth = (message = 'The bandwidth parameters are invalid.') =>
  new Refusal(400, 'VPC.0301', message)

export function refuseSize(size: number | undefined, least: number): void {
  if (size === undefined || size < least || size > 2_000)
    throw invalidBandwidth(`The bandwidth size must be from ${least} to 2000 Mbit/s.`)
}

export function chargeModeOf(mode: string): Bandwidth['chargeMode'] {
  if (mode === 'bandwidth' || mode === 'traffic' || mode === '95peak_plus') return mode
  throw invalidBandwidth(`The charge_mode ${mode} is invalid.`)
}

export function bandwidthWithId({ bandwidths }: Holdings, id = ''): Bandwidth {
  const bandwidth = bandwidths.get(id)
  if (!bandwidth) throw new Refusal(404, 'VPC.0306', `Bandwidth ${id} does not exist.`)
  return bandwidth
}

function refuseAddress(address: string, holdings: Holdings): void {
  if (!isOfPool(address, holdings)) throw invalidPublicIp(`The address ${address} cannot be had.`)
  for (const other of holdings.publicIps.values())
    if (other.address === address) throw new Refusal(409, 'VPC.0522', `The IP address ${address} is in use.`)
}

export function publicIpWithId({ publicIps }: Holdings, id = ''): PublicIp {
  const publicIp = publicIps.get(id)
  if (!publicIp) throw new Refusal(404, 'VPC.0504', `Floating IP ${id} could not be found.`)
  return publicIp
}

function freePort(id: string, holdings: Holdings) {
  const port = portWithId(holdings, id)
  if (port.publicIp)
    throw new Refusal(409, 'VPC.0511', `Port ${id} has already been associated with a floating IP.`)
  return port
}

/** An address leads to one port, and a port has one address. */
export function bind(publicIp: PublicIp, portId: string, holdings: Holdings, world: World): void {
  const port = portWithId(holdings, portId)
  if (publicIp.portId !== undefined)
    throw new Refusal(409, 'VPC.0510', `Floating IP ${publicIp.id} has already been associated with a port.`)
  freePort(port.id, holdings)
  connect(publicIp, port)
  publicIp.updated = world.outside.now()
}

export function unbind(publicIp: PublicIp, holdings: Holdings, world: World): void {
  disconnect(publicIp, holdings)
  publicIp.updated = world.outside.now()
}

export function giveBack(publicIp: PublicIp, holdings: Holdings): void {
  refuseGiveBack(publicIp)
  releasePublicIp(publicIp, holdings)
}

export function refuseGiveBack(publicIp: PublicIp): void {
  if (publicIp.portId !== undefined)
    throw new Refusal(409, 'VPC.0517', `Floating IP ${publicIp.id} is associated with a port.`)
  if (publicIp.prepaid)
    throw new Refusal(409, 'VPC.0525', `Floating IP ${publicIp.id} is billed yearly or monthly.`)
}
