import Type from 'typebox'
import { Compile } from './check.ts'
import { isSameRule, type SecurityGroup, type SecurityGroupRule } from './security-groups.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { utcTime, wantedBy } from './vpc-common.ts'
import { pageWithInfo } from './vpc-page.ts'
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

/** https://support.huaweicloud.com/api-vpc/vpc_apiv3_0013.html */
export const ruleV3Rows: readonly Row[] = [
  {
    name: 'ListSecurityGroupRules2',
    method: 'GET',
    path: '/v3/{project_id}/vpc/security-group-rules',
    handle: listRules,
  },
  {
    name: 'ShowSecurityGroupRule2',
    method: 'GET',
    path: '/v3/{project_id}/vpc/security-group-rules/{security_group_rule_id}',
    handle: showRule,
  },
  {
    name: 'CreateSecurityGroupRule2',
    method: 'POST',
    path: '/v3/{project_id}/vpc/security-group-rules',
    partial: 'no address groups',
    handle: createRule,
  },
  {
    name: 'DeleteSecurityGroupRule2',
    method: 'DELETE',
    path: '/v3/{project_id}/vpc/security-group-rules/{security_group_rule_id}',
    handle: deleteRule,
  },
  {
    name: 'BatchCreateSecurityGroupRules',
    method: 'POST',
    path: '/v3/{project_id}/vpc/security-groups/{security_group_id}/security-group-rules/batch-create',
    partial: 'no address groups',
    handle: createRules,
  },
]

function listRules({ project, query, requestId }: Ask, world: World): Answer {
  const wanted = wantedBy<FoundRule>(query, {
    id: ({ rule }) => rule.id,
    security_group_id: ({ group }) => group.id,
    protocol: ({ rule }) => rule.protocol,
    description: ({ rule }) => rule.description,
    remote_group_id: ({ rule }) => rule.remoteGroupId,
    remote_ip_prefix: ({ rule }) => rule.remoteIpPrefix,
    direction: ({ rule }) => rule.direction,
    ethertype: ({ rule }) => rule.ethertype,
    action: ({ rule }) => rule.action,
    priority: ({ rule }) => String(rule.priority),
    enabled: ({ rule }) => String(rule.enabled),
  })
  const rows = allRules(world.holdings(project))
    .filter(wanted)
    .map(({ rule, group }) => ruleViewOf(rule, group, project.id))
  const { page, page_info } = pageWithInfo(rows, query, 'VPC.0601')
  return ok({ request_id: requestId, security_group_rules: page, page_info })
}

function showRule({ project, params, requestId }: Ask, world: World): Answer {
  const { rule, group } = ruleWithId(world.holdings(project), params.security_group_rule_id)
  return ok({ request_id: requestId, security_group_rule: ruleViewOf(rule, group, project.id) })
}

const OrNull = (type: ReturnType<typeof Type.String>) => Type.Optional(Type.Union([type, Type.Null()]))
const Rule = {
  direction: Type.String(),
  ethertype: OrNull(Type.String()),
  description: OrNull(Type.String({ maxLength: 255, pattern: '^[^<>]*$' })),
  protocol: OrNull(Type.String()),
  multiport: OrNull(Type.String()),
  remote_ip_prefix: OrNull(Type.String()),
  remote_group_id: OrNull(Type.String()),
  remote_address_group_id: OrNull(Type.String()),
  action: Type.Optional(Type.String()),
  priority: Type.Optional(Type.Union([Type.String(), Type.Integer()])),
  enabled: Type.Optional(Type.Boolean()),
}
const DryRun = Type.Optional(Type.Boolean())
const CreateBody = Compile(
  Type.Object({
    dry_run: DryRun,
    security_group_rule: Type.Object({ security_group_id: Type.String(), ...Rule }),
  }),
)

/** Said nothing of, the priority is 1. */
const readNew = (wanted: Parameters<typeof readRule>[0], holdings: Parameters<typeof readRule>[1]) =>
  readRule({ ...wanted, priority: wanted.priority ?? 1 }, holdings)

function createRule(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!CreateBody.Check(body)) throw invalidGroup('The security group rule parameters are invalid.')
  const { security_group_id, ...wanted } = body.security_group_rule
  const holdings = world.holdings(ask.project)
  const group = groupWithId(holdings.securityGroups, security_group_id)
  const rule = readNew(wanted, holdings)
  if (body.dry_run) return ok({ request_id: ask.requestId }, 202)
  const security_group_rule = ruleViewOf(addRule(group, rule, holdings, world), group, ask.project.id)
  return ok({ request_id: ask.requestId, security_group_rule }, 201)
}

const BatchBody = Compile(
  Type.Object({
    dry_run: DryRun,
    ignore_duplicate: Type.Optional(Type.Boolean()),
    security_group_rules: Type.Array(Type.Object(Rule), { minItems: 1, maxItems: 50 }),
  }),
)

/** All of them or none; what is there already counts as no hindrance when the caller says so. */
function createRules(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const group = groupWithId(holdings.securityGroups, ask.params.security_group_id)
  const body = ask.object()
  if (!BatchBody.Check(body)) throw invalidGroup('The security group rule parameters are invalid.')
  const wanted = body.security_group_rules.map((rule) => readNew(rule, holdings))
  if (body.dry_run) return ok({ request_id: ask.requestId }, 202)
  const before = group.rules
  group.rules = [...before]
  const added: SecurityGroupRule[] = []
  try {
    for (const rule of wanted)
      if (!body.ignore_duplicate || !group.rules.some((other) => isSameRule(other, rule)))
        added.push(addRule(group, rule, holdings, world))
  } catch (thrown) {
    group.rules = before
    throw thrown
  }
  const security_group_rules = added.map((rule) => ruleViewOf(rule, group, ask.project.id))
  return ok({ request_id: ask.requestId, security_group_rules }, 201)
}

function deleteRule({ project, params }: Ask, world: World): Answer {
  removeRule(ruleWithId(world.holdings(project), params.security_group_rule_id), world)
  return nothing()
}

/** Here what a rule does not say is null. */
export function ruleViewOf(rule: SecurityGroupRule, group: SecurityGroup, projectId: string) {
  return {
    id: rule.id,
    project_id: projectId,
    security_group_id: group.id,
    direction: rule.direction,
    protocol: rule.protocol ?? null,
    ethertype: rule.ethertype,
    multiport: rule.multiport ?? null,
    action: rule.action,
    priority: rule.priority,
    description: rule.description,
    remote_group_id: rule.remoteGroupId ?? null,
    remote_ip_prefix: rule.remoteIpPrefix ?? null,
    remote_address_group_id: null,
    enabled: rule.enabled,
    created_at: utcTime(rule.created),
    updated_at: utcTime(rule.created),
  }
}
