import { setMaxListeners } from 'node:events'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Cloud } from '../huaweicloud/cloud.ts'
import type { Outside } from '../outside.ts'
import { corsHeaders, isPreflight, PREFLIGHT_HEADERS } from './cors.ts'
import { shown } from './credentials.ts'
import type { Deadlines } from './deadline.ts'
import { GatewayError } from './errors.ts'
import { buildTokenCheck, type Vault } from './grants.ts'
import { buildGuard, type GuardSettings, type Kind } from './guard.ts'
import { handler } from './handle.ts'
import { standardHeaders } from './headers.ts'
import { isJsonType, readJson } from './json-body.ts'
import type { Logger, RequestLine } from './log.ts'
import { keepMetrics } from './metrics-kept.ts'
import { mountMetrics } from './metrics-served.ts'
import { nothingHere, strays } from './not-found.ts'
import { mountPages } from './pages.ts'
import { mountRaw } from './raw.ts'
import { refuse, refuseUnparsed } from './refuse.ts'
import { mountedPath } from './route.ts'
import { routes } from './routes/index.ts'
import { mountSandboxControl, type SandboxControl } from './sandbox-control.ts'
import { type Listeners, listenersFor } from './server.ts'
import { Stopwatch } from './stopwatch.ts'

export interface GatewaySettings {
  cloud: Cloud
  outside: Outside
  log: Logger
  guard: Omit<GuardSettings, 'scheme' | 'ports'>
  deadlines: Deadlines
  /** Whether keys in a query are taken. */
  keysInUrl: boolean
  /** Opens gateway tokens; left out, none is known. */
  vault?: Vault
  version: string
  tls?: { cert: string; key: string }
  sandbox?: SandboxControl
}

export interface Gateway {
  readonly app: FastifyInstance
  readonly listeners: Listeners
  /** From now on `/readyz` answers 503 and connections end with their answer. */
  drain(): void
  close(): Promise<void>
}

const BODY_LIMIT = 256 * 1024

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `api` if left out. */
    kind?: Kind
  }
}

/** Our HTTP API. Reads from top to bottom as the life of a request. */
export async function buildGateway(settings: GatewaySettings): Promise<Gateway> {
  const { cloud, outside, log, version } = settings
  const drained = new AbortController()
  setMaxListeners(0, drained.signal)
  const listeners = listenersFor(settings.tls, (error, socket) => refuseUnparsed(error, socket, outside.uuid))
  const metrics = keepMetrics(version)
  /** One line a request: when its answer is out, or, where its caller left before, when its outcome is known. */
  const begin = (request: FastifyRequest, reply: FastifyReply) => {
    request.notes = {
      startedAt: outside.elapsed(),
      answered: false,
      secrets: [],
      upstream: new Stopwatch(outside),
    }
    const { socket } = request.raw
    metrics.began(socket)
    reply.raw.on('error', () => {}) // a caller that has gone is no bug of ours
    reply.raw.once('close', () => {
      metrics.ended(socket)
      if (request.notes.answered) tell(request, reply)
    })
  }
  const tell = ({ id, method, notes, is404, routeOptions }: FastifyRequest, { raw }: FastifyReply) => {
    const line: RequestLine = {
      method,
      route: is404 ? 'none' : (routeOptions.url ?? 'none'),
      status: raw.statusCode,
      requestId: id,
      ms: Math.round((outside.elapsed() - notes.startedAt) * 10) / 10,
    }
    const caller = shown(notes)
    if (notes.reason) line.reason = notes.reason
    if (caller) line.caller = caller
    if (notes.upstreamRequestId) line.upstreamRequestId = notes.upstreamRequestId
    if (notes.upstream.ms !== undefined) line.upstreamMs = Math.round(notes.upstream.ms * 10) / 10
    log.info(line)
    metrics.tell(line)
  }
  const app = Fastify({
    serverFactory: listeners.create,
    bodyLimit: BODY_LIMIT,
    // Our own line a request names the route; the library's would name the URL, which may hold keys.
    logger: false,
    genReqId: () => outside.uuid(),
    requestIdHeader: false,
    exposeHeadRoutes: false,
    routerOptions: { querystringParser: () => ({}), maxParamLength: 1_000, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => {
      begin(request, reply)
      request.notes.answered = true
      reply.headers(standardHeaders(request.id))
      refuse(error, request, reply, log)
    },
  })
  const guard = buildGuard({
    ...settings.guard,
    scheme: settings.tls ? 'https' : 'http',
    ports: () => listeners.ports(),
  })

  app.decorateRequest('notes')
  app.addHook('onRequest', async (request, reply) => {
    begin(request, reply)
    reply.headers({
      ...standardHeaders(request.id),
      ...corsHeaders(request.raw, settings.guard.allowedOrigins),
    })
    if (drained.signal.aborted) reply.header('connection', 'close')
    const kind = request.routeOptions.config?.kind ?? 'api'
    guard(request.raw, kind)
    if (drained.signal.aborted && kind !== 'probe')
      throw new GatewayError('SHUTTING_DOWN', { headers: { 'retry-after': '1' } })
    if (isPreflight(request.raw)) return reply.code(204).headers(PREFLIGHT_HEADERS).send()
  })
  app.addHook('onRequest', buildTokenCheck(settings.vault))
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    const { 'content-type': type, 'content-encoding': encoding } = request.headers
    if (!isJsonType(type) || (encoding && encoding !== 'identity'))
      return done(new GatewayError('UNSUPPORTED_CONTENT_TYPE'))
    // Many clients name the type of a body they do not send.
    if (body.length === 0) return done(null)
    try {
      done(null, readJson(body as Buffer))
    } catch (error) {
      done(error as Error)
    }
  })

  mountPages(app, { version, sandbox: settings.sandbox, isReady: () => !drained.signal.aborted })
  mountMetrics(app, metrics)
  for (const route of routes)
    app.route({
      method: route.method,
      url: mountedPath(route.path),
      config: { scope: route.scope },
      handler: handler(route, { ...settings, drained: drained.signal }),
    })
  for (const stray of strays)
    app.route({
      ...stray,
      config: { scope: 'open' },
      handler: async (request) => {
        throw nothingHere(request, app)
      },
    })
  mountRaw(app, settings)
  if (settings.sandbox) mountSandboxControl(app, settings.sandbox)

  app.setNotFoundHandler(async (request) => {
    throw nothingHere(request, app)
  })
  app.setErrorHandler((thrown, request, reply) => refuse(thrown, request, reply, log))
  app.addHook('onSend', (request, reply, payload, done) => {
    request.notes.answered = true
    if (reply.raw.closed) tell(request, reply)
    done(null, payload)
  })
  await app.ready()

  return {
    app,
    listeners,
    drain: () => {
      drained.abort()
    },
    async close() {
      drained.abort()
      await listeners.close()
      await app.close()
      await cloud.close()
      metrics.close()
    },
  }
}
