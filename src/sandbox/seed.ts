import type { Holdings } from './holdings.ts'
import { stableHex, stableUuid } from './ids.ts'
import { systemImageFor } from './images.ts'
import { bornRules, resolvers, takeAddress } from './networks.ts'
import type { Project } from './projects.ts'
import type { Region } from './regions.ts'
import type { Server } from './servers.ts'

/** What every project has on the first day: a default network, and in two regions the documented servers. */
export function seedHoldings(project: Project, region: Region): Holdings {
  const vpcId = stableUuid(`${project.name} vpc-default`)
  const subnetId = stableUuid(`${project.name} subnet-default`)
  const groupId = stableUuid(`${project.name} default group`)
  const holdings: Holdings = {
    project,
    servers: new Map(),
    volumes: new Map(),
    vpcs: new Map(),
    subnets: new Map(),
    securityGroups: new Map(),
    publicIps: new Map(),
    creates: new Map(),
    running: new Set(),
  }
  holdings.vpcs.set(vpcId, {
    id: vpcId,
    name: 'vpc-default',
    description: '',
    cidr: '192.168.0.0/16',
    enterpriseProjectId: '0',
  })
  holdings.subnets.set(subnetId, {
    id: subnetId,
    neutronSubnetId: stableUuid(`${project.name} subnet-default in Neutron`),
    vpcId,
    // Room for as many servers as the quota allows.
    cidr: '192.168.0.0/20',
    gatewayIp: '192.168.0.1',
    name: 'subnet-default',
    description: '',
    dhcp: true,
    dns: resolvers,
    zone: '',
    taken: new Map(),
  })
  holdings.securityGroups.set(groupId, {
    id: groupId,
    name: 'default',
    description: 'Default security group',
    enterpriseProjectId: '0',
    rules: bornRules(groupId),
  })
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
  const [group] = holdings.securityGroups.values()
  const address = subnet && takeAddress(subnet, id)
  if (!subnet || !group || !address) throw new Error('the seed needs its network')
  const known = `${region.id} ${id}`
  const image = systemImageFor(region)
  const created = Date.parse(`2022-05-0${index + 5}T02:12:49Z`)
  return {
    id,
    launchIndex: 0,
    reservationId: `r-${stableHex(known).slice(0, 8)}`,
    instanceName: `instance-${stableHex(known).slice(0, 8)}`,
    created,
    updated: created + 40_000,
    launched: created + 38_000,
    imageId: image.id,
    flavor: { id: 's6.large.2', vcpus: 2, ram: 4096 },
    vpcId: subnet.vpcId,
    zone: region.zones[0] ?? '',
    nics: [
      {
        portId: stableUuid(`${known} port`),
        subnetId: subnet.id,
        address,
        mac: `fa:16:3e:${(stableHex(known).match(/../g) ?? []).slice(0, 3).join(':')}`,
      },
    ],
    volumes: [
      {
        id: stableUuid(`${known} disk`),
        device: '/dev/vda',
        bootIndex: 0,
        size: 40,
        type: 'SAS',
        deleteWithServer: true,
      },
    ],
    securityGroups: [{ id: group.id, name: group.name }],
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
