import type { SecurityGroupRule } from '../../api/schema.ts'
import type { Catalog } from '../../text/en.ts'

type RuleText = Catalog['networks']['rule']

/** A rule as one would say it: "TCP, port 22, from anywhere". */
export function ruleWords(
  rule: SecurityGroupRule,
  text: RuleText,
  groupName: (id: string) => string,
): string {
  const other = otherSide(rule, text, groupName)
  return rule.direction === 'egress'
    ? text.out(whatOf(rule, text), other)
    : text.in(whatOf(rule, text), other)
}

/** Anybody on the internet may come in at ports that are worth a second look. */
export function isOpenToAll(rule: SecurityGroupRule): boolean {
  return rule.direction === 'ingress' && isAnywhere(rule)
}

const ANYWHERE = new Set(['0.0.0.0/0', '::/0'])

function isAnywhere({
  remote_ip_prefix: range,
  remote_group_id: group,
  remote_address_group_id: list,
}: SecurityGroupRule) {
  return range ? ANYWHERE.has(range) : !group && !list
}

function whatOf(rule: SecurityGroupRule, text: RuleText): string {
  const { protocol, port_range_min: min, port_range_max: max, ethertype } = rule
  const family = ethertype ?? 'IPv4'
  if (!protocol || protocol === 'any') return text.everything(family)
  const name = /^\d+$/.test(protocol) ? text.protocol(protocol) : protocol.toUpperCase()
  // Of icmp, the two are type and code.
  const ports =
    min == null && max == null
      ? protocol.startsWith('icmp')
        ? ''
        : text.allPorts
      : protocol.startsWith('icmp')
        ? text.icmp(String(min ?? '*'), String(max ?? '*'))
        : min === max || max == null
          ? text.port(String(min))
          : text.ports(String(min ?? 1), String(max))
  return [name, ports, family === 'IPv4' ? '' : family].filter(Boolean).join(text.comma)
}

function otherSide(rule: SecurityGroupRule, text: RuleText, groupName: (id: string) => string): string {
  const { remote_ip_prefix: range, remote_group_id: group, remote_address_group_id: list } = rule
  if (group) return group === rule.security_group_id ? text.ownMembers : text.members(groupName(group))
  if (list) return text.addressGroup(list)
  return isAnywhere(rule) ? text.anywhere : (range ?? text.anywhere)
}
