import Type from 'typebox'
import { Compile } from './check.ts'
import { portRangeOf, type SecurityGroup, type SecurityGroupRule } from './security-groups.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { wantedBy } from './vpc-common.ts'
import { pageAfterMarker } from './vpc-page.ts'
import {
  addRule,
  allRules,
  type FoundRule,
  groupWithId,
  invalidGroup,
  readRule,
  removeRule,
  ruleWithId,
} from './vpc-rule-checks.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_sg01_0005.html; a rule is deleted and made anew, not updated. */
export const ruleRows: readonly Row[] = [
  {
    name: 'ListSecurityGroupRules',
    method: 'GET',
    path: '/v1/{project_id}/security-group-rules',
    handle: listRules,
  },
  {
    name: 'ShowSecurityGroupRule',
    method: 'GET',
    path: '/v1/{project_id}/security-group-rules/{security_group_rule_id}',
    handle: showRule,
  },
  {
    name: 'CreateSecurityGroupRule',
    method: 'POST',
    path: '/v1/{project_id}/security-group-rules',
    partial: 'no address groups',
    handle: createRule,
  },
  {
    name: 'DeleteSecurityGroupRule',
    method: 'DELETE',
    path: '/v1/{project_id}/security-group-rules/{security_group_rule_id}',
    handle: deleteRule,
  },
]

function listRules({ project, query }: Ask, world: World): Answer {
  const wanted = wantedBy<FoundRule>(query, {
    security_group_id: ({ group }) => group.id,
    remote_ip_prefix: ({ rule }) => rule.remoteIpPrefix,
    remote_group_id: ({ rule }) => rule.remoteGroupId,
    protocol: ({ rule }) => rule.protocol,
    direction: ({ rule }) => rule.direction,
  })
  const rows = allRules(world.holdings(project))
    .filter(wanted)
    .map(({ rule, group }) => ruleViewOf(rule, group, project.id))
  return ok({ security_group_rules: pageAfterMarker(rows, query, 'VPC.0601') })
}

function showRule({ project, params }: Ask, world: World): Answer {
  const { rule, group } = ruleWithId(world.holdings(project), params.security_group_rule_id)
  return ok({ security_group_rule: ruleViewOf(rule, group, project.id) })
}

const OrNull = (type: ReturnType<typeof Type.String>) => Type.Optional(Type.Union([type, Type.Null()]))
const Port = Type.Optional(Type.Union([Type.Integer(), Type.String(), Type.Null()]))
export const OldRuleFields = {
  direction: Type.String(),
  ethertype: OrNull(Type.String()),
  description: OrNull(Type.String({ maxLength: 255, pattern: '^[^<>]*$' })),
  protocol: Type.Optional(Type.Union([Type.String(), Type.Integer(), Type.Null()])),
  port_range_min: Port,
  port_range_max: Port,
  remote_ip_prefix: OrNull(Type.String()),
  remote_group_id: OrNull(Type.String()),
  remote_address_group_id: OrNull(Type.String()),
}
const Body = Compile(
  Type.Object({ security_group_rule: Type.Object({ security_group_id: Type.String(), ...OldRuleFields }) }),
)

function createRule(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!Body.Check(body)) throw invalidGroup('The security group rule parameters are invalid.')
  const { security_group_id, ...wanted } = body.security_group_rule
  const holdings = world.holdings(ask.project)
  const group = groupWithId(holdings.securityGroups, security_group_id)
  const rule = addRule(group, readRule(wanted, holdings), holdings, world)
  return ok({ security_group_rule: ruleViewOf(rule, group, ask.project.id) })
}

function deleteRule({ project, params }: Ask, world: World): Answer {
  removeRule(ruleWithId(world.holdings(project), params.security_group_rule_id), world)
  return nothing()
}

/** What a rule does not say is left out. */
export function ruleViewOf(rule: SecurityGroupRule, group: SecurityGroup, projectId: string) {
  const { id, direction, ethertype, description, protocol, remoteGroupId, remoteIpPrefix } = rule
  const [least, greatest] = portRangeOf(rule) ?? []
  return {
    id,
    direction,
    ethertype,
    description,
    ...(protocol === undefined ? {} : { protocol }),
    ...(least === undefined ? {} : { port_range_min: least }),
    ...(greatest === undefined ? {} : { port_range_max: greatest }),
    ...(remoteGroupId === undefined ? {} : { remote_group_id: remoteGroupId }),
    ...(remoteIpPrefix === undefined ? {} : { remote_ip_prefix: remoteIpPrefix }),
    security_group_id: group.id,
    tenant_id: projectId,
  }
}
