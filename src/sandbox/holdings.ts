import type { Job } from './jobs.ts'
import type { PublicIp, SecurityGroup, Subnet, Vpc } from './networks.ts'
import type { Project } from './projects.ts'
import type { Server, Volume } from './servers.ts'

/** What a create answered under a client token, to be answered again. */
export interface RememberedCreate {
  readonly digest: string
  readonly at: number
  readonly answer: string
}

/** Everything one project has. */
export interface Holdings {
  readonly project: Project
  /** Oldest first. */
  readonly servers: Map<string, Server>
  /** Disks that outlived their server. */
  readonly volumes: Map<string, Volume>
  readonly vpcs: Map<string, Vpc>
  readonly subnets: Map<string, Subnet>
  readonly securityGroups: Map<string, SecurityGroup>
  readonly publicIps: Map<string, PublicIp>
  readonly creates: Map<string, RememberedCreate>
  /** Jobs that have not ended. */
  readonly running: Set<Job>
}

/** Lets what a finished job was about happen. */
export function finish(holdings: Holdings, job: Job, at: number): void {
  job.endedAt = at
  holdings.running.delete(job)
  for (const part of job.parts) {
    const server = holdings.servers.get(part.serverId)
    if (server?.task?.jobId !== job.id) continue
    if (part.failure) breakDown(server, part.failure, at)
    else complete(holdings, server, at)
  }
}

function breakDown(server: Server, failure: { code: string; reason: string }, at: number): void {
  server.vmState = 'error'
  server.fault = { message: failure.reason, at, details: [{ code: failure.code }] }
  server.updated = at
  delete server.task
}

function complete(holdings: Holdings, server: Server, at: number): void {
  const { task } = server
  server.updated = at
  delete server.task
  switch (task?.kind) {
    case 'create':
      server.vmState = 'active'
      server.launched = at
      return
    case 'start':
    case 'reboot':
      server.vmState = 'active'
      delete server.fault
      return
    case 'stop':
      server.vmState = 'stopped'
      return
    case 'delete':
      remove(holdings, server, task.deletePublicIp, task.deleteVolume ?? false)
  }
}

/** The system disk always goes with its server; data disks and a public address only if somebody said so. */
function remove(
  holdings: Holdings,
  server: Server,
  deletePublicIp: boolean | undefined,
  deleteVolume: boolean,
): void {
  holdings.servers.delete(server.id)
  for (const nic of server.nics) holdings.subnets.get(nic.subnetId)?.taken.delete(nic.address)
  for (const volume of server.volumes)
    if (volume.bootIndex > 0 && !deleteVolume && !volume.deleteWithServer)
      holdings.volumes.set(volume.id, volume)
  const publicIp = server.publicIp && holdings.publicIps.get(server.publicIp.id)
  if (!publicIp) return
  if (deletePublicIp ?? publicIp.deleteWithServer) holdings.publicIps.delete(publicIp.id)
  else delete publicIp.serverId
}
