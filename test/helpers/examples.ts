import { type Example, pathNames, type Route } from '../../src/gateway/route.ts'
import { routes } from '../../src/gateway/routes/index.ts'
import { ask, type Got } from './house.ts'

/** Of the built-in sandbox. */
export const sandboxKeys = {
  'x-access-key': 'SANDBOXACCESSKEY0001',
  'x-secret-key': 'SandboxSecretKeyForLocalUseOnly000000001',
}

/** Where examples play that do not say where. */
export const EXAMPLE_REGION = 'cn-east-2'

export interface ExampleRequest {
  method: string
  /** With its query. */
  path: string
  body?: Record<string, unknown>
}

/** The request of an example, without its keys. Values of names in the path, query and body come from its `fields`. */
export function requestOf(route: Route, example: Example = route.example): ExampleRequest {
  const { method, path, needs } = route
  const region = example.regionId ?? (needs === 'regional' ? EXAMPLE_REGION : undefined)
  const inPath = pathNames(path)
  const { fields = {} } = example
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(fields[name])))
  const rest = {
    ...(region === undefined || needs === 'none' ? {} : { regionId: region }),
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => !inPath.includes(name))),
  }
  if (method === 'POST' || method === 'PUT') return { method, path: filled, body: rest }
  const query = new URLSearchParams(
    Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
  )
  return { method, path: query.size > 0 ? `${filled}?${query}` : filled }
}

export function routeNamed(name: string): Route {
  const found = routes.find((route) => route.name === name)
  if (!found) throw new TypeError(`no route is called ${name}`)
  return found
}

/**
 * Makes the calls that an example comes after, one by one, and gives the example with what was taken from them. What an
 * earlier call gave also stands in for later ones' fields of the same name.
 */
export async function prepared(
  url: string,
  route: Route,
  keys: Record<string, string>,
): Promise<{ example: Example; before: Got[] }> {
  const { example } = route
  const taken: Record<string, unknown> = {}
  const before: Got[] = []
  for (const { call, take = {}, wait } of example.after ?? []) {
    const earlier = routeNamed(call)
    const known = Object.keys(earlier.fields.properties)
    const fields = {
      ...earlier.example.fields,
      ...Object.fromEntries(Object.entries(taken).filter(([name]) => known.includes(name))),
    }
    const regionId = example.regionId ?? earlier.example.regionId ?? EXAMPLE_REGION
    const request = requestOf(earlier, { fields, regionId })
    const got = await sendRequest(url, request, { ...keys, ...(wait ? { prefer: 'wait=30' } : {}) })
    before.push(got)
    for (const [name, path] of Object.entries(take)) taken[name] = valueAt(got.json?.data?.value, path)
  }
  return { example: { ...example, fields: { ...example.fields, ...taken } }, before }
}

export const sendRequest = (
  url: string,
  { method, path, body }: ExampleRequest,
  headers: Record<string, string>,
): Promise<Got> =>
  ask(`${url}${path}`, {
    method,
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })

const valueAt = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
      value,
    )
