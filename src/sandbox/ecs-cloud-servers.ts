import { cloudFilterOf } from './ecs-cloud-filters.ts'
import { cloudViewOf, readExpected } from './ecs-cloud-view.ts'
import { invalid } from './ecs-refusals.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

const DEFAULT_LIMIT = 10
const MOST = 100

/** The newer list: cursors, numbers as numbers, no count. Newest first. */
export function listCloudServers(ask: Ask, world: World): Answer {
  const { project, query, region } = ask
  const limit = query.whole('limit', DEFAULT_LIMIT, 1)
  if (limit === undefined || limit > MOST) throw invalid(`limit must be from 1 to ${MOST}.`)
  const expected = readExpected(query)
  const filter = cloudFilterOf(query, world)
  const holdings = world.holdings(project)
  const found = [...holdings.servers.values()].filter(filter).reverse()
  const marker = query.get('marker')
  const start = marker === undefined ? 0 : found.findIndex(({ id }) => id === marker) + 1
  if (marker !== undefined && start === 0) throw invalid(`marker [${marker}] is not found.`)
  const page = found.slice(start, start + limit)
  const last = page.at(-1)
  const more = last !== undefined && start + limit < found.length
  return ok({
    servers: page.map((server) => cloudViewOf(server, expected, holdings, world)),
    ...(more ? { servers_links: [{ href: nextOf(ask, region.id, last.id), rel: 'next' }] } : {}),
    request_id: ask.requestId,
  })
}

function nextOf({ path, query }: Ask, regionId: string, marker: string): string {
  const kept = query.pairs.filter(([name]) => name !== 'marker')
  const text = [...kept, ['marker', marker] as const]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  return `https://ecs.${regionId}.myhuaweicloud.com${path}?${text}`
}
