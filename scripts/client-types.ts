import { listOptions } from '../src/gateway/list-options.ts'
import { isCreate } from '../src/gateway/openapi/parameters.ts'
import { pathNames, type Route } from '../src/gateway/route.ts'
import { routes } from '../src/gateway/routes/index.ts'
import { apiTypes } from './api-types.ts'

/** For the typed client: the same types, and a row for each operation that its methods are made of. */
export async function clientTypes(): Promise<string> {
  const faults = routes.flatMap(collisions)
  if (faults.length > 0) throw new TypeError(faults.join('; '))
  const rows = routes.map((route) => `  ${route.name}: { ${facts(route).join(', ')} },`)
  return `${await apiTypes()}\nexport const operations = {\n${rows.join('\n')}\n} as const satisfies Record<keyof Operations, object>\n`
}

function facts(route: Route): string[] {
  const { method, path, list, job, produces } = route
  const listing = list?.operation.listing
  return [
    `method: '${method}'`,
    `path: '${path}'`,
    ...(listing ? [`items: '${listing.items}'`, `pages: '${listing.pages.by}'`] : []),
    ...(job ? ['job: true'] : []),
    ...(isCreate(route) ? ['key: true'] : []),
    ...(produces ? ['events: true'] : []),
  ]
}

/** The client takes path, query and body in one object, so a name must stand in one place. */
function collisions({ name, path, fields, list, needs }: Route): string[] {
  const inPath = pathNames(path)
  const names = [
    ...inPath,
    ...Object.keys(fields.properties).filter((one) => !inPath.includes(one)),
    ...(needs === 'none' ? [] : ['regionId', 'projectId']),
    ...(list ? Object.keys(listOptions) : []),
  ]
  return names
    .filter((one, index) => names.indexOf(one) < index)
    .map((one) => `${name} takes ${one} in two places`)
}
