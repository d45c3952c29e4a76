import { baseOf } from './catalog.ts'
import { Refusal } from './refusal.ts'
import type { Ask, Manner } from './service.ts'

const faults: Record<number, string> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  409: 'conflictingRequest',
  413: 'overLimit',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
}

export const badRequest = (message: string) => new Refusal(400, '400', message)
export const forbidden = (message: string) => new Refusal(403, '403', message)
export const itemNotFound = (message: string) => new Refusal(404, '404', message)
export const conflict = (message: string) => new Refusal(409, '409', message)

/** In Nova's own shape: its clients cannot read the gateway's. */
export const notImitated = (what: string) =>
  new Refusal(501, '501', `${what} is not imitated in this sandbox, though Huawei Cloud may have it.`)

/** Compute as OpenStack speaks it, on the host of ECS: https://docs.openstack.org/api-guide/compute/faults.html */
export const novaManner: Manner = {
  contentType: 'application/json',
  // Whatever version is asked for, it is the oldest that answers.
  headers: {
    'OpenStack-API-Version': 'compute 2.1',
    'X-OpenStack-Nova-API-Version': '2.1',
    Vary: 'OpenStack-API-Version, X-OpenStack-Nova-API-Version',
  },
  shape: ({ status, message }) => ({ [faults[status] ?? 'computeFault']: { message, code: status } }),
  otherProject: (id) =>
    badRequest(`Malformed request URL: URL's project_id '${id}' doesn't match Context's project_id`),
  unreadable: () => badRequest('Malformed request body'),
}

/** Of a thing by itself, and of the same thing apart from any version. */
export function linksTo(ask: Ask, path: string) {
  const base = baseOf(ask, 'ecs', ask.region.id)
  return [
    { rel: 'self', href: `${base}/v2.1/${ask.project.id}${path}` },
    { rel: 'bookmark', href: `${base}/${ask.project.id}${path}` },
  ]
}

/** A page of rows between a marker and a limit, and the way to the next if there is one. */
export function pageOf<T extends { id: string }>(
  ask: Ask,
  rows: readonly T[],
  name: string,
): { page: readonly T[]; links: Record<string, unknown> } {
  const limit = ask.query.whole('limit', MOST, 0)
  if (limit === undefined) throw badRequest('limit param must be an integer')
  const marker = ask.query.get('marker')
  const start = marker === undefined ? 0 : rows.findIndex(({ id }) => id === marker) + 1
  if (marker !== undefined && start === 0) throw badRequest(`marker [${marker}] not found`)
  const page = rows.slice(start, start + Math.min(limit, MOST))
  const last = page.at(-1)
  if (!last || start + page.length >= rows.length) return { page, links: {} }
  const kept = ask.query.pairs.filter(([each]) => each !== 'marker')
  const query = [...kept, ['marker', last.id] as const]
    .map(([each, value]) => `${encodeURIComponent(each)}=${encodeURIComponent(value)}`)
    .join('&')
  const href = `${baseOf(ask, 'ecs', ask.region.id)}${ask.path}?${query}`
  return { page, links: { [`${name}_links`]: [{ rel: 'next', href }] } }
}

const MOST = 1_000
