import { flavorOf, type Instance, imageOf, tagsOf } from './facts.ts'

export type FilterName = 'status' | 'flavor' | 'image' | 'tag'

export const FILTERS: readonly FilterName[] = ['status', 'flavor', 'image', 'tag']

/** The chosen values of each; none means all. */
export type Filters = Readonly<Record<FilterName, readonly string[]>>

/** What an instance has that a filter looks at. */
export const VALUES: Readonly<Record<FilterName, (server: Instance) => readonly string[]>> = {
  status: ({ status }) => [status ?? 'UNKNOWN'],
  flavor: (server) => [flavorOf(server)],
  image: (server) => [imageOf(server), ...(server.metadata?.os_type ? [server.metadata.os_type] : [])],
  tag: tagsOf,
}

export function filtered(servers: readonly Instance[], filters: Filters): readonly Instance[] {
  const active = FILTERS.filter((name) => filters[name].length > 0)
  if (active.length === 0) return servers
  const wanted = active.map((name) => [VALUES[name], new Set(filters[name])] as const)
  return servers.filter((server) =>
    wanted.every(([valuesOf, values]) => valuesOf(server).some((value) => values.has(value))),
  )
}

export interface Option {
  value: string
  count: number
}

/** What there is to choose from, the commonest first; what is chosen is there even where nothing has it. */
export function optionsFor(
  name: FilterName,
  servers: readonly Instance[],
  chosen: readonly string[],
): readonly Option[] {
  const counts = new Map(chosen.map((value) => [value, 0]))
  for (const server of servers)
    for (const value of VALUES[name](server)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
}

/** Lists in the address are split at commas, which tags and names of images may have in them. */
export const inAddress = (values: readonly string[]): readonly string[] =>
  values.map((value) => value.replaceAll('%', '%25').replaceAll(',', '%2C'))

export const fromAddress = (values: readonly string[]): readonly string[] =>
  values.map((value) => value.replaceAll('%2C', ',').replaceAll('%25', '%'))
