import { invalid, noSuchServer } from './ecs-refusals.ts'
import { canBecome, type Flavor, flavorsOf, flavorWithId, isUsable, linksOf, listOf } from './flavors.ts'
import { Refusal } from './refusal.ts'
import { regionOf } from './regions.ts'
import { type Answer, type Ask, ok, written } from './service.ts'
import type { World } from './world.ts'

/** Without a zone also what is sold out or withdrawn; with one, what can be had there. */
export function listFlavors({ project, region, query }: Ask): Answer {
  const zone = query.get('availability_zone')
  const id = query.get('flavor_id')
  const found = flavorsOf(region).filter(
    (flavor) =>
      (id === undefined || flavor.id === id) &&
      (zone === undefined || (region.zones.includes(zone) && isUsable(flavor, zone))),
  )
  return written(listOf(pageOf(found, flavorsOf(region), query), project, region))
}

/** What the server, or one of the source flavor, can become. Of the three ways to say which, the server wins. */
export function listResizeFlavors({ project, region, query }: Ask, world: World): Answer {
  const serverId = query.get('instance_uuid')
  const server = serverId === undefined ? undefined : world.holdings(project).servers.get(serverId)
  if (serverId !== undefined && !server) throw noSuchServer(serverId)
  const sourceId = server?.flavor.id ?? query.get('source_flavor_id') ?? query.get('source_flavor_name')
  if (sourceId === undefined)
    throw invalid('One of instance_uuid, source_flavor_id and source_flavor_name is needed.')
  const source = existing(flavorWithId(region, sourceId))
  const zones = server ? [server.zone] : region.zones
  const found = flavorsOf(region).filter(
    (flavor) => canBecome(source, flavor) && zones.some((zone) => isUsable(flavor, zone)),
  )
  const sorted = found.toSorted(orderOf(query.get('sort_key'), query.get('sort_dir')))
  return ok({
    flavors: pageOf(sorted, sorted, query).map((flavor) => {
      const { os_extra_specs, attachableQuantity: _, ...view } = flavor.view
      return { ...view, links: linksOf(flavor.id, project, region), extra_specs: os_extra_specs }
    }),
  })
}

/** Where so many can be had. Nothing runs out here but by name, so the number is only read. */
export function showFlavorCapacity({ region, query, params }: Ask): Answer {
  if (query.whole('count', 1, 1) === undefined) throw invalid('count is invalid.')
  const id = params.flavor_id ?? ''
  existing(flavorWithId(region, id))
  const wanted = query.all('region_ids').flatMap((ids) => ids.split(',').filter((each) => each !== ''))
  const among = wanted.length === 0 ? [region] : wanted.map(regionOf)
  const resources = among.flatMap((each) => {
    if (!each) throw invalid(`region_ids [${wanted.join(',')}] is invalid.`)
    const flavor = flavorWithId(each, id)
    return each.zones
      .filter((zone) => flavor && isUsable(flavor, zone))
      .map((zone, index) => ({ region_id: each.id, availability_zone: zone, prefer: index === 0 }))
  })
  return ok({ resources })
}

const DEFAULT_LIMIT = 1_000

/** `limit` rows of those found, behind the flavor named by `marker`, which need not itself be found. */
function pageOf(found: readonly Flavor[], all: readonly Flavor[], query: Ask['query']): readonly Flavor[] {
  const limit = query.whole('limit', DEFAULT_LIMIT)
  if (limit === undefined) throw invalid('limit is invalid.')
  const marker = query.get('marker')
  if (marker === undefined) return found.slice(0, limit)
  const at = all.findIndex(({ id }) => id === marker)
  if (at < 0) throw invalid(`marker [${marker}] is not found.`)
  const behind = new Set(all.slice(at + 1))
  return found.filter((flavor) => behind.has(flavor)).slice(0, limit)
}

const sortable: Record<string, (flavor: Flavor) => string | number> = {
  flavorid: ({ id }) => id,
  name: ({ id }) => id,
  memory_mb: ({ ram }) => ram,
  vcpus: ({ vcpus }) => vcpus,
  root_gb: () => 0,
}

function orderOf(key = 'flavorid', direction = 'asc'): (a: Flavor, b: Flavor) => number {
  const read = Object.hasOwn(sortable, key) ? sortable[key] : undefined
  if (!read) throw invalid(`sort_key [${key}] is invalid.`)
  if (direction !== 'asc' && direction !== 'desc') throw invalid(`sort_dir [${direction}] is invalid.`)
  const sign = direction === 'asc' ? 1 : -1
  return (a, b) => sign * (compare(read(a), read(b)) || compare(a.id, b.id))
}

const compare = <T>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0)

function existing(flavor: Flavor | undefined): Flavor {
  if (!flavor) throw new Refusal(400, 'Ecs.0029', 'The flavor does not exist.')
  return flavor
}
