import type { AnswerOf } from '../../api/client.ts'

export const SERVICES = ['ecs', 'evs', 'vpc', 'ims'] as const
export type Service = (typeof SERVICES)[number]
export type QuotaAnswer = AnswerOf<'showQuotas'>

export interface Usage {
  /** As Huawei writes it: `subnet`, `gigabytes_SAS` … */
  kind: string
  /** Left out where Huawei tells the limit alone. */
  used?: number
  /** -1 is unlimited. */
  limit: number
  unit: 'count' | 'MiB' | 'GiB'
}

export type Level = 'unlimited' | 'limit' | 'none' | 'fine' | 'near' | 'full'

const NEAR = 0.8

export function levelOf({ used, limit }: Usage): Level {
  if (limit < 0) return 'unlimited'
  if (used === undefined) return 'limit'
  if (limit === 0 && used === 0) return 'none'
  if (used >= limit) return 'full'
  return used >= limit * NEAR ? 'near' : 'fine'
}

/** What one cares about first: the fuller the earlier, then what has no end, then what is a limit only. */
export function byFullness(a: Usage, b: Usage): number {
  return rank(b) - rank(a)
}

function rank(usage: Usage): number {
  const { used = 0, limit } = usage
  const level = levelOf(usage)
  if (level === 'unlimited') return used > 0 ? 0 : -1
  if (level === 'limit' || level === 'none') return -2
  return 1 + used / limit
}

/** Neither used nor limited: nothing to tell. */
export const isIdle = (usage: Usage): boolean => levelOf(usage) === 'unlimited' && !usage.used

/** Huawei tells each service's quotas in a shape of its own. */
export function usagesOf({ absolute, quotas, quota_set: disks }: QuotaAnswer): readonly Usage[] {
  return [
    ...serverUsages(absolute ?? {}),
    ...(quotas?.resources ?? []).flatMap(({ type: kind, used, quota: limit }) =>
      kind === undefined || limit === undefined
        ? []
        : [{ kind, limit, unit: 'count' as const, ...(used === undefined ? {} : { used }) }],
    ),
    ...diskUsages(disks ?? {}),
  ]
}

/** Pairs of names in the answer of ecs. Groups and addresses are told by vpc, which owns them. */
const USED_OF: Readonly<Record<string, string>> = {
  maxTotalInstances: 'totalInstancesUsed',
  maxTotalCores: 'totalCoresUsed',
  maxTotalRAMSize: 'totalRAMUsed',
  maxServerGroups: 'totalServerGroupsUsed',
  maxTotalSpotInstances: 'totalSpotInstancesUsed',
  maxTotalSpotCores: 'totalSpotCoresUsed',
  maxTotalSpotRAMSize: 'totalSpotRAMUsed',
}
const OF_VPC = new Set(['maxSecurityGroups', 'maxSecurityGroupRules', 'maxTotalFloatingIps'])

function serverUsages(absolute: Readonly<Record<string, unknown>>): readonly Usage[] {
  return Object.entries(absolute).flatMap(([kind, limit]) => {
    if (!kind.startsWith('max') || OF_VPC.has(kind) || typeof limit !== 'number') return []
    const used = absolute[USED_OF[kind] ?? '']
    const unit = kind.endsWith('RAMSize') ? 'MiB' : 'count'
    return [{ kind, limit, unit, ...(typeof used === 'number' ? { used } : {}) } satisfies Usage]
  })
}

function diskUsages(set: NonNullable<QuotaAnswer['quota_set']>): readonly Usage[] {
  return Object.entries(set).flatMap(([kind, value]) => {
    if (typeof value !== 'object' || value === null) return []
    const { limit, in_use: used = 0, reserved = 0 } = value as Record<string, number | undefined>
    if (limit === undefined) return []
    const unit = kind.includes('gigabytes') ? 'GiB' : 'count'
    // The largest that one disk may be: nothing uses it up.
    if (kind.startsWith('per_volume')) return [{ kind, limit, unit } satisfies Usage]
    return [{ kind, limit, unit, used: used + reserved } satisfies Usage]
  })
}

/** `volumes_SAS` is `volumes` of the type `SAS`. */
export function kindAndType(kind: string): { base: string; type?: string } {
  const [, base, type] = /^(volumes|gigabytes|snapshots)_(.+)$/.exec(kind) ?? []
  return base !== undefined && type !== undefined ? { base, type } : { base: kind }
}
