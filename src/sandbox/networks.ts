import { holds, readAddress, readBlock, writeAddress } from './cidr.ts'

/** A router in Neutron's eyes. */
export interface Vpc {
  readonly id: string
  readonly created: number
  updated: number
  name: string
  description: string
  cidr: string
  extendCidrs: string[]
  enterpriseProjectId: string
  /** Routes of the caller's own, as the first version takes them. */
  routes: { destination: string; nexthop: string }[]
}

/** What Neutron calls a network. A subnet of the VPC service is one of these with a subnet of the same age. */
export interface Network {
  readonly id: string
  readonly created: number
  updated: number
  /** The id of the VPC, unless it was made in Neutron. */
  name: string
  adminStateUp: boolean
  portSecurity: boolean
}

export interface Subnet {
  /** Also the network's id in Neutron; what the `nics` of a new server name. */
  readonly id: string
  readonly neutronSubnetId: string
  readonly created: number
  /** Empty while a subnet made in Neutron has not been put on a router. */
  vpcId: string
  readonly cidr: string
  readonly gatewayIp: string
  updated: number
  name: string
  description: string
  dhcp: boolean
  dns: string[]
  zone: string
  extraDhcpOpts: { opt_name: string; opt_value?: string | null }[]
  /** Which port, private IP or gateway holds an address. */
  readonly taken: Map<string, string>
  /** Every address from the first up to here, without this one, is taken or not to be had. */
  lowestFree?: number
}

/** An address kept for somebody, without a port. */
export interface PrivateIp {
  readonly id: string
  readonly subnetId: string
  readonly address: string
}

export const resolvers = ['100.125.1.250', '100.125.129.250'] as const

/** An address of the subnet may be had: not its first, not its last, not its gateway's. */
export function isUsable(subnet: Pick<Subnet, 'cidr' | 'gatewayIp'>, address: string): boolean {
  const block = readBlock(subnet.cidr)
  const value = readAddress(address)
  if (!block || value === undefined || !holds(block, value)) return false
  return value > block.first && value < block.last && writeAddress(value) !== subnet.gatewayIp
}

/** The lowest free address, now taken by `owner`; undefined when there is none. */
export function takeAddress(subnet: Subnet, owner: string): string | undefined {
  const block = readBlock(subnet.cidr)
  if (!block) return undefined
  for (let value = subnet.lowestFree ?? block.first + 2; value < block.last; value++) {
    const address = writeAddress(value)
    subnet.lowestFree = value
    if (address === subnet.gatewayIp || subnet.taken.has(address)) continue
    subnet.taken.set(address, owner)
    return address
  }
  return undefined
}

export function releaseAddress(subnet: Subnet, address: string): void {
  if (!subnet.taken.delete(address)) return
  const value = readAddress(address)
  const block = readBlock(subnet.cidr)
  if (value === undefined || block === undefined || value < block.first + 2) return
  subnet.lowestFree = Math.min(value, subnet.lowestFree ?? value)
}

export function addressesLeft(subnet: Subnet): number {
  const block = readBlock(subnet.cidr)
  if (!block) return 0
  const gateway = isUsable({ cidr: subnet.cidr, gatewayIp: '' }, subnet.gatewayIp) ? 1 : 0
  return block.last - block.first - 1 - gateway - subnet.taken.size
}
