import type { Pair } from '../huaweicloud/cloud.ts'
import type { Endpoints, Service } from '../huaweicloud/endpoints.ts'
import { nearest } from '../nearest.ts'
import type { Violation } from './errors.ts'
import { canonicalRegion, spellingsOf } from './names.ts'
import type { Route } from './route.ts'

export interface FoundRegion {
  id?: string
  /** Several of them: those listed, or every one that the service answers in. */
  several?: Regions
  violations: Violation[]
}

export interface Regions {
  readonly ids: readonly string[]
  /** `*`: those of them that the account has opened. */
  readonly every: boolean
}

/**
 * The region a request is for, on lists also several, read against those of the route's service. Where it is missing, a parameter
 * of nearly its name (`regionid`), which would otherwise go to Huawei Cloud, is what was meant.
 */
export function regionOf(
  { needs, service = 'ecs', list }: Pick<Route, 'needs' | 'service' | 'list'>,
  given: unknown,
  endpoints: Endpoints,
  passed: readonly Pair[],
): FoundRegion {
  if (needs === 'none') return { violations: [] }
  if (given === undefined || given === '') {
    if (needs === 'global') return { violations: [] }
    const meant = passed.find(([name]) => nearest(name, spellingsOf(['regionId']), 1).length > 0)?.[0]
    const description = meant ? `is required, and spelled so, not ${meant}` : 'is required'
    return { violations: [{ field: 'regionId', description }] }
  }
  if (typeof given !== 'string')
    return { violations: [{ field: 'regionId', description: 'must be a string' }] }
  if (list && needs === 'regional' && given === '*')
    return { several: { ids: endpoints.regions(service), every: true }, violations: [] }
  if (list && needs === 'regional' && given.includes(',')) {
    const members = given
      .split(',')
      .map((member, index) => oneRegion(service, member, endpoints, `(number ${index + 1} of the list) `))
    const ids = [...new Set(members.flatMap(({ id }) => id ?? []))]
    return { several: { ids, every: false }, violations: members.flatMap(({ violations }) => violations) }
  }
  if (given === '*' || given.includes(',')) {
    const description = 'must be one region here: only lists of a region’s things take several'
    return { violations: [{ field: 'regionId', description, reason: 'UNKNOWN_REGION' }] }
  }
  return oneRegion(service, given, endpoints)
}

function oneRegion(service: Service, given: string, endpoints: Endpoints, which = ''): FoundRegion {
  const id = canonicalRegion(given)
  if (endpoints.knows(service, id)) return { id, violations: [] }
  const similar = endpoints.similar(service, id)
  const isElsewhere = endpoints.knows('iam', id) // which has every region
  const unknown = `${which}is unknown${isElsewhere ? ` to ${service}` : ''}`
  const description =
    similar.length > 0
      ? `${unknown}; did you mean ${similar.join(', ')}?`
      : `${unknown}; see GET /api/regions`
  return { violations: [{ field: 'regionId', description, reason: 'UNKNOWN_REGION', nearest: similar }] }
}
