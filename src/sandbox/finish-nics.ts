import { release } from './finish-servers.ts'
import type { Holdings } from './holdings.ts'
import type { Job, JobPart } from './jobs.ts'
import { releaseAddress } from './networks.ts'
import { closePort, plugIn, unplug } from './ports.ts'

/** A NIC whose server has gone meanwhile comes to nothing. */
export function finishAddNic(holdings: Holdings, _job: Job, part: JobPart, at: number): void {
  const port = holdings.ports.get(part.nicId ?? '')
  const server = holdings.servers.get(part.serverId ?? '')
  if (!port) return
  if (!server) {
    if (port.deleteWithServer) closePort(port, holdings)
    else Object.assign(port, { deviceId: '', deviceOwner: '' })
    return
  }
  plugIn(port, server, port.deleteWithServer)
  port.updated = at
  server.updated = at
}

export function finishRemoveNic(holdings: Holdings, _job: Job, part: JobPart, at: number): void {
  const port = holdings.ports.get(part.nicId ?? '')
  const server = holdings.servers.get(part.serverId ?? '')
  if (!port?.leaving || !server) return
  delete port.leaving
  unplug(port, server, holdings)
  server.updated = at
}

/** What a server that changes its VPC is on the way to; the address is kept for it from the beginning. */
export interface Move {
  readonly vpcId: string
  readonly subnetId: string
  readonly address: string
  readonly securityGroups: readonly string[]
}

export function finishChangeVpc(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  const move = part.plan as unknown as Move
  const done = release(holdings, job, part, at)
  const port = done && holdings.ports.get(part.nicId ?? '')
  if (!done || !port) {
    const subnet = holdings.subnets.get(move.subnetId)
    if (subnet && subnet.taken.get(move.address) === part.nicId) releaseAddress(subnet, move.address)
    return
  }
  const left = holdings.subnets.get(port.subnetId)
  if (left) releaseAddress(left, port.address)
  port.subnetId = move.subnetId
  port.address = move.address
  port.securityGroups = [...move.securityGroups]
  port.updated = at
  done.server.vpcId = move.vpcId
}
