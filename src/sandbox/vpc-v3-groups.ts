import Type from 'typebox'
import { Compile } from './check.ts'
import type { Holdings } from './holdings.ts'
import type { SecurityGroup } from './security-groups.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { enterpriseProjectOf, inEnterpriseProject, utcTime, wantedBy } from './vpc-common.ts'
import { closeGroup, openGroup, refuseNewGroup } from './vpc-groups.ts'
import { pageWithInfo } from './vpc-page.ts'
import { groupWithId, invalidGroup } from './vpc-rule-checks.ts'
import { addTags, TagFields, tagsOf } from './vpc-tags.ts'
import { ruleViewOf } from './vpc-v3-rules.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_apiv3_0008.html */
export const groupV3Rows: readonly Row[] = [
  {
    name: 'ListSecurityGroups2',
    method: 'GET',
    path: '/v3/{project_id}/vpc/security-groups',
    handle: listGroups,
  },
  {
    name: 'ShowSecurityGroup2',
    method: 'GET',
    path: '/v3/{project_id}/vpc/security-groups/{security_group_id}',
    handle: showGroup,
  },
  {
    name: 'CreateSecurityGroup2',
    method: 'POST',
    path: '/v3/{project_id}/vpc/security-groups',
    handle: createGroup,
  },
  {
    name: 'UpdateSecurityGroup',
    method: 'PUT',
    path: '/v3/{project_id}/vpc/security-groups/{security_group_id}',
    handle: updateGroup,
  },
  {
    name: 'DeleteSecurityGroup2',
    method: 'DELETE',
    path: '/v3/{project_id}/vpc/security-groups/{security_group_id}',
    handle: deleteGroup,
  },
]

/** Rules are shown one group at a time, not in the list. */
function listGroups({ project, query, requestId }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const found = [...holdings.securityGroups.values()]
    .filter(
      wantedBy<SecurityGroup>(query, {
        id: ({ id }) => id,
        name: ({ name }) => name,
        description: ({ description }) => description,
      }),
    )
    .filter(inEnterpriseProject(query))
  const { page, page_info } = pageWithInfo(found, query, 'VPC.0601')
  const security_groups = page.map((group) => itemOf(group, holdings))
  return ok({ request_id: requestId, security_groups, page_info })
}

function showGroup({ project, params, requestId }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const group = groupWithId(holdings.securityGroups, params.security_group_id)
  return ok({ request_id: requestId, security_group: viewOf(group, holdings) })
}

const Name = Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\p{L}\\p{N}_.-]*$' })
const Description = Type.String({ maxLength: 255, pattern: '^[^<>]*$' })
const DryRun = Type.Optional(Type.Boolean())
const CreateBody = Compile(
  Type.Object({
    dry_run: DryRun,
    security_group: Type.Object({
      name: Name,
      description: Type.Optional(Description),
      enterprise_project_id: Type.Optional(Type.String()),
      tags: Type.Optional(Type.Array(TagFields, { maxItems: 20 })),
    }),
  }),
)

function createGroup(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!CreateBody.Check(body)) throw invalidGroup()
  const holdings = world.holdings(ask.project)
  if (body.dry_run) {
    enterpriseProjectOf(body.security_group.enterprise_project_id)
    refuseNewGroup(body.security_group, holdings)
    return ok({ request_id: ask.requestId }, 202)
  }
  const group = openGroup(body.security_group, holdings, world)
  addTags(holdings, group.id, body.security_group.tags ?? [])
  return ok({ request_id: ask.requestId, security_group: viewOf(group, holdings) }, 201)
}

const UpdateBody = Compile(
  Type.Object({
    dry_run: DryRun,
    security_group: Type.Object({ name: Type.Optional(Name), description: Type.Optional(Description) }),
  }),
)

function updateGroup(ask: Ask, world: World): Answer {
  const group = groupWithId(world.holdings(ask.project).securityGroups, ask.params.security_group_id)
  const body = ask.object()
  if (!UpdateBody.Check(body)) throw invalidGroup()
  if (body.dry_run) return ok({ request_id: ask.requestId }, 202)
  const { name = group.name, description = group.description } = body.security_group
  Object.assign(group, { name, description, updated: world.outside.now() })
  return showGroup(ask, world)
}

function deleteGroup({ project, params }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  closeGroup(groupWithId(holdings.securityGroups, params.security_group_id), holdings)
  return nothing()
}

function itemOf(group: SecurityGroup, holdings: Holdings) {
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    project_id: holdings.project.id,
    enterprise_project_id: group.enterpriseProjectId,
    tags: tagsOf(holdings, group.id),
    created_at: utcTime(group.created),
    updated_at: utcTime(group.updated),
  }
}

const viewOf = (group: SecurityGroup, holdings: Holdings) => ({
  ...itemOf(group, holdings),
  security_group_rules: group.rules.map((rule) => ruleViewOf(rule, group, holdings.project.id)),
})
