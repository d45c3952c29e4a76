import type { IncomingMessage } from 'node:http'
import type { Pair } from '../wire/signature.ts'
import type { Gate } from './authenticate.ts'
import { type Host, readHost } from './host.ts'
import { type Project, projectOfRegion, projectWithId } from './projects.ts'
import { Query, readQuery } from './query.ts'
import { GatewayRefusal, malformed, notPublished, Refusal, wrongMethod } from './refusal.ts'
import { type Region, regionOf } from './regions.ts'
import type { Reply } from './reply.ts'
import { type Found, findRoute, services } from './routes.ts'
import type { Ask, Service, ServiceName } from './service.ts'
import type { World } from './world.ts'

const URI_LIMIT = 32 * 1024
const HEADER_LIMIT = 32 * 1024
const HEADERS_LIMIT = 128 * 1024

export type Front = (request: IncomingMessage, body: Buffer, requestId: string) => Reply

/** The life of a request: sizes, place, signature, project, handler. Whatever goes wrong becomes an answer. */
export function buildFront(world: World, gate: Gate, report: (thrown: unknown) => void): Front {
  return (request, body, requestId) => {
    let service: Service | undefined
    try {
      const headers = pairsOf(request.rawHeaders)
      refuseOversize(request.url ?? '/', headers)
      const { path, query } = readTarget(request.url ?? '/')
      const host = readHost(request.headers.host ?? '')
      const route = routeOf(host, request.method ?? 'GET', path)
      service = route.service
      const signed = { method: request.method ?? 'GET', path, query, headers, body }
      const meant = new Query(gate.admit(signed, world.outside.now()))
      const place = placeOf(host, route, request.headers['x-project-id'])
      const ask = buildAsk(request, body, requestId, path, meant, host, route, place)
      const answer = route.row.handle(ask, world)
      return { status: answer.status, headers: headersOf(route.service), body: answer.body }
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) report(thrown)
      return replyTo(thrown, service, requestId)
    }
  }
}

function pairsOf(raw: readonly string[]): Pair[] {
  const pairs: Pair[] = []
  for (let at = 0; at < raw.length; at += 2) pairs.push([raw[at] ?? '', raw[at + 1] ?? ''])
  return pairs
}

function refuseOversize(url: string, headers: readonly Pair[]): void {
  if (url.length > URI_LIMIT) throw malformed(414)
  const sizes = headers.map(([name, value]) => name.length + value.length + 4)
  if (sizes.some((size) => size > HEADER_LIMIT)) throw malformed(494)
  if (sizes.reduce((sum, size) => sum + size, 0) > HEADERS_LIMIT) throw malformed(494)
}

function readTarget(url: string): { path: string; query: Pair[] } {
  // Proxies are handed a whole URL; what is signed is its path.
  const target = url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/#.*$/, '')
  const at = target.indexOf('?')
  const path = at < 0 ? target : target.slice(0, at)
  try {
    decodeURIComponent(path)
    return { path, query: readQuery(at < 0 ? '' : target.slice(at + 1)) }
  } catch {
    throw malformed()
  }
}

function routeOf(host: Host, method: string, path: string): Found {
  if (host.kind === 'unknown') throw notPublished()
  const among: ServiceName[] = host.kind === 'service' ? [host.service] : services.map(({ name }) => name)
  const found = findRoute(among, method, path)
  if (found === undefined) throw notPublished()
  if (found === 'wrong-method') throw wrongMethod()
  return found
}

interface Place {
  region: Region
  project: Project
}

/**
 * The project the request is for: the one in the path, else the one in the header, else the region's own.
 * What names one that is not the caller's, or not in this region, is refused in the service's words.
 */
function placeOf(host: Host, { service, params }: Found, header: string | string[] | undefined): Place {
  const hostRegion = host.kind === 'service' ? host.region : undefined
  const inHeader = Array.isArray(header) ? header[0] : header
  const fallback = hostRegion ?? regionOf('cn-north-4')
  if (!fallback) throw new Error('no region to fall back on')
  if (service.name === 'iam') return { region: fallback, project: projectOfRegion(fallback) }

  const stated = params.project_id ?? inHeader
  if (stated === undefined) return { region: fallback, project: projectOfRegion(fallback) }
  const project = projectWithId(stated)
  const region = project?.region
  if (!project || !region || (hostRegion && region !== hostRegion)) throw service.otherProject(stated)
  if (inHeader !== undefined && inHeader !== stated) throw service.otherProject(stated)
  return { region, project }
}

function buildAsk(
  request: IncomingMessage,
  body: Buffer,
  requestId: string,
  path: string,
  query: Query,
  host: Host,
  { service, params }: Found,
  place: Place,
): Ask {
  return {
    method: request.method ?? 'GET',
    path,
    query,
    params,
    requestId,
    service: service.name,
    bareHost: host.kind === 'bare',
    ...place,
    body,
    header(name) {
      const value = request.headers[name]
      return Array.isArray(value) ? value[0] : value
    },
    object: () => readObject(body, service),
  }
}

function readObject(body: Buffer, service: Service): Record<string, unknown> {
  if (body.length === 0) throw service.unreadable('empty')
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw service.unreadable('broken')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw service.unreadable('broken')
  return value as Record<string, unknown>
}

function headersOf(service: Service): Record<string, string> {
  return { 'Content-Type': service.contentType, ...service.headers }
}

function replyTo(thrown: unknown, service: Service | undefined, requestId: string): Reply {
  const refusal =
    thrown instanceof Refusal ? thrown : new GatewayRefusal(500, 'APIGW.0601', 'Internal server error.')
  if (service && !(refusal instanceof GatewayRefusal))
    return {
      status: refusal.status,
      headers: headersOf(service),
      body: JSON.stringify(service.shape(refusal)),
    }
  const { message, code } = refusal
  return {
    status: refusal.status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ error_msg: message, error_code: code, request_id: requestId }),
  }
}
