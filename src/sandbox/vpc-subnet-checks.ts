import { contains, holds, overlaps, readAddress, readBlock } from './cidr.ts'
import type { Holdings } from './holdings.ts'
import type { Subnet } from './networks.ts'
import { Refusal } from './refusal.ts'
import { hasRoomFor } from './vpc-common.ts'

export const invalidSubnet = (message = 'The subnet parameters are invalid.') =>
  new Refusal(400, 'VPC.0201', message)

export function refuseSubnetQuota(holdings: Holdings): void {
  if (!hasRoomFor('subnet', 1, holdings))
    throw new Refusal(409, 'VPC.0202', "Quota exceeded for resources: ['subnet'].", [{ code: 'OverQuota' }])
}

/** What can be said of a subnet by itself. */
export function refuseCidr(cidr: string, gatewayIp: string): void {
  const block = readBlock(cidr)
  const gateway = readAddress(gatewayIp)
  if (!block || block.bits > 28) throw new Refusal(400, 'VPC.0212', `The cidr ${cidr} is invalid.`)
  if (gateway === undefined || !holds(block, gateway) || gateway === block.first || gateway === block.last)
    throw invalidSubnet(`The gateway ${gatewayIp} is not in the subnet.`)
}

/** What can be said of it among the others of its VPC. */
export function refuseSubnetIn(
  vpc: { id: string; cidr: string; extendCidrs: readonly string[] },
  cidr: string,
  { subnets }: Holdings,
): void {
  const block = readBlock(cidr)
  if (!block) return
  const around = [vpc.cidr, ...vpc.extendCidrs].flatMap((text) => readBlock(text) ?? [])
  if (around.length > 0 && !around.some((each) => contains(each, block)))
    throw new Refusal(400, 'VPC.0203', 'The subnet is not in the range of the VPC.')
  for (const other of subnets.values()) {
    const taken = readBlock(other.cidr)
    if (other.vpcId === vpc.id && taken && overlaps(taken, block))
      throw new Refusal(400, 'VPC.0204', `The subnet overlaps with the subnet ${other.id}.`)
  }
}

interface WantedDns {
  dnsList?: string[]
  primary_dns?: string
  secondary_dns?: string
}

/** The list counts before the two single ones; undefined when nothing is said. */
export function dnsOf({ dnsList, primary_dns, secondary_dns }: WantedDns): string[] | undefined {
  const pair = [primary_dns, secondary_dns].filter((each) => each !== undefined && each !== '') as string[]
  const dns = dnsList && dnsList.length > 0 ? dnsList : pair.length > 0 ? pair : undefined
  for (const address of dns ?? [])
    if (readAddress(address) === undefined) throw invalidSubnet(`The DNS server ${address} is invalid.`)
  return dns
}

/** Really 500 for a subnet in use, not 409. */
export function refuseSubnetInUse(subnet: Subnet, { ports, privateIps }: Holdings): void {
  for (const owner of subnet.taken.values()) {
    if (ports.has(owner))
      throw new Refusal(500, 'VPC.0209', 'The subnet has ports in use and cannot be deleted.')
    if (privateIps.has(owner))
      throw new Refusal(500, 'VPC.0208', 'The subnet has private IPs reserved and cannot be deleted.')
  }
}
