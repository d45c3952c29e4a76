import Type from 'typebox'
import { Compile } from './check.ts'
import { listOf, neutronRow, readOne } from './neutron.ts'
import { portRangeOf, type SecurityGroup, type SecurityGroupRule } from './security-groups.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import { plainTime } from './vpc-common.ts'
import { closeGroup, openGroup } from './vpc-groups.ts'
import {
  addRule,
  allRules,
  groupWithId,
  invalidGroup,
  readRule,
  removeRule,
  ruleWithId,
} from './vpc-rule-checks.ts'
import { OldRuleFields } from './vpc-rules.ts'
import type { World } from './world.ts'

const GROUPS = '/v2.0/security-groups'
const GROUP = '/v2.0/security-groups/{security_group_id}'
const RULES = '/v2.0/security-group-rules'
const RULE = '/v2.0/security-group-rules/{security_group_rule_id}'

export const neutronGroupRows: readonly Row[] = [
  neutronRow('NeutronListSecurityGroups', 'GET', GROUPS, listGroups),
  neutronRow('NeutronShowSecurityGroup', 'GET', GROUP, showGroup),
  neutronRow('NeutronCreateSecurityGroup', 'POST', GROUPS, createGroup),
  neutronRow('NeutronUpdateSecurityGroup', 'PUT', GROUP, updateGroup),
  neutronRow('NeutronDeleteSecurityGroup', 'DELETE', GROUP, deleteGroup),
  neutronRow('NeutronListSecurityGroupRules', 'GET', RULES, listRules),
  neutronRow('NeutronShowSecurityGroupRule', 'GET', RULE, showRule),
  neutronRow('NeutronCreateSecurityGroupRule', 'POST', RULES, createRule, 'no address groups'),
  neutronRow('NeutronDeleteSecurityGroupRule', 'DELETE', RULE, deleteRule),
]

function listGroups(ask: Ask, world: World): Answer {
  const groups = world.holdings(ask.project).securityGroups.values()
  return ok(listOf(ask, 'security_groups', groups, (group) => viewOf(group, ask.project.id)))
}

function groupOf({ project, params }: Ask, world: World): SecurityGroup {
  return groupWithId(world.holdings(project).securityGroups, params.security_group_id)
}

function showGroup(ask: Ask, world: World): Answer {
  return ok({ security_group: viewOf(groupOf(ask, world), ask.project.id) })
}

const common = {
  description: Type.Optional(Type.String({ maxLength: 255 })),
  stateful: Type.Optional(Type.Literal(true)),
}
const NewFields = Compile(Type.Object({ name: Type.String({ maxLength: 255 }), ...common }))
const Changes = Compile(Type.Object({ name: Type.Optional(Type.String({ maxLength: 255 })), ...common }))
const known = ['name', 'description', 'stateful']

function createGroup(ask: Ask, world: World): Answer {
  const wanted = readOne(ask, 'security_group', [...known, 'tenant_id', 'project_id'])
  if (!NewFields.Check(wanted)) throw invalidGroup()
  const group = openGroup(wanted, world.holdings(ask.project), world)
  return ok({ security_group: viewOf(group, ask.project.id) }, 201)
}

function updateGroup(ask: Ask, world: World): Answer {
  const group = groupOf(ask, world)
  const wanted = readOne(ask, 'security_group', known)
  if (!Changes.Check(wanted)) throw invalidGroup()
  const { name = group.name, description = group.description } = wanted
  Object.assign(group, { name, description, updated: world.outside.now() })
  return showGroup(ask, world)
}

function deleteGroup(ask: Ask, world: World): Answer {
  closeGroup(groupOf(ask, world), world.holdings(ask.project))
  return nothing()
}

function listRules(ask: Ask, world: World): Answer {
  const rules = allRules(world.holdings(ask.project))
  return ok(
    listOf(ask, 'security_group_rules', rules, ({ rule, group }) => ruleViewOf(rule, group, ask.project.id)),
  )
}

function showRule({ project, params }: Ask, world: World): Answer {
  const { rule, group } = ruleWithId(world.holdings(project), params.security_group_rule_id)
  return ok({ security_group_rule: ruleViewOf(rule, group, project.id) })
}

const RuleFields = { security_group_id: Type.String(), ...OldRuleFields }
const NewRule = Compile(Type.Object(RuleFields))

function createRule(ask: Ask, world: World): Answer {
  const names = [...Object.keys(RuleFields), 'tenant_id', 'project_id']
  const wanted = readOne(ask, 'security_group_rule', names)
  if (!NewRule.Check(wanted)) throw invalidGroup('The security group rule parameters are invalid.')
  const holdings = world.holdings(ask.project)
  const group = groupWithId(holdings.securityGroups, wanted.security_group_id)
  const rule = addRule(group, readRule(wanted, holdings), holdings, world)
  return ok({ security_group_rule: ruleViewOf(rule, group, ask.project.id) }, 201)
}

function deleteRule({ project, params }: Ask, world: World): Answer {
  removeRule(ruleWithId(world.holdings(project), params.security_group_rule_id), world)
  return nothing()
}

function viewOf(group: SecurityGroup, projectId: string) {
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    stateful: true,
    security_group_rules: group.rules.map((rule) => ruleViewOf(rule, group, projectId)),
    tenant_id: projectId,
    project_id: projectId,
    created_at: plainTime(group.created),
    updated_at: plainTime(group.updated),
  }
}

/** What a rule does not say is null. */
function ruleViewOf(rule: SecurityGroupRule, group: SecurityGroup, projectId: string) {
  const [least, greatest] = portRangeOf(rule) ?? []
  return {
    id: rule.id,
    direction: rule.direction,
    ethertype: rule.ethertype,
    description: rule.description,
    protocol: rule.protocol ?? null,
    port_range_min: least ?? null,
    port_range_max: greatest ?? null,
    remote_ip_prefix: rule.remoteIpPrefix ?? null,
    remote_group_id: rule.remoteGroupId ?? null,
    remote_address_group_id: null,
    security_group_id: group.id,
    tenant_id: projectId,
    project_id: projectId,
    created_at: plainTime(rule.created),
    updated_at: plainTime(rule.created),
  }
}
