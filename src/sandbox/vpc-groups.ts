import type { SecurityGroup } from './networks.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { pageAfterMarker } from './vpc-page.ts'
import type { World } from './world.ts'

export function listSecurityGroups({ project, query }: Ask, world: World): Answer {
  const groups = [...world.holdings(project).securityGroups.values()].filter((group) =>
    [group.enterpriseProjectId, 'all_granted_eps'].includes(
      query.get('enterprise_project_id') ?? group.enterpriseProjectId,
    ),
  )
  return ok({ security_groups: pageAfterMarker(groups, query, 'VPC.0601').map(viewOf) })
}

export function showSecurityGroup({ project, params }: Ask, world: World): Answer {
  const id = params.security_group_id ?? ''
  const group = world.holdings(project).securityGroups.get(id)
  if (!group) throw new Refusal(404, 'VPC.0603', `Security group ${id} does not exist.`)
  return ok({ security_group: viewOf(group) })
}

/** What a rule does not say is left out. */
function viewOf(group: SecurityGroup) {
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    vpc_id: '',
    enterprise_project_id: group.enterpriseProjectId,
    security_group_rules: group.rules.map(({ id, direction, ethertype, remoteGroupId }) => ({
      id,
      direction,
      ethertype,
      description: '',
      ...(remoteGroupId === undefined ? {} : { remote_group_id: remoteGroupId }),
      security_group_id: group.id,
    })),
  }
}
