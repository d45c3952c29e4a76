import { invalid } from './ecs-refusals.ts'
import { fuzzy, hasTag } from './ecs-server-filters.ts'
import { metadataOf } from './ecs-server-view.ts'
import type { Query } from './query.ts'
import { readingOf, type Server } from './servers.ts'
import type { World } from './world.ts'

type Test = (server: Server) => boolean

/** All that is asked must hold; nothing here widens a status. */
export function cloudFilterOf(query: Query, world: World): Test {
  const tests: Test[] = []
  const given = (name: string, test: (value: string) => Test) => {
    const value = query.get(name)
    if (value !== undefined) tests.push(test(value))
  }
  const ids = new Set(query.all('id').flatMap((value) => value.split(',').filter(Boolean)))
  if (ids.size > 0) tests.push(({ id }) => ids.has(id))
  given('name', (value) => {
    const pattern = fuzzy(value)
    return ({ name }) => pattern.test(name)
  })
  given('status', (value) => (server) => {
    return readingOf(server, server.task ? world.progress(server.task.jobId) : 1).status === value
  })
  given('flavor_name', (value) => (server) => server.flavor.id === value)
  given('image_id', (value) => (server) => server.imageId === value)
  given('metadata', (value) => {
    const at = value.indexOf('=')
    if (at < 1) throw invalid(`metadata [${value}] is not key=value.`)
    return (server) => metadataOf(server)[value.slice(0, at)] === value.slice(at + 1)
  })
  given('metadata-key', (value) => (server) => Object.hasOwn(metadataOf(server), value))
  given('tags', (value) => (server) => value.split(',').every((tag) => hasTag(server, tag)))
  given('not-tags', (value) => (server) => !value.split(',').some((tag) => hasTag(server, tag)))
  given('availability_zone', (value) => {
    const pattern = fuzzy(value)
    return ({ zone }) => pattern.test(zone)
  })
  given('availability_zone_eq', (value) => (server) => server.zone === value)
  given('charging_mode', (value) => (server) => {
    return server.chargingMode === value || chargeModes[server.chargingMode] === value.toLowerCase()
  })
  given('key_name', (value) => (server) => server.keyName === value)
  given('launched_since', (value) => {
    const since = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) ? Date.parse(value) : Number.NaN
    if (Number.isNaN(since)) throw invalid(`launched_since [${value}] is invalid.`)
    return ({ launched }) => launched !== undefined && launched >= since
  })
  given('enterprise_project_id', (value) => (server) => {
    return value === 'all_granted_eps' || server.enterpriseProjectId === value
  })
  // Neither a recycle bin nor bare-metal pods are imitated, so nothing is in them.
  given('in_recycle_bin', (value) => () => value !== 'true')
  given('spod_id', () => () => false)
  return (server) => tests.every((test) => test(server))
}

export const chargeModes = { '0': 'postpaid', '1': 'prepaid', '2': 'spot' } as const
