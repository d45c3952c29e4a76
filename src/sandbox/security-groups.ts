import { stableUuid } from './ids.ts'

export interface SecurityGroup {
  readonly id: string
  readonly created: number
  readonly enterpriseProjectId: string
  updated: number
  name: string
  description: string
  rules: SecurityGroupRule[]
}

export interface SecurityGroupRule {
  readonly id: string
  readonly created: number
  readonly direction: 'ingress' | 'egress'
  readonly ethertype: 'IPv4' | 'IPv6'
  readonly description: string
  readonly protocol?: string
  /** As the third version writes ports: `22,80,1000-2000`. */
  readonly multiport?: string
  readonly remoteGroupId?: string
  readonly remoteIpPrefix?: string
  readonly action: 'allow' | 'deny'
  readonly priority: number
  readonly enabled: boolean
}

/** The rules every group is born with: everything out, and in from its own members. */
export function bornRules(groupId: string, created: number): SecurityGroupRule[] {
  const common = { created, description: '', action: 'allow', priority: 100, enabled: true } as const
  return (['IPv4', 'IPv6'] as const).flatMap((ethertype): SecurityGroupRule[] => [
    { id: stableUuid(`${groupId} egress ${ethertype}`), direction: 'egress', ethertype, ...common },
    {
      id: stableUuid(`${groupId} ingress ${ethertype}`),
      direction: 'ingress',
      ethertype,
      remoteGroupId: groupId,
      ...common,
    },
  ])
}

export const isIcmp = (protocol: string | undefined): boolean =>
  ['icmp', 'icmpv6', '1', '58'].includes(protocol ?? '')

/** Of ICMP it is a type and perhaps a code, of others the least and the greatest port. */
export function multiportOf(
  least: number | undefined,
  greatest: number | undefined,
  protocol: string | undefined,
): string | undefined {
  if (least === undefined) return undefined
  if (greatest === undefined || (greatest === least && !isIcmp(protocol))) return String(least)
  return `${least}-${greatest}`
}

/** Undefined where a rule names no ports or several ranges, which older versions cannot show. */
export function portRangeOf({
  multiport,
  protocol,
}: Pick<SecurityGroupRule, 'multiport' | 'protocol'>): [number, number | undefined] | undefined {
  const [, least, greatest] = /^(\d+)(?:-(\d+))?$/.exec(multiport ?? '') ?? []
  if (least === undefined) return undefined
  if (greatest !== undefined) return [Number(least), Number(greatest)]
  return [Number(least), isIcmp(protocol) ? undefined : Number(least)]
}

const sameness = [
  'direction',
  'ethertype',
  'protocol',
  'multiport',
  'remoteGroupId',
  'remoteIpPrefix',
] as const

export const isSameRule = (a: Partial<SecurityGroupRule>, b: Partial<SecurityGroupRule>): boolean =>
  sameness.every((field) => a[field] === b[field]) && a.action === b.action && a.priority === b.priority
