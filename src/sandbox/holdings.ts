import type { OwnImage } from './images.ts'
import { kindOf } from './job-kinds.ts'
import type { Job } from './jobs.ts'
import type { Lifetime } from './lifetimes.ts'
import type { Network, PrivateIp, Subnet, Vpc } from './networks.ts'
import type { Port } from './ports.ts'
import type { Project } from './projects.ts'
import type { Bandwidth, PublicIp } from './public-ips.ts'
import type { SecurityGroup } from './security-groups.ts'
import type { Server } from './servers.ts'
import type { Volume } from './volumes.ts'
import type { Tag } from './vpc-tags.ts'

/** What a create answered under a client token, to be answered again. */
export interface RememberedCreate {
  readonly digest: string
  readonly at: number
  readonly answer: string
}

export interface ServerGroup {
  readonly id: string
  readonly name: string
  readonly policies: readonly string[]
  members: string[]
}

/** Without its private half: that is given away once and not kept. */
export interface Keypair {
  readonly name: string
  readonly publicKey: string
  readonly fingerprint: string
  readonly created: number
}

/** Everything one project has. */
export interface Holdings {
  readonly project: Project
  /** Oldest first. */
  readonly servers: Map<string, Server>
  /** Every disk, on a server or not. */
  readonly volumes: Map<string, Volume>
  /** Private images only; public ones belong to nobody's project. */
  readonly images: Map<string, OwnImage>
  readonly serverGroups: Map<string, ServerGroup>
  /** By name. */
  readonly keypairs: Map<string, Keypair>
  readonly vpcs: Map<string, Vpc>
  readonly networks: Map<string, Network>
  readonly subnets: Map<string, Subnet>
  readonly ports: Map<string, Port>
  /** Of all ports, so that none is given out twice. */
  readonly macs: Set<string>
  readonly securityGroups: Map<string, SecurityGroup>
  readonly privateIps: Map<string, PrivateIp>
  readonly publicIps: Map<string, PublicIp>
  readonly bandwidths: Map<string, Bandwidth>
  /** Of VPCs, subnets, groups and public IPs, by their id. */
  readonly networkTags: Map<string, readonly Tag[]>
  readonly creates: Map<string, RememberedCreate>
  /** Of servers that end by themselves, by server id. */
  readonly lifetimes: Map<string, Lifetime>
  /** Jobs that have not ended. */
  readonly running: Set<Job>
}

/** Lets what a finished job was about happen. */
export function finish(holdings: Holdings, job: Job, at: number): void {
  job.endedAt = at
  holdings.running.delete(job)
  for (const part of job.parts) kindOf(job.kind).finish(holdings, job, part, at)
}
