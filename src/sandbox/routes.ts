import findMyWay, { type HTTPMethod } from 'find-my-way'
import operations from './data/operations.json' with { type: 'json' }
import { ecs } from './ecs.ts'
import { evs } from './evs.ts'
import { iam } from './iam.ts'
import { ims } from './ims.ts'
import { imitationRefused } from './refusal.ts'
import type { Method, Row, Service, ServiceName } from './service.ts'
import { vpc } from './vpc.ts'

/** In the order in which a path on a bare host is tried. */
export const services: readonly Service[] = [iam, ecs, ims, vpc, evs]

export interface Found {
  service: Service
  row: Row
  params: Record<string, string>
}

/** The operation at this place, `wrong-method` when the path has others, undefined when there is none. */
export function findRoute(
  among: readonly ServiceName[],
  method: string,
  path: string,
): Found | 'wrong-method' | undefined {
  for (const service of services) {
    if (!among.includes(service.name)) continue
    const found = routerOf(service).find(method as HTTPMethod, path)
    if (found) return { service, row: found.store as Row, params: found.params as Record<string, string> }
  }
  const elsewhere = services.some(
    (service) =>
      among.includes(service.name) && methods.some((other) => routerOf(service).find(other, path) !== null),
  )
  return elsewhere ? 'wrong-method' : undefined
}

/** What a service really offers and we do not imitate; answering 404 to these would be a lie. */
export function notImitated(service: Service): Row[] {
  const imitated = new Set(service.rows.map((row) => placeOf(row.method, row.path)))
  return Object.entries(operations[service.name])
    .map(([name, place]) => [name, ...place.split(' ')] as [string, Method, string])
    .filter(([, method, path]) => !imitated.has(placeOf(method, path)))
    .map(([name, method, path]) => ({
      name,
      method,
      path,
      handle: () => refuseToImitate(name, method, path),
    }))
}

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Built when a service is first asked: a command that asks one service once waits for no other's hundreds of routes. */
const routers = new Map<ServiceName, ReturnType<typeof buildRouter>>()

function routerOf(service: Service) {
  const known = routers.get(service.name)
  if (known) return known
  const built = buildRouter(service)
  routers.set(service.name, built)
  return built
}

function buildRouter(service: Service) {
  const router = findMyWay({ maxParamLength: 1_000 })
  const taken = new Set<string>()
  for (const row of [...service.rows, ...notImitated(service)]) {
    const place = placeOf(row.method, row.path)
    if (taken.has(place)) continue
    taken.add(place)
    router.on(row.method, row.path.replace(/\{(\w+)\}/g, ':$1'), () => {}, row)
  }
  return router
}

/** Names of parameters do not tell two places apart. */
export function placeOf(method: string, path: string): string {
  return `${method} ${path.replace(/\{\w+\}/g, '{}')}`
}

function refuseToImitate(name: string, method: string, path: string): never {
  throw imitationRefused(`${name} (${method} ${path})`)
}
