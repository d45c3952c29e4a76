import type { Holdings } from './holdings.ts'
import { newHex } from './ids.ts'
import { releaseAddress, type Subnet, takeAddress } from './networks.ts'
import { disconnect, releasePublicIp } from './public-ips.ts'
import type { Server } from './servers.ts'
import type { World } from './world.ts'

/** A place on a network. Those of servers are their NICs: the same objects stand in `server.nics`. */
export interface Port {
  readonly id: string
  readonly mac: string
  readonly created: number
  updated: number
  name: string
  /** The network, which has the same id as its subnet in the first version. */
  subnetId: string
  /** Empty on a network that has no subnet. */
  address: string
  securityGroups: string[]
  /** The server, and `compute:` with its zone; both empty while nothing uses the port. */
  deviceId: string
  deviceOwner: string
  adminStateUp: boolean
  portSecurity: boolean
  deleteWithServer: boolean
  allowedAddressPairs: { ip_address: string; mac_address?: string }[]
  extraDhcpOpts: { opt_name: string; opt_value?: string | null }[]
  /** On its way off the server. */
  leaving?: true
  /** The public address that leads here. */
  publicIp?: { readonly id: string; readonly address: string }
}

export interface WantedPort {
  networkId: string
  /** Free and usable: the caller has looked. Otherwise the lowest there is. */
  address?: string | undefined
  securityGroups: readonly string[]
  name?: string | undefined
  /** Free as well, when somebody wants a certain one. */
  mac?: string | undefined
}

/** A port of nobody yet; undefined when its subnet has no address left. */
export function openPort(wanted: WantedPort, holdings: Holdings, world: World): Port | undefined {
  const id = world.outside.uuid()
  const subnet = holdings.subnets.get(wanted.networkId)
  const address = subnet ? reserve(subnet, id, wanted.address) : ''
  if (address === undefined) return undefined
  const now = world.outside.now()
  const port: Port = {
    id,
    mac: wanted.mac ?? freeMac(holdings, world),
    created: now,
    updated: now,
    name: wanted.name ?? '',
    subnetId: wanted.networkId,
    address,
    securityGroups: [...wanted.securityGroups],
    deviceId: '',
    deviceOwner: '',
    adminStateUp: true,
    portSecurity: true,
    deleteWithServer: false,
    allowedAddressPairs: [],
    extraDhcpOpts: [],
  }
  holdings.ports.set(id, port)
  holdings.macs.add(port.mac)
  return port
}

function reserve(subnet: Subnet, owner: string, address: string | undefined): string | undefined {
  if (address === undefined || address === '') return takeAddress(subnet, owner)
  if (subnet.taken.has(address)) return undefined
  subnet.taken.set(address, owner)
  return address
}

function freeMac(holdings: Holdings, world: World): string {
  for (;;) {
    const mac = `fa:16:3e:${(newHex(world.outside).match(/../g) ?? []).slice(0, 3).join(':')}`
    if (!holdings.macs.has(mac)) return mac
  }
}

/** Takes the port off the network; what led to it from outside leads nowhere then. */
export function closePort(port: Port, holdings: Holdings): void {
  const publicIp = port.publicIp && holdings.publicIps.get(port.publicIp.id)
  if (publicIp) disconnect(publicIp, holdings)
  const subnet = holdings.subnets.get(port.subnetId)
  if (subnet) releaseAddress(subnet, port.address)
  holdings.ports.delete(port.id)
  holdings.macs.delete(port.mac)
}

/** Makes a port the last NIC of a server. */
export function plugIn(port: Port, server: Pick<Server, 'id' | 'zone' | 'nics'>, own: boolean): void {
  port.deviceId = server.id
  port.deviceOwner = `compute:${server.zone}`
  port.deleteWithServer = own
  if (!server.nics.includes(port)) server.nics.push(port)
}

/** A port that was made for the server goes with it; one that was there before stays, free again. */
export function unplug(port: Port, server: Pick<Server, 'nics'>, holdings: Holdings): void {
  const at = server.nics.indexOf(port)
  if (at >= 0) server.nics.splice(at, 1)
  if (port.deleteWithServer) {
    closePort(port, holdings)
    return
  }
  const publicIp = port.publicIp && holdings.publicIps.get(port.publicIp.id)
  if (publicIp) disconnect(publicIp, holdings)
  port.deviceId = ''
  port.deviceOwner = ''
}

/** What becomes of the NICs and public addresses of a server that is going. */
export function unplugAll(server: Server, holdings: Holdings, deletePublicIps: boolean | undefined): void {
  for (const port of [...server.nics]) {
    const publicIp = port.publicIp && holdings.publicIps.get(port.publicIp.id)
    unplug(port, server, holdings)
    if (publicIp && (deletePublicIps ?? publicIp.deleteWithServer)) releasePublicIp(publicIp, holdings)
  }
}

/** The groups of a server are those of its NICs. */
export function groupsOf(server: Pick<Server, 'nics'>, holdings: Holdings): { id: string; name: string }[] {
  const ids = new Set(server.nics.flatMap(({ securityGroups }) => securityGroups))
  return [...ids].flatMap((id) => {
    const group = holdings.securityGroups.get(id)
    return group ? [{ id, name: group.name }] : []
  })
}

export function statusOf(port: Port, holdings: Holdings): 'ACTIVE' | 'BUILD' | 'DOWN' {
  if (port.deviceId === '') return 'DOWN'
  const server = holdings.servers.get(port.deviceId)
  return server?.vmState === 'building' || !server?.nics.includes(port) ? 'BUILD' : 'ACTIVE'
}
