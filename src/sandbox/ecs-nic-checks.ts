import { readAddress, readBlock } from './cidr.ts'
import { invalid } from './ecs-refusals.ts'
import type { Holdings } from './holdings.ts'
import { isUsable } from './networks.ts'
import type { Port } from './ports.ts'
import { Refusal } from './refusal.ts'

export interface WantedNic {
  subnet_id?: string
  ip_address?: string
  port_id?: string
}

/** Whether a server of this VPC can have such a NIC, in the words of ECS. */
export function refuseNic(wanted: WantedNic, vpcId: string, holdings: Holdings): void {
  const port = wanted.port_id ? freePort(wanted.port_id, holdings) : undefined
  const subnetId = port?.subnetId ?? wanted.subnet_id ?? ''
  const subnet = holdings.subnets.get(subnetId)
  if (!subnet) throw new Refusal(400, 'Ecs.0038', `The subnet ${subnetId} does not exist.`)
  if (subnet.vpcId !== vpcId)
    throw new Refusal(400, 'Ecs.0064', `The subnet ${subnet.id} does not belong to the VPC ${vpcId}.`)
  if (port && wanted.subnet_id && wanted.subnet_id !== subnetId)
    throw invalid(`port [${port.id}] is not in this subnet [${wanted.subnet_id}]`)
  if (wanted.ip_address && !port) refuseAddress(wanted.ip_address, subnet.id, holdings)
}

export function refuseAddress(address: string, subnetId: string, { subnets }: Holdings): void {
  const subnet = subnets.get(subnetId)
  if (readAddress(address) === undefined) throw invalid(`privateIp [${address}] is not an IP address.`)
  if (!subnet || !isUsable(subnet, address))
    throw invalid(`privateIp [${address}] is not in this subnet [${subnetId}]`, 'Ecs.0039')
  if (subnet.taken.has(address))
    throw new Refusal(400, 'Ecs.0010', `The private IP address ${address} is in use.`)
}

function freePort(id: string, { ports }: Holdings): Port {
  const port = ports.get(id)
  if (!port) throw invalid(`port [${id}] does not exist.`)
  if (port.deviceId !== '') throw invalid(`port [${id}] is in use.`)
  return port
}

export function refuseGroups(groups: readonly { id: string }[], { securityGroups }: Holdings): void {
  for (const { id } of groups)
    if (!securityGroups.has(id))
      throw new Refusal(400, 'Ecs.0014', `The security group ${id} does not exist.`)
}

export function refuseAddressPairs(pairs: readonly { ip_address: string }[]): void {
  for (const { ip_address } of pairs) {
    const isAddress = ip_address.includes('/') ? readBlock(ip_address) : readAddress(ip_address)
    if (isAddress === undefined) throw invalid(`The allowed address ${ip_address} is invalid.`)
  }
}
