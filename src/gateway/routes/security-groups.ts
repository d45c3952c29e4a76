import Type, { type Static } from 'typebox'
import {
  createSecurityGroup as create,
  createSecurityGroupRule,
  listSecurityGroups as list,
  deleteSecurityGroup as remove,
  deleteSecurityGroupRule as removeRule,
} from '../../huaweicloud/vpc.ts'
import {
  enterpriseProjectId,
  id,
  nonEmpty,
  optionalId,
  optionalNumber,
  optionalText,
  strict,
} from '../fields.ts'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { securityGroup, securityGroupRule } from '../shapes/security-group.ts'
import { shape } from '../shapes/shape.ts'
import { listRoute } from './list-route.ts'

export const listSecurityGroups = listRoute({
  path: '/api/security-groups',
  name: 'listSecurityGroups',
  tag: 'networks',
  operation: list,
  summary: 'Security groups with their rules.',
  item: securityGroup,
})

const change = { tag: 'networks', scope: 'admin', needs: 'regional', service: 'vpc' } as const
const securityGroupId = id('Security group')

export const createSecurityGroup = route({
  ...change,
  method: 'POST',
  path: '/api/security-groups',
  name: 'createSecurityGroup',
  summary: 'Makes a security group, with rules that let its members out and talk to each other.',
  fields: strict({
    name: nonEmpty('1 to 64 letters, digits, `_`, `-`, `.`'),
    vpcId: optionalId('VPC; Huawei Cloud does not look at it any more'),
    enterpriseProjectId,
  }),
  value: shape({ security_group: securityGroup }),
  example: { fields: { name: 'web' } },
  run: async ({ ask, fields }) => ({
    answer: await ask(create, {
      body: {
        security_group: given({
          name: fields.name,
          vpc_id: fields.vpcId,
          enterprise_project_id: fields.enterpriseProjectId,
        }),
      },
    }),
  }),
})

export const deleteSecurityGroup = route({
  ...change,
  method: 'DELETE',
  path: '/api/security-groups/{securityGroupId}',
  name: 'deleteSecurityGroup',
  summary: 'Deletes a security group that nothing is in.',
  fields: strict({ securityGroupId }),
  value: shape({}),
  example: { after: [{ call: 'createSecurityGroup', take: { securityGroupId: 'security_group.id' } }] },
  run: async ({ ask, fields }) => ({
    answer: await ask(remove, { params: { security_group_id: fields.securityGroupId } }),
  }),
})

const ruleFields = strict({
  securityGroupId,
  direction: Type.Enum(['ingress', 'egress'], { description: 'What comes in, or what goes out.' }),
  etherType: Type.Optional(Type.Enum(['IPv4', 'IPv6'], { description: 'IPv4 if left out.' })),
  protocol: optionalText('tcp, udp, icmp, icmpv6 or a number; any if left out.'),
  portRangeMin: optionalNumber('First port; any if left out. For icmp the type.'),
  portRangeMax: optionalNumber('Last port. For icmp the code.'),
  remoteIpPrefix: optionalText('Who is on the other side: a range, for example 0.0.0.0/0.'),
  remoteGroupId: optionalId('Who is on the other side: the members of a security group'),
  remoteAddressGroupId: optionalId('Who is on the other side: an address group'),
  description: Type.Optional(Type.String()),
})

export const addSecurityGroupRule = route({
  ...change,
  method: 'POST',
  path: '/api/security-groups/{securityGroupId}/rules',
  name: 'addSecurityGroupRule',
  summary: 'Adds a rule to a security group.',
  description: 'Rules allow; what no rule allows is refused. To change one, delete it and add another.',
  fields: ruleFields,
  value: shape({ security_group_rule: securityGroupRule }),
  example: {
    fields: {
      securityGroupId: '27aa1cf6-8a40-48f3-8186-2702cf4be435',
      direction: 'ingress',
      protocol: 'tcp',
      portRangeMin: 443,
      portRangeMax: 443,
      remoteIpPrefix: '0.0.0.0/0',
    },
  },
  run: async ({ ask, fields }) => ({
    answer: await ask(createSecurityGroupRule, { body: { security_group_rule: toRule(fields) } }),
  }),
})

export const deleteSecurityGroupRule = route({
  ...change,
  method: 'DELETE',
  path: '/api/security-groups/{securityGroupId}/rules/{ruleId}',
  name: 'deleteSecurityGroupRule',
  summary: 'Deletes a rule of a security group.',
  description: 'Huawei Cloud goes by the id of the rule alone.',
  fields: strict({ securityGroupId, ruleId: id('Rule, its `id` in `security_group_rules`') }),
  value: shape({}),
  example: {
    fields: { securityGroupId: '27aa1cf6-8a40-48f3-8186-2702cf4be435' },
    after: [{ call: 'addSecurityGroupRule', take: { ruleId: 'security_group_rule.id' } }],
  },
  run: async ({ ask, fields }) => ({
    answer: await ask(removeRule, { params: { security_group_rule_id: fields.ruleId } }),
  }),
})

const toRule = (ask: Static<typeof ruleFields>) =>
  given({
    security_group_id: ask.securityGroupId,
    direction: ask.direction,
    ethertype: ask.etherType,
    protocol: ask.protocol,
    port_range_min: ask.portRangeMin,
    port_range_max: ask.portRangeMax,
    remote_ip_prefix: ask.remoteIpPrefix,
    remote_group_id: ask.remoteGroupId,
    remote_address_group_id: ask.remoteAddressGroupId,
    description: ask.description,
  })
