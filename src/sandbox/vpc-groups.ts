import Type from 'typebox'
import { Compile } from './check.ts'
import type { Holdings } from './holdings.ts'
import { Refusal } from './refusal.ts'
import { bornRules, type SecurityGroup } from './security-groups.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { enterpriseProjectOf, hasRoomFor, inEnterpriseProject } from './vpc-common.ts'
import { pageAfterMarker } from './vpc-page.ts'
import { groupWithId, invalidGroup } from './vpc-rule-checks.ts'
import { ruleViewOf } from './vpc-rules.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_sg01_0001.html; there is no update in the first version. */
export const groupRows: readonly Row[] = [
  {
    name: 'ListSecurityGroups',
    method: 'GET',
    path: '/v1/{project_id}/security-groups',
    handle: listSecurityGroups,
  },
  {
    name: 'ShowSecurityGroup',
    method: 'GET',
    path: '/v1/{project_id}/security-groups/{security_group_id}',
    handle: showSecurityGroup,
  },
  {
    name: 'CreateSecurityGroup',
    method: 'POST',
    path: '/v1/{project_id}/security-groups',
    handle: createSecurityGroup,
  },
  {
    name: 'DeleteSecurityGroup',
    method: 'DELETE',
    path: '/v1/{project_id}/security-groups/{security_group_id}',
    handle: deleteSecurityGroup,
  },
]

/** Groups belong to no VPC any more, so that `vpc_id` tells none apart. */
function listSecurityGroups({ project, query }: Ask, world: World): Answer {
  const groups = [...world.holdings(project).securityGroups.values()].filter(inEnterpriseProject(query))
  const page = pageAfterMarker(groups, query, 'VPC.0601')
  return ok({ security_groups: page.map((group) => viewOf(group, project.id)) })
}

function showSecurityGroup({ project, params }: Ask, world: World): Answer {
  const group = groupWithId(world.holdings(project).securityGroups, params.security_group_id)
  return ok({ security_group: viewOf(group, project.id) })
}

const Body = Compile(
  Type.Object({
    security_group: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 64, pattern: '^[^<>]*$' }),
      vpc_id: Type.Optional(Type.String()),
      enterprise_project_id: Type.Optional(Type.String()),
    }),
  }),
)

function createSecurityGroup(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!Body.Check(body)) throw invalidGroup()
  const group = openGroup(body.security_group, world.holdings(ask.project), world)
  return ok({ security_group: viewOf(group, ask.project.id) })
}

export interface WantedGroup {
  name: string
  description?: string
  enterprise_project_id?: string
}

export function refuseNewGroup({ name }: WantedGroup, holdings: Holdings): void {
  if (name === 'default' && [...holdings.securityGroups.values()].some((other) => other.name === name))
    throw new Refusal(409, 'VPC.0602', 'The default security group already exists.', [
      { code: 'SecurityGroupDefaultAlreadyExists' },
    ])
  if (!hasRoomFor('securityGroup', 1, holdings))
    throw new Refusal(409, 'VPC.0604', "Quota exceeded for resources: ['security_group'].")
}

export function openGroup(wanted: WantedGroup, holdings: Holdings, world: World): SecurityGroup {
  const enterpriseProjectId = enterpriseProjectOf(wanted.enterprise_project_id)
  refuseNewGroup(wanted, holdings)
  const id = world.outside.uuid()
  const now = world.outside.now()
  const group: SecurityGroup = {
    id,
    created: now,
    updated: now,
    name: wanted.name,
    description: wanted.description ?? '',
    enterpriseProjectId,
    rules: bornRules(id, now),
  }
  holdings.securityGroups.set(id, group)
  return group
}

function deleteSecurityGroup({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  closeGroup(groupWithId(holdings.securityGroups, params.security_group_id), holdings)
  return nothing()
}

/** Rules of others that let its members in go with it. */
export function closeGroup(group: SecurityGroup, { securityGroups, ports, networkTags }: Holdings): void {
  if (group.name === 'default')
    throw new Refusal(409, 'VPC.0602', 'The default security group cannot be deleted.', [
      { code: 'SecurityGroupCannotRemoveDefault' },
    ])
  for (const port of ports.values())
    if (port.securityGroups.includes(group.id))
      throw new Refusal(409, 'VPC.0602', `Security group ${group.id} is in use.`, [
        { code: 'SecurityGroupInUse' },
      ])
  securityGroups.delete(group.id)
  networkTags.delete(group.id)
  for (const other of securityGroups.values())
    other.rules = other.rules.filter(({ remoteGroupId }) => remoteGroupId !== group.id)
}

function viewOf(group: SecurityGroup, projectId: string) {
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    vpc_id: '',
    enterprise_project_id: group.enterpriseProjectId,
    security_group_rules: group.rules.map((rule) => ruleViewOf(rule, group, projectId)),
  }
}
