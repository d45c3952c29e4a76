import { holds, readAddress, readBlock, writeAddress } from './cidr.ts'
import { stableUuid } from './ids.ts'

export interface Vpc {
  readonly id: string
  name: string
  description: string
  cidr: string
  enterpriseProjectId: string
}

export interface Subnet {
  /** Also the network's id in Neutron; what the `nics` of a new server name. */
  readonly id: string
  readonly neutronSubnetId: string
  readonly vpcId: string
  readonly cidr: string
  readonly gatewayIp: string
  name: string
  description: string
  dhcp: boolean
  dns: [string, string]
  zone: string
  /** Who holds an address. */
  readonly taken: Map<string, string>
}

export interface SecurityGroup {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly enterpriseProjectId: string
  readonly rules: readonly SecurityGroupRule[]
}

export interface SecurityGroupRule {
  readonly id: string
  readonly direction: 'ingress' | 'egress'
  readonly ethertype: 'IPv4' | 'IPv6'
  readonly remoteGroupId?: string
}

export interface PublicIp {
  readonly id: string
  readonly address: string
  readonly type: string
  readonly deleteWithServer: boolean
  /** The server it is bound to. */
  serverId?: string
}

export const resolvers: [string, string] = ['100.125.1.250', '100.125.129.250']

/** An address of the subnet may be had: not its first four, not its last, which Huawei Cloud keeps. */
export function isUsable(subnet: Subnet, address: string): boolean {
  const block = readBlock(subnet.cidr)
  const value = readAddress(address)
  if (!block || value === undefined || !holds(block, value)) return false
  return value > block.first && value < block.last && address !== subnet.gatewayIp
}

/** The lowest free address, now taken by `owner`; undefined when there is none. */
export function takeAddress(subnet: Subnet, owner: string): string | undefined {
  const block = readBlock(subnet.cidr)
  if (!block) return undefined
  for (let value = block.first + 2; value < block.last; value++) {
    const address = writeAddress(value)
    if (subnet.taken.has(address) || !isUsable(subnet, address)) continue
    subnet.taken.set(address, owner)
    return address
  }
  return undefined
}

/** The rules every group is born with: everything out, and in from its own members. */
export function bornRules(groupId: string): SecurityGroupRule[] {
  return (['IPv4', 'IPv6'] as const).flatMap((ethertype) => [
    { id: stableUuid(`${groupId} egress ${ethertype}`), direction: 'egress', ethertype },
    {
      id: stableUuid(`${groupId} ingress ${ethertype}`),
      direction: 'ingress',
      ethertype,
      remoteGroupId: groupId,
    },
  ])
}
