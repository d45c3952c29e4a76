import { quota, usedBy } from './ecs-limits.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { networkQuotas } from './vpc-common.ts'
import type { World } from './world.ts'

export function novaShowLimits({ project }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const used = usedBy(holdings)
  return ok({
    limits: {
      rate: [],
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
      },
    },
  })
}
