import { readAddress, readBlock } from './cidr.ts'
import type { Holdings } from './holdings.ts'
import { Refusal } from './refusal.ts'
import {
  isIcmp,
  isSameRule,
  multiportOf,
  type SecurityGroup,
  type SecurityGroupRule,
} from './security-groups.ts'
import { hasRoomFor } from './vpc-common.ts'
import type { World } from './world.ts'

/** A rule as any of the versions asks for one, in the words they share. */
export interface WantedRule {
  direction: string
  ethertype?: string | null
  description?: string | null
  protocol?: string | number | null
  port_range_min?: string | number | null
  port_range_max?: string | number | null
  multiport?: string | null
  remote_ip_prefix?: string | null
  remote_group_id?: string | null
  remote_address_group_id?: string | null
  action?: string
  priority?: string | number
  enabled?: boolean
}

export const invalidGroup = (message = 'The security group parameters are invalid.') =>
  new Refusal(400, 'VPC.0601', message)

/** What the rule comes to, when it makes sense and everything it names is there. */
export function readRule(wanted: WantedRule, holdings: Holdings): Omit<SecurityGroupRule, 'id' | 'created'> {
  const { direction } = wanted
  const ethertype = wanted.ethertype || 'IPv4'
  if (direction !== 'ingress' && direction !== 'egress')
    throw invalidGroup(`The direction ${direction} is invalid.`)
  if (ethertype !== 'IPv4' && ethertype !== 'IPv6')
    throw invalidGroup(`The ethertype ${ethertype} is invalid.`)
  if (wanted.remote_address_group_id) throw invalidGroup('The address group does not exist.')
  if (wanted.remote_group_id && wanted.remote_ip_prefix)
    throw invalidGroup('Only one of remote_ip_prefix and remote_group_id may be given.')
  if (wanted.remote_group_id) groupWithId(holdings.securityGroups, wanted.remote_group_id)
  const action = wanted.action ?? 'allow'
  const priority = Number(wanted.priority ?? 100)
  if (action !== 'allow' && action !== 'deny') throw invalidGroup(`The action ${action} is invalid.`)
  if (!Number.isInteger(priority) || priority < 1 || priority > 100)
    throw invalidGroup('The priority must be from 1 to 100.')
  const protocol = protocolOf(wanted.protocol)
  const multiport = portsOf(wanted, protocol)
  const prefix = wanted.remote_ip_prefix ? prefixOf(wanted.remote_ip_prefix, ethertype) : undefined
  return {
    direction,
    ethertype,
    description: wanted.description ?? '',
    action,
    priority,
    enabled: wanted.enabled ?? true,
    ...(protocol === undefined ? {} : { protocol }),
    ...(multiport === undefined ? {} : { multiport }),
    ...(wanted.remote_group_id ? { remoteGroupId: wanted.remote_group_id } : {}),
    ...(prefix === undefined ? {} : { remoteIpPrefix: prefix }),
  }
}

/** By name or by number; nothing, or `any`, for all of them. */
function protocolOf(wanted: string | number | null | undefined): string | undefined {
  const protocol = String(wanted ?? '').toLowerCase()
  if (['', 'any', '-1'].includes(protocol)) return undefined
  const known = ['tcp', 'udp', 'icmp', 'icmpv6', 'ipv6-icmp', 'gre', 'esp', 'ah', 'sctp']
  const isNumber = /^\d{1,3}$/.test(protocol) && Number(protocol) <= 255
  if (!known.includes(protocol) && !isNumber) throw invalidGroup(`The protocol ${protocol} is invalid.`)
  return protocol
}

function portsOf(wanted: WantedRule, protocol: string | undefined): string | undefined {
  const least = numberOf(wanted.port_range_min)
  const greatest = numberOf(wanted.port_range_max)
  const multiport = wanted.multiport || undefined
  if (least === undefined && greatest === undefined && multiport === undefined) return undefined
  if (protocol === undefined) throw invalidGroup('Ports need a protocol.')
  if (multiport !== undefined) {
    refuseMultiport(multiport, isIcmp(protocol))
    return multiport
  }
  if (least === undefined) throw invalidGroup('port_range_min is missing.')
  if (isIcmp(protocol)) {
    if (least > 255 || (greatest ?? 0) > 255) throw invalidGroup('The ICMP type or code is invalid.')
  } else if (greatest === undefined || least < 1 || least > greatest || greatest > 65_535)
    throw invalidGroup(`The port range ${least} to ${greatest} is invalid.`)
  return multiportOf(least, greatest, protocol)
}

function numberOf(value: string | number | null | undefined): number | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (!/^\d{1,5}$/.test(String(value))) throw invalidGroup(`The port ${value} is invalid.`)
  return Number(value)
}

function refuseMultiport(multiport: string, icmp: boolean): void {
  const ranges = multiport.split(',')
  const isRange = (range: string) => {
    const [, least, greatest] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range) ?? []
    if (icmp) return least !== undefined && Number(least) <= 255
    return least !== undefined && Number(least) >= 1 && portsInOrder(Number(least), Number(greatest ?? least))
  }
  if (ranges.length > 20 || !ranges.every(isRange))
    throw invalidGroup(`The multiport ${multiport} is invalid.`)
}

const portsInOrder = (least: number, greatest: number) => least <= greatest && greatest <= 65_535

function prefixOf(prefix: string, ethertype: string): string {
  if (ethertype === 'IPv6') {
    if (!/^[0-9a-f:]{2,39}(?:\/\d{1,3})?$/i.test(prefix)) throw invalidGroup(`${prefix} is no IPv6 prefix.`)
    return prefix
  }
  const whole = prefix.includes('/') ? prefix : `${prefix}/32`
  const [address = '', bits = ''] = whole.split('/')
  if (readAddress(address) === undefined || !/^(?:\d|[12]\d|3[0-2])$/.test(bits))
    throw invalidGroup(`The prefix ${prefix} is invalid.`)
  return readBlock(whole) ? whole : prefix
}

/** Adds the rule, unless the group has it already or the project has too many. */
export function addRule(
  group: SecurityGroup,
  rule: Omit<SecurityGroupRule, 'id' | 'created'>,
  holdings: Holdings,
  world: World,
): SecurityGroupRule {
  const twin = group.rules.find((other) => isSameRule(other, rule))
  if (twin)
    throw new Refusal(409, 'VPC.0602', `Security group rule already exists. Rule id is ${twin.id}.`, [
      { code: 'SecurityGroupRuleExists' },
    ])
  if (!hasRoomFor('securityGroupRule', 1, holdings))
    throw new Refusal(409, 'VPC.0602', "Quota exceeded for resources: ['security_group_rule'].", [
      { code: 'OverQuota' },
    ])
  const added = { id: world.outside.uuid(), created: world.outside.now(), ...rule }
  group.rules.push(added)
  group.updated = world.outside.now()
  return added
}

export interface FoundRule {
  group: SecurityGroup
  rule: SecurityGroupRule
}

export function allRules({ securityGroups }: Holdings): FoundRule[] {
  return [...securityGroups.values()].flatMap((group) => group.rules.map((rule) => ({ group, rule })))
}

export function ruleWithId(holdings: Holdings, id = ''): FoundRule {
  const found = allRules(holdings).find(({ rule }) => rule.id === id)
  if (!found) throw new Refusal(404, 'VPC.0612', `Neutron Error. Security group rule ${id} does not exist.`)
  return found
}

export function removeRule({ group, rule }: FoundRule, world: World): void {
  group.rules = group.rules.filter((other) => other !== rule)
  group.updated = world.outside.now()
}

export function groupWithId(groups: ReadonlyMap<string, SecurityGroup>, id = ''): SecurityGroup {
  const group = groups.get(id)
  if (!group) throw new Refusal(404, 'VPC.0603', `Security group ${id} does not exist.`)
  return group
}
