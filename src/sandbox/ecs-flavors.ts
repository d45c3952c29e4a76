import { invalid } from './ecs-refusals.ts'
import { flavorsOf, isOnSale, saleIn } from './flavors.ts'
import { type Answer, type Ask, written } from './service.ts'

/** Without a zone also what is sold out or withdrawn; with one, what can be had there. */
export function listFlavors({ project, region, query }: Ask): Answer {
  const zone = query.get('availability_zone')
  const id = query.get('flavor_id')
  const marker = query.get('marker')
  const limit = query.whole('limit', DEFAULT_LIMIT)
  if (limit === undefined) throw invalid('limit is invalid.')

  const flavors = flavorsOf(project, region)
  const start = marker === undefined ? 0 : flavors.findIndex((flavor) => flavor.id === marker) + 1
  if (marker !== undefined && start === 0) throw invalid(`marker [${marker}] is not found.`)
  const found = flavors
    .slice(start)
    .filter(
      (flavor) =>
        (id === undefined || flavor.id === id) &&
        (zone === undefined || (region.zones.includes(zone) && isUsable(saleIn(flavor, zone)))),
    )
  return written(
    `{"flavors":[${found
      .slice(0, limit)
      .map(({ json }) => json)
      .join(',')}]}`,
  )
}

const DEFAULT_LIMIT = 1_000

const isUsable = (state: string) => isOnSale(state) || state === 'obt'
