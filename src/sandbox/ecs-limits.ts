import { groupQuota } from './ecs-groups.ts'
import type { Holdings } from './holdings.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { networkQuotas } from './vpc-common.ts'
import type { World } from './world.ts'

export const quota = {
  servers: 2_048,
  cores: 20_480,
  ram: 25_165_824,
  spotServers: 20,
  spotCores: 320,
  spotRam: 655_360,
} as const

export function usedBy(holdings: Holdings) {
  const used = { servers: 0, cores: 0, ram: 0 }
  for (const { flavor } of holdings.servers.values()) {
    used.servers += 1
    used.cores += flavor.vcpus
    used.ram += flavor.ram
  }
  return used
}

export function showServerLimits({ project }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  return ok({
    absolute: {
      ...commonLimits(holdings),
      maxClusterServerGroupMembers: 16,
      maxFaultDomainMembers: 10,
      maxTotalSpotInstances: quota.spotServers,
      maxTotalSpotCores: quota.spotCores,
      maxTotalSpotRAMSize: quota.spotRam,
      ...usedBySpot(holdings),
      limit_by_flavor: [],
    },
  })
}

export function usedBySpot(holdings: Holdings) {
  const spot = [...holdings.servers.values()].filter(({ chargingMode }) => chargingMode === '2')
  return {
    totalSpotInstancesUsed: spot.length,
    totalSpotCoresUsed: spot.reduce((sum, { flavor }) => sum + flavor.vcpus, 0),
    totalSpotRAMUsed: spot.reduce((sum, { flavor }) => sum + flavor.ram, 0),
  }
}

/** What the own API and Nova's both tell. */
export function commonLimits(holdings: Holdings) {
  const used = usedBy(holdings)
  return {
    maxTotalInstances: quota.servers,
    maxTotalCores: quota.cores,
    maxTotalRAMSize: quota.ram,
    totalInstancesUsed: used.servers,
    totalCoresUsed: used.cores,
    totalRAMUsed: used.ram,
    maxTotalKeypairs: -1,
    maxServerGroups: groupQuota.groups,
    maxServerGroupMembers: groupQuota.members,
    totalServerGroupsUsed: holdings.serverGroups.size,
    maxServerMeta: 128,
    maxImageMeta: 128,
    maxPersonality: 5,
    maxPersonalitySize: 10_240,
    maxSecurityGroups: networkQuotas.securityGroup,
    maxSecurityGroupRules: networkQuotas.securityGroupRule,
    totalSecurityGroupsUsed: holdings.securityGroups.size,
    maxTotalFloatingIps: networkQuotas.publicIp,
    totalFloatingIpsUsed: holdings.publicIps.size,
  }
}
