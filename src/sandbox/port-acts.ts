import Type, { type Static } from 'typebox'
import { readAddress, readBlock } from './cidr.ts'
import { defaultGroupOf } from './ecs-create-nics.ts'
import type { Holdings } from './holdings.ts'
import { isUsable, type Subnet } from './networks.ts'
import { closePort, openPort, type Port } from './ports.ts'
import { Refusal } from './refusal.ts'
import { groupWithId } from './vpc-rule-checks.ts'
import { definedOf } from './vpc-vpcs.ts'
import type { World } from './world.ts'

const DhcpOption = Type.Object({
  opt_name: Type.String(),
  opt_value: Type.Optional(Type.Union([Type.String(), Type.Null()])),
})
const AddressPair = Type.Object({ ip_address: Type.String(), mac_address: Type.Optional(Type.String()) })
const FixedIp = Type.Object({
  subnet_id: Type.Optional(Type.String()),
  ip_address: Type.Optional(Type.String()),
})

/** What both the first version and Neutron let callers say of a port. */
export const PortFields = {
  name: Type.Optional(Type.String({ maxLength: 255 })),
  admin_state_up: Type.Optional(Type.Boolean()),
  security_groups: Type.Optional(Type.Array(Type.String())),
  allowed_address_pairs: Type.Optional(Type.Array(AddressPair)),
  extra_dhcp_opts: Type.Optional(Type.Array(DhcpOption)),
  device_owner: Type.Optional(Type.String()),
  port_security_enabled: Type.Optional(Type.Boolean()),
}
/** A port has one address, so that only one may be wished for. */
export const NewPortFields = {
  network_id: Type.String(),
  fixed_ips: Type.Optional(Type.Array(FixedIp, { maxItems: 1 })),
  ...PortFields,
}
const Fields = Type.Object(PortFields)
const NewFields = Type.Object(NewPortFields)

export const invalidPort = (message = 'The port parameters are invalid.') =>
  new Refusal(400, 'VPC.2500', message)

export function portWithId({ ports }: Holdings, id = ''): Port {
  const port = ports.get(id)
  if (!port) throw new Refusal(404, 'VPC.2500', `Port ${id} could not be found.`)
  return port
}

export function makePort(wanted: Static<typeof NewFields>, holdings: Holdings, world: World): Port {
  const { network_id, fixed_ips, security_groups, name } = wanted
  if (!holdings.networks.has(network_id))
    throw new Refusal(404, 'VPC.2502', `Network ${network_id} could not be found.`)
  const [fixed] = fixed_ips ?? []
  const subnet = holdings.subnets.get(network_id)
  if (fixed?.subnet_id && fixed.subnet_id !== subnet?.neutronSubnetId)
    throw invalidPort(`Subnet ${fixed.subnet_id} is not one of network ${network_id}.`)
  if (fixed?.ip_address) refuseAddress(subnet, fixed.ip_address)
  for (const id of security_groups ?? []) groupWithId(holdings.securityGroups, id)
  refuseOwner(wanted.device_owner)
  refusePairs(wanted)
  const groups =
    security_groups ?? (wanted.port_security_enabled === false ? [] : [defaultGroupOf(holdings, world)])
  const made = openPort(
    { networkId: network_id, address: fixed?.ip_address, securityGroups: [...new Set(groups)], name },
    holdings,
    world,
  )
  if (!made) throw new Refusal(500, 'VPC.2502', `No more IP addresses available on network ${network_id}.`)
  if (wanted.device_owner) made.deviceOwner = wanted.device_owner
  changePort(made, wanted, world)
  return made
}

/** Ports of the platform's own kinds are not for callers to make. */
function refuseOwner(owner = ''): void {
  if (!['', 'neutron:VIP_PORT'].includes(owner) && !owner.startsWith('compute:'))
    throw invalidPort(`The device_owner ${owner} is invalid.`)
}

export function refuseAddress(subnet: Subnet | undefined, address: string): void {
  if (readAddress(address) === undefined) throw invalidPort(`${address} is not an IP address.`)
  if (!subnet || (!isUsable(subnet, address) && address !== subnet.gatewayIp))
    throw invalidPort(`IP address ${address} is not a valid IP for the specified subnet.`)
  if (address === subnet.gatewayIp || subnet.taken.has(address))
    throw new Refusal(409, 'VPC.0701', `IP address ${address} is in use.`)
}

export function changePort(port: Port, wanted: Static<typeof Fields>, world: World): void {
  refusePairs(wanted)
  const changes = {
    name: wanted.name,
    adminStateUp: wanted.admin_state_up,
    portSecurity: wanted.port_security_enabled,
    allowedAddressPairs: wanted.allowed_address_pairs,
    extraDhcpOpts: wanted.extra_dhcp_opts,
    securityGroups: wanted.security_groups && [...new Set(wanted.security_groups)],
  }
  Object.assign(port, definedOf(changes), { updated: world.outside.now() })
}

function refusePairs({ allowed_address_pairs = [] }: Static<typeof Fields>): void {
  for (const { ip_address } of allowed_address_pairs)
    if (readAddress(ip_address.split('/')[0] ?? '') === undefined || !isPairAddress(ip_address))
      throw invalidPort(`The allowed address ${ip_address} is invalid.`)
}

const isPairAddress = (text: string) => !text.includes('/') || readBlock(text) !== undefined

export function dropPort(port: Port, holdings: Holdings): void {
  if (port.deviceId !== '')
    throw new Refusal(400, 'VPC.2500', `Port ${port.id} cannot be deleted: its device_id is not empty.`, [
      { code: 'PortInUse' },
    ])
  closePort(port, holdings)
}

/** The name by which a port is found, as `192.168.0.0` is in `fixed_ips=ip_address%3D192.168.0.0`. */
export function fixedIpsOf(port: Port, { subnets }: Holdings): { subnet_id: string; ip_address: string }[] {
  const subnet = subnets.get(port.subnetId)
  return subnet && port.address ? [{ subnet_id: subnet.neutronSubnetId, ip_address: port.address }] : []
}

export const fixedIpWords = (port: Port, holdings: Holdings): string[] =>
  fixedIpsOf(port, holdings).flatMap(({ subnet_id, ip_address }) => [
    `ip_address=${ip_address}`,
    `subnet_id=${subnet_id}`,
  ])
