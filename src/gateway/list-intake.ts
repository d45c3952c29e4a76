import type { Pair } from '../huaweicloud/cloud.ts'
import type { Violation } from './errors.ts'
import { type Grant, requireRegions } from './grants.ts'
import { type ListAsk, unknownFields } from './list-options.ts'
import type { FoundRegion, Regions } from './region-of.ts'
import type { Route } from './route.ts'

export interface ListIntake {
  readonly ask: ListAsk
  readonly regions?: Regions
}

/** What only lists take. A token for some regions makes of `*` those. */
export function readList(
  { list }: Route,
  fields: Record<string, unknown>,
  { several }: FoundRegion,
  projectId: unknown,
  grant: Grant | undefined,
): { regions?: Regions; violations: Violation[] } {
  if (!list) return { violations: [] }
  const allowed = several?.every && grant?.regions
  const regions = allowed ? { ...several, ids: several.ids.filter((id) => allowed.includes(id)) } : several
  return {
    ...(regions ? { regions } : {}),
    violations: [
      ...unknownFields(fields, list.item, several !== undefined),
      ...(several && projectId !== undefined
        ? [
            {
              field: 'projectId',
              description: 'is the project of one region and cannot stand beside several',
            },
          ]
        : []),
    ],
  }
}

/** Of the whole account's list, a token for some regions is told one region's part. */
export function narrowed(
  { list }: Route,
  passed: Pair[],
  regionId: string | undefined,
  grant: Grant | undefined,
): Pair[] {
  const parameter = list?.narrowedBy
  if (!parameter || !grant?.regions || !regionId) return passed
  const named = passed.filter(([name]) => name === parameter).map(([, value]) => value)
  requireRegions(grant, named.length > 0 ? named : [regionId])
  return named.length > 0 ? passed : [...passed, [parameter, regionId]]
}
