import { invalid, noSuchServer } from './ecs-refusals.ts'
import { filterOf } from './ecs-server-filters.ts'
import { absent, viewOf } from './ecs-server-view.ts'
import type { Query } from './query.ts'
import type { Server } from './servers.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

const DEFAULT_LIMIT = 25
const MOST = 1_000

export function showServer({ project, params }: Ask, world: World): Answer {
  const id = params.server_id ?? ''
  const holdings = world.holdings(project)
  const server = holdings.servers.get(id)
  if (!server) throw noSuchServer(id)
  return ok({ server: viewOf(server, holdings, world) })
}

/** Newest first. The count is of all that match, not of the page. */
export function listServersDetails({ project, query }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const { servers } = holdings
  const { limit, page } = pagingOf(query)
  const ids = query.all('server_id').flatMap((value) => value.split(',').filter((id) => id !== ''))
  if (ids.length > 0) {
    const rows = ids.map((id) => {
      const server = servers.get(id)
      return server ? viewOf(server, holdings, world) : absent(id, world.outside.now())
    })
    return ok({ count: rows.length, servers: rows })
  }
  const filter = filterOf(query)
  const found = [...servers.values()].filter(filter).reverse()
  const start = startOf(found, query, limit, page)
  const rows = found.slice(start, start + limit).map((server) => viewOf(server, holdings, world))
  return ok({ count: found.length, servers: rows })
}

/** `offset` is the number of a page, not of a row; 0 and 1 are both the first. */
function pagingOf(query: Query): { limit: number; page: number } {
  const limit = query.whole('limit', DEFAULT_LIMIT, 1)
  const page = query.whole('offset', 1)
  if (limit === undefined || limit > MOST) throw invalid(`limit must be from 1 to ${MOST}.`)
  if (page === undefined) throw invalid('offset must be a page number.')
  return { limit, page: Math.max(1, page) }
}

/** A marker, the last id of the page before, makes the offset irrelevant. */
function startOf(found: readonly Server[], query: Query, limit: number, page: number): number {
  const marker = query.get('marker')
  if (marker === undefined) return (page - 1) * limit
  const at = found.findIndex(({ id }) => id === marker)
  if (at < 0) throw invalid(`marker [${marker}] is not found.`)
  return at + 1
}
