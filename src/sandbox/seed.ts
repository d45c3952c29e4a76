import type { Holdings } from './holdings.ts'
import { stableHex, stableUuid } from './ids.ts'
import { ownImagesOf, systemFactsOf, systemImageFor } from './images.ts'
import type { Project } from './projects.ts'
import type { Region } from './regions.ts'
import { seedNetwork, seedPort } from './seed-network.ts'
import type { Server } from './servers.ts'
import { newVolume } from './volumes.ts'

/** What every project has on the first day: a default network, and in two regions the documented servers. */
export function seedHoldings(project: Project, region: Region): Holdings {
  const holdings: Holdings = {
    project,
    servers: new Map(),
    volumes: new Map(),
    images: ownImagesOf(project),
    serverGroups: new Map(),
    keypairs: new Map(),
    vpcs: new Map(),
    networks: new Map(),
    subnets: new Map(),
    ports: new Map(),
    macs: new Set(),
    securityGroups: new Map(),
    privateIps: new Map(),
    publicIps: new Map(),
    bandwidths: new Map(),
    networkTags: new Map(),
    creates: new Map(),
    lifetimes: new Map(),
    running: new Set(),
  }
  seedNetwork(holdings)
  for (const server of documentedServers(holdings, region)) holdings.servers.set(server.id, server)
  return holdings
}

/** The user's own document starts, stops, reboots and terminates these, in cn-east-2 and cn-south-1. */
const documentedIds = ['ins-r8hr2upy', 'ins-5d8a23rs']
const documentedStates: Record<string, 'active' | 'stopped'> = {
  'cn-east-2': 'active',
  'cn-south-1': 'stopped',
}

function documentedServers(holdings: Holdings, region: Region): Server[] {
  const vmState = documentedStates[holdings.project.name]
  if (!vmState) return []
  return documentedIds.map((id, index) => documentedServer(holdings, region, id, index, vmState))
}

function documentedServer(
  holdings: Holdings,
  region: Region,
  id: string,
  index: number,
  vmState: 'active' | 'stopped',
): Server {
  const [subnet] = holdings.subnets.values()
  if (!subnet) throw new Error('the seed needs its network')
  const known = `${region.id} ${id}`
  const image = systemImageFor(region)
  const created = Date.parse(`2022-05-0${index + 5}T02:12:49Z`)
  const volumeId = stableUuid(`${known} disk`)
  const attachment = {
    id: volumeId,
    serverId: id,
    device: '/dev/vda',
    bootIndex: 0,
    attachedAt: created,
    deleteWithServer: true,
  }
  holdings.volumes.set(
    volumeId,
    newVolume({
      id: volumeId,
      now: created,
      name: `ecs-${id.slice(4)}-volume-0000`,
      status: 'in-use',
      size: 40,
      type: 'SAS',
      zone: region.zones[0] ?? '',
      bootable: true,
      imageId: image.id,
      attachments: [attachment],
    }),
  )
  return {
    id,
    launchIndex: 0,
    reservationId: `r-${stableHex(known).slice(0, 8)}`,
    instanceName: `instance-${stableHex(known).slice(0, 8)}`,
    created,
    updated: created + 40_000,
    launched: created + 38_000,
    imageId: image.id,
    system: systemFactsOf(image),
    flavor: { id: 's6.large.2', vcpus: 2, ram: 4096 },
    vpcId: subnet.vpcId,
    zone: region.zones[0] ?? '',
    nics: [seedPort(known, subnet, { id, zone: region.zones[0] ?? '', created }, holdings)],
    volumeIds: [volumeId],
    chargingMode: '0',
    keyName: '',
    userData: null,
    schedulerHints: {},
    enterpriseProjectId: '0',
    autoTerminateTime: '',
    name: `ecs-${id.slice(4)}`,
    hostname: `ecs-${id.slice(4)}`,
    description: '',
    metadata: {},
    tags: ['__type_virtual'],
    locked: false,
    vmState,
  }
}
