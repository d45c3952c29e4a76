import type { Project } from './projects.ts'
import { Query, readQuery } from './query.ts'
import { findRoute } from './routes.ts'
import type { ServiceName } from './service.ts'
import type { World } from './world.ts'

/** Asks a service from within, with no signature and nobody listening; throws what it refuses with. */
export function askWithin(
  world: World,
  project: Project,
  service: ServiceName,
  method: string,
  target: string,
  body?: object,
): unknown {
  const { region } = project
  const [path = '', query = ''] = target.replace('{project_id}', project.id).split('?')
  const found = findRoute([service], method, path)
  if (!region || found === undefined || found === 'wrong-method') throw new Error(`no route for ${target}`)
  const { status, body: text } = found.row.handle(
    {
      method,
      path,
      query: new Query(readQuery(query)),
      params: found.params,
      requestId: '',
      service,
      bareHost: false,
      region,
      project,
      body: Buffer.from(body ? JSON.stringify(body) : ''),
      header: () => undefined,
      object: () => structuredClone(body) as Record<string, unknown>,
    },
    world,
  )
  return text === undefined ? { status } : JSON.parse(text)
}
