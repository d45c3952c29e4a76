import type { IncomingMessage } from 'node:http'
import type { Pair } from '../wire/signature.ts'
import type { Token } from './access.ts'
import { type Admitted, admit } from './authenticate.ts'
import { type Host, readHost } from './host.ts'
import { type Place, placeOf } from './place.ts'
import { Query, readQuery } from './query.ts'
import { GatewayRefusal, imitationRefused, malformed, notPublished, Refusal, wrongMethod } from './refusal.ts'
import type { Reply } from './reply.ts'
import { type Found, findRoute, services } from './routes.ts'
import type { Ask, Service, ServiceName } from './service.ts'
import type { World } from './world.ts'

const URI_LIMIT = 32 * 1024
const HEADER_LIMIT = 32 * 1024
const HEADERS_LIMIT = 128 * 1024

/** What is read of a request; also what is kept of it, to be answered once more after a crash. */
export type Heard = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>

/** Looks on while a request is answered. Throwing a refusal makes it the answer. */
export interface Watcher {
  /** The caller is admitted and it is known what it wants and where. */
  placed(found: Found, place: Place): void
  worked(): void
  refused(refusal: Refusal): void
}

export type Front = (request: Heard, body: Buffer, requestId: string, watcher: Watcher) => Reply

/** The life of a request: sizes, place, signature, project, handler. Whatever goes wrong becomes an answer. */
export function buildFront(world: World, report: (thrown: unknown) => void): Front {
  return (request, body, requestId, watcher) => {
    let service: Service | undefined
    try {
      const headers = pairsOf(request.rawHeaders)
      refuseOversize(request.url ?? '/', headers)
      const { path, query } = readTarget(request.url ?? '/')
      const host = readHost(request.headers.host ?? '')
      const route = routeOf(host, request.method ?? 'GET', path)
      service = route.service
      const signed = { method: request.method ?? 'GET', path, query, headers, body }
      const { token, ...admitted }: Admitted = route.row.open ? { query } : admit(signed, world)
      const place = placeOf(world, host, route, headerOf(request, 'x-project-id'), token?.scope)
      const meant = new Query(admitted.query)
      const ask = buildAsk(request, body, requestId, path, meant, host, route, place, token)
      watcher.placed(route, place)
      const answer = route.row.handle(ask, world)
      watcher.worked()
      return {
        status: answer.status,
        headers: { ...headersOf(route.service), ...answer.headers },
        body: answer.body,
      }
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) report(thrown)
      const refusal = thrown instanceof Refusal ? thrown : crashed()
      watcher.refused(refusal)
      return replyTo(refusal, service, { path: (request.url ?? '/').replace(/[?#].*$/s, ''), requestId })
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
  if (host.kind === 'other') throw imitationRefused(`The service ${host.service}`)
  const among: ServiceName[] = host.kind === 'service' ? [host.service] : services.map(({ name }) => name)
  const found = findRoute(among, method, path)
  if (found === undefined) throw notPublished()
  if (found === 'wrong-method') throw wrongMethod()
  return { ...found, service: { ...found.service, ...found.row.manner } }
}

function buildAsk(
  request: Heard,
  body: Buffer,
  requestId: string,
  path: string,
  query: Query,
  host: Host,
  { service, params }: Found,
  place: Place,
  token: Token | undefined,
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
    ...(token ? { token } : {}),
    body,
    header: (name) => headerOf(request, name),
    object: () => readObject(body, service),
  }
}

function headerOf(request: Heard, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
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

const crashed = () => new GatewayRefusal(500, 'APIGW.0601', 'Internal server error.')

function replyTo(
  refusal: Refusal,
  service: Service | undefined,
  asked: { path: string; requestId: string },
): Reply {
  if (service && !(refusal instanceof GatewayRefusal))
    return {
      status: refusal.status,
      headers: headersOf(service),
      body: JSON.stringify(service.shape(refusal, asked)),
    }
  const { message, code } = refusal
  return {
    status: refusal.status,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ error_msg: message, error_code: code, request_id: asked.requestId }),
  }
}
