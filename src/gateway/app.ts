import { setMaxListeners } from 'node:events'
import Fastify, { type FastifyInstance } from 'fastify'
import { type Agents, mountAgents } from './agent-door.ts'
import { mountApprovals } from './approval-calls.ts'
import { buildCache, type CacheSettings } from './cache.ts'
import { buildCompression, type CompressionSettings } from './compression.ts'
import { corsHeaders, isPreflight, PREFLIGHT_HEADERS } from './cors.ts'
import { expectBody } from './cut-off.ts'
import type { Deadlines } from './deadline.ts'
import type { DrainTimes } from './drain.ts'
import { GatewayError } from './errors.ts'
import { goOn } from './go-on.ts'
import { buildTokenCheck, type Vault } from './grants.ts'
import { buildGuard, type GuardSettings, type Kind, LONGEST_URL } from './guard.ts'
import { handedOver } from './handed-over.ts'
import { handler } from './handle.ts'
import { standardHeaders } from './headers.ts'
import { type AskInside, agentOf, askerInside, type Sender } from './inside.ts'
import { mountJsonParser } from './json-parser.ts'
import { mountMetrics } from './metrics-served.ts'
import type { Numbers } from './metrics-sum.ts'
import { nothingHere, strays } from './not-found.ts'
import { mountPages } from './pages.ts'
import { quickWay } from './quick-way.ts'
import { buildRateLimits, type Rates } from './rate-limits.ts'
import { mountRaw } from './raw.ts'
import { refuse } from './refuse.ts'
import { requestAccount } from './request-account.ts'
import { mountedPath } from './route.ts'
import { routes } from './routes/index.ts'
import { mountSandboxControl, type SandboxControl } from './sandbox-control.ts'
import type { Listeners } from './server.ts'
import { buildThreshold, type Threshold, type ThresholdSettings } from './threshold.ts'
import { workUnderWay } from './work-under-way.ts'

export interface GatewaySettings extends Omit<ThresholdSettings, 'allowedOrigins'> {
  guard: Omit<GuardSettings, 'scheme' | 'ports'>
  deadlines: Deadlines
  rates: Rates
  /** Whether keys in a query are taken. */
  keysInUrl: boolean
  /** Opens gateway tokens; left out, none is known. */
  vault?: Vault
  drain: DrainTimes
  sandbox?: SandboxControl
  /** Whether the console is served, or the folder it is in. Left out, it is not. */
  console?: boolean | string
  /** What `/metrics` answers where several processes serve together; left out, it tells of this one. */
  metricsOfAll?: () => Promise<string>
  /** Left out, no answer is kept, and none compressed. */
  cache?: CacheSettings
  compression?: CompressionSettings
  /** Left out, there is neither `/mcp` nor anything to approve. */
  agents?: Agents
}

/** A method of a path that is served, as the router has it. */
export interface Door {
  readonly method: string
  readonly url: string
  readonly kind: Kind
}

export interface Gateway {
  readonly app: FastifyInstance
  /** All there are, so that tests can try every one of them. */
  readonly doors: readonly Door[]
  readonly listeners: Listeners
  /** Asks our own routes without a connection. */
  inside(sender: Sender): AskInside
  /** What this process has counted. */
  numbers(): Promise<Numbers>
  /** From now on `/readyz` answers 503, nobody waits for jobs, and connections end with their answer. */
  drain(): void
  /** Resolves when everybody is answered or, after the grace, cut. */
  close(): Promise<void>
}

const BODY_LIMIT = 256 * 1024

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `api` if left out. */
    kind?: Kind
  }
}

/** With all that watches and counts closed again, where it cannot be built. */
export async function buildGateway(settings: GatewaySettings): Promise<Gateway> {
  const threshold = buildThreshold({ ...settings, allowedOrigins: settings.guard.allowedOrigins })
  try {
    return await buildBehind(threshold, settings)
  } catch (error) {
    threshold.close()
    throw error
  }
}

/** Our HTTP API. Reads from top to bottom as the life of a request. */
async function buildBehind(threshold: Threshold, settings: GatewaySettings): Promise<Gateway> {
  const { cloud, outside, log, version, agents } = settings
  const drained = new AbortController()
  const ending = new AbortController()
  setMaxListeners(0, drained.signal, ending.signal)
  const { listeners, metrics, events } = threshold
  const limits = buildRateLimits(settings.rates, outside, metrics.limited)
  const account = requestAccount(outside, log, metrics)
  const work = workUnderWay()
  const cache = buildCache(settings.cache, cloud, outside, metrics)
  threshold.onShortage(cache.clear)
  const compression = buildCompression(settings.compression)
  const guard = buildGuard({
    ...settings.guard,
    scheme: settings.tls ? 'https' : 'http',
    ports: () => listeners.ports(),
  })
  const quick = quickWay({
    ...settings,
    routes,
    identify: limits.identify,
    guard,
    allowedOrigins: settings.guard.allowedOrigins,
    metrics,
    tell: account.tell,
    limits,
    readDeadline: settings.deadlines.read,
    ending: ending.signal,
    compression,
    isSpecial: (row) => cache.for(row) !== undefined,
  })
  threshold.onShortage(quick.clear)
  const app = Fastify({
    serverFactory: (usual) => threshold.create(quick.before(usual), quick.take),
    // Left alone, the library's own would answer what ours lets pass, and cut the socket under an answer of ours.
    clientErrorHandler: () => {},
    bodyLimit: BODY_LIMIT,
    // Our own line a request names the route; the library's would name the URL, which may hold keys.
    logger: false,
    genReqId: (raw) => handedOver(raw)?.requestId ?? expectBody(raw, outside.uuid()),
    requestIdHeader: false,
    exposeHeadRoutes: false,
    routerOptions: { querystringParser: () => ({}), maxParamLength: LONGEST_URL, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => {
      account.begin(request, reply)
      account.answered(request, reply)
      reply.headers(standardHeaders(request.id))
      refuse(error, request, reply, log, events)
    },
  })

  const doors: Door[] = []
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) doors.push({ method: one, url, kind: config?.kind ?? 'api' })
  })
  app.decorateRequest('notes')
  const tokenCheck = buildTokenCheck(settings.vault, limits.guesses)
  // One hook, and no promise where nothing is waited for: each of either is felt on every request.
  app.addHook('onRequest', (request, reply, next) => {
    account.begin(request, reply)
    reply.headers(standardHeaders(request.id))
    reply.headers(corsHeaders(request.raw, settings.guard.allowedOrigins))
    const kind = request.routeOptions.config?.kind ?? 'api'
    const handed = handedOver(request.raw)
    if (handed) {
      reply.headers(handed.rates)
      return next()
    }
    const agent = agentOf(request.raw)
    // What comes from inside was looked at when it came in.
    if (agent) request.notes.agent = agent
    else {
      limits.byAddress(request, reply)
      guard(request.raw, kind)
    }
    if (ending.signal.aborted && kind !== 'probe')
      throw new GatewayError('SHUTTING_DOWN', { headers: { 'retry-after': '1' } })
    if (isPreflight(request.raw)) return void reply.code(204).headers(PREFLIGHT_HEADERS).send()
    // Before a body is asked about: the library wants one of QUERY, whether the path is there or not.
    const whyNowhere = () => (request.is404 ? nothingHere(request, app) : undefined)
    const opening = tokenCheck(request)
    if (opening) opening.then(whyNowhere).then(next, next)
    else next(whyNowhere())
  })
  app.addHook('preParsing', (request, reply, payload, next) => {
    if (request.routeOptions.config?.kind !== 'raw') goOn(request.raw, reply.raw, BODY_LIMIT)
    next(null, payload)
  })
  mountJsonParser(app)

  mountPages(app, {
    version,
    sandbox: settings.sandbox,
    console: settings.console ?? false,
    state: () => (drained.signal.aborted ? 'draining' : threshold.isOverloaded() ? 'overloaded' : 'ready'),
    onShortage: threshold.onShortage,
  })
  mountMetrics(app, { ...metrics, text: settings.metricsOfAll ?? metrics.text })
  for (const route of routes)
    app.route({
      method: route.method,
      url: mountedPath(route.path),
      config: { scope: route.scope },
      handler: work.counted(
        handler(route, {
          ...settings,
          limits,
          cache,
          compression,
          rests: metrics.rests,
          drained: drained.signal,
          ending: ending.signal,
        }),
      ),
    })
  for (const stray of strays)
    app.route({
      ...stray,
      config: { scope: 'open' },
      handler: async (request) => {
        throw nothingHere(request, app)
      },
    })
  mountRaw(app, { ...settings, limits, ending: ending.signal, work })
  if (agents) {
    mountAgents(app, { agents, limits, metrics, drained: drained.signal, work })
    mountApprovals(app, { ...agents, limits })
  }
  if (settings.sandbox) mountSandboxControl(app, settings.sandbox)

  app.setNotFoundHandler(async (request) => {
    throw nothingHere(request, app)
  })
  app.setErrorHandler((thrown, request, reply) => refuse(thrown, request, reply, log, events))
  app.addHook('onSend', (request, reply, payload, done) => {
    account.answered(request, reply)
    done(null, payload)
  })
  await app.ready()

  function drain(): void {
    drained.abort()
    quick.drain()
    listeners.drain()
  }

  return {
    app,
    doors,
    listeners,
    inside: (sender) => askerInside(app, sender),
    numbers: metrics.numbers,
    drain,
    async close() {
      drain()
      const began = outside.elapsed()
      const summary = await listeners.close(settings.drain, {
        lastCall: () => ending.abort(),
        done: work.done,
      })
      if (listeners.ports().length > 0)
        log.info({ ...summary, ms: Math.round(outside.elapsed() - began) }, 'ended')
      await app.close()
      quick.close()
      await cloud.close()
      threshold.close()
    },
  }
}
