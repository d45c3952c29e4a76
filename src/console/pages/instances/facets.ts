import type { Facet } from '../../parts/table/facets.ts'
import type { Catalog } from '../../text/en.ts'
import { flavorOf, type Instance, imageOf, tagsOf } from './facts.ts'

/** What instances are narrowed by. */
export function facetsOf({ instances, statuses }: Catalog): readonly Facet<Instance>[] {
  const { columns: names } = instances
  const words: Readonly<Record<string, string>> = statuses
  return [
    {
      id: 'status',
      name: names.status,
      valuesOf: ({ status }) => [status ?? 'UNKNOWN'],
      labelOf: (value) => words[value] ?? value,
    },
    { id: 'flavor', name: names.flavor, valuesOf: (server) => [flavorOf(server)] },
    {
      id: 'image',
      name: names.image,
      valuesOf: (server) => [imageOf(server), ...(server.metadata?.os_type ? [server.metadata.os_type] : [])],
    },
    { id: 'tag', name: names.tags, valuesOf: tagsOf },
  ]
}
