import type { Holdings } from './holdings.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

export const quota = { servers: 2_048, cores: 20_480, ram: 25_165_824 } as const

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
  const used = usedBy(holdings)
  return ok({
    absolute: {
      maxTotalInstances: quota.servers,
      maxTotalCores: quota.cores,
      maxTotalRAMSize: quota.ram,
      totalInstancesUsed: used.servers,
      totalCoresUsed: used.cores,
      totalRAMUsed: used.ram,
      maxTotalKeypairs: -1,
      maxServerGroups: 10,
      maxServerGroupMembers: 16,
      totalServerGroupsUsed: 0,
      maxServerMeta: 128,
      maxImageMeta: 128,
      maxPersonality: 5,
      maxPersonalitySize: 10_240,
      maxSecurityGroups: 10,
      maxSecurityGroupRules: 20,
      totalSecurityGroupsUsed: holdings.securityGroups.size,
      maxTotalFloatingIps: 10,
      totalFloatingIpsUsed: holdings.publicIps.size,
      maxClusterServerGroupMembers: 16,
      maxFaultDomainMembers: 10,
      maxTotalSpotInstances: 20,
      maxTotalSpotCores: 320,
      maxTotalSpotRAMSize: 655_360,
      ...usedBySpot(holdings),
      limit_by_flavor: [],
    },
  })
}

function usedBySpot(holdings: Holdings) {
  const spot = [...holdings.servers.values()].filter(({ chargingMode }) => chargingMode === '2')
  return {
    totalSpotInstancesUsed: spot.length,
    totalSpotCoresUsed: spot.reduce((sum, { flavor }) => sum + flavor.vcpus, 0),
    totalSpotRAMUsed: spot.reduce((sum, { flavor }) => sum + flavor.ram, 0),
  }
}
