import type { Holdings } from './holdings.ts'
import { itemNotFound } from './nova-manner.ts'
import { serverAsked } from './nova-servers.ts'
import { portRangeOf, type SecurityGroup, type SecurityGroupRule } from './security-groups.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

export function novaListSecurityGroups({ project }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const groups = [...holdings.securityGroups.values()]
  return ok({ security_groups: groups.map((group) => groupOf(group, holdings)) })
}

export function novaShowSecurityGroup({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const id = params.security_group_id ?? ''
  const group = holdings.securityGroups.get(id)
  if (!group) throw itemNotFound(`Security group ${id} not found.`)
  return ok({ security_group: groupOf(group, holdings) })
}

export function novaListServerSecurityGroups(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  const ids = new Set(server.nics.flatMap(({ securityGroups }) => securityGroups))
  const groups = [...ids].flatMap((id) => holdings.securityGroups.get(id) ?? [])
  return ok({ security_groups: groups.map((group) => groupOf(group, holdings)) })
}

function groupOf(group: SecurityGroup, holdings: Holdings) {
  const tenant = holdings.project.id
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    tenant_id: tenant,
    // Nova knows rules for what comes in only.
    rules: group.rules
      .filter(({ direction }) => direction === 'ingress')
      .map((rule) => ruleOf(rule, group, tenant, holdings)),
  }
}

function ruleOf(rule: SecurityGroupRule, group: SecurityGroup, tenant: string, holdings: Holdings) {
  const [from, to] = portRangeOf(rule) ?? [null, null]
  const remote =
    rule.remoteGroupId === undefined ? undefined : holdings.securityGroups.get(rule.remoteGroupId)
  return {
    id: rule.id,
    parent_group_id: group.id,
    ip_protocol: rule.protocol ?? null,
    from_port: from,
    to_port: to,
    group: remote ? { tenant_id: tenant, name: remote.name } : {},
    ip_range: rule.remoteIpPrefix === undefined ? {} : { cidr: rule.remoteIpPrefix },
  }
}
