import { randomBytes } from 'node:crypto'
import type { DestinationStream } from 'pino'
import { type AgentsTogether, agentsFor, newBook } from './agents-start.ts'
import { cacheOf, compressionOf } from './answers-of.ts'
import { startAudit } from './audit-start.ts'
import { CannotStart } from './cannot-start.ts'
import { buildGateway, type Gateway } from './gateway/app.ts'
import type { Audit } from './gateway/audit-trail.ts'
import { buildLogger, type Logger, shownError } from './gateway/log.ts'
import { buildCloud, type CloudOptions } from './huaweicloud/cloud.ts'
import { readMaterial } from './material.ts'
import type { Names, Outside } from './outside.ts'
import { partOf } from './part-of.ts'
import { limitsOf, policyOf } from './policy-of.ts'
import { type ProfilePlaces, profilePlaces } from './profile-places.ts'
import { ratesOf } from './rates.ts'
import type { Sandbox } from './sandbox/app.ts'
import { SANDBOX_KEYS } from './sandbox/keys.ts'
import { isLoopback, type Settings } from './settings.ts'
import { startVault } from './vault-start.ts'
import { VERSION } from './version.ts'

export { CannotStart }

export interface House {
  readonly gateway: Gateway
  readonly sandbox?: Sandbox
  /** Base URLs, the first of them for sure. */
  readonly urls: readonly string[]
  /** Ports that were wished for and taken by others. */
  readonly warnings: readonly string[]
  close(): Promise<void>
}

/** What a worker has from the first process, instead of having its own. */
export interface Together {
  readonly workers: number
  readonly sandboxOrigin?: string
  readonly audit?: Audit & { close(): Promise<void> }
  readonly agents: AgentsTogether
  readonly keys: NonNullable<CloudOptions['keys']>
  /** The numbers of all. */
  metrics(): Promise<string>
  /** Resolves when it hands on no connections any more. */
  shut(): Promise<unknown>
}

/** Builds the parts, hands each what it needs, and listens. */
export async function serve(
  allowed: Settings,
  outside: Outside & Names,
  logTo?: DestinationStream & { dropped?(): number },
  places: ProfilePlaces = profilePlaces({}),
  together?: Together,
): Promise<House> {
  const workers = together?.workers ?? 1
  const settings = partOf(allowed, workers)
  const { tls, extraAuthorities } = readMaterial(settings)
  const log = buildLogger(settings.logLevel, logTo)
  const opened: (() => Promise<void>)[] = []
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= closeAll(opened.toReversed())
    return closing
  }
  try {
    const sandbox = together ? undefined : await embeddedSandbox(settings, outside, log)
    if (sandbox) opened.push(() => sandbox.close())
    const sandboxOrigin = together ? together.sandboxOrigin : (await sandbox?.listen())?.url
    const cloud = buildCloud({
      outside,
      overrides: {
        one: settings.overrides,
        ...(settings.endpointUrl ? { everything: settings.endpointUrl } : {}),
      },
      policy: policyOf(settings),
      connections: {
        limits: limitsOf(settings),
        ...(extraAuthorities ? { extraAuthorities } : {}),
        ...(settings.httpsProxy ? { proxy: settings.httpsProxy } : {}),
        ...(settings.noProxy ? { noProxy: settings.noProxy } : {}),
      },
      ...(sandboxOrigin ? { sandboxOrigin } : {}),
      jobLookMs: settings.deadlineRead * 1_000,
      ...(together ? { keys: together.keys } : {}),
    })
    const audit = together ? together.audit : await startAudit(settings, outside, log)
    if (audit) opened.push(() => audit.close())
    const vault = await startVault(settings, places, outside, log)
    if (vault) opened.push(() => vault.close())
    const agents = together?.agents ?? {
      namingKey: randomBytes(32).toString('base64'),
      approvals: newBook(outside),
    }
    const gateway = await buildGateway({
      agents: agentsFor(settings, outside, log, agents),
      cloud,
      outside,
      log,
      guard: {
        allowedHosts: [...settings.allowedHosts, ...boundNames(settings)],
        allowedOrigins: settings.allowedOrigins,
      },
      deadlines: {
        read: settings.deadlineRead,
        write: settings.deadlineWrite,
        region: settings.regionDeadline,
      },
      rates: ratesOf(settings, workers),
      pressure: { maxDelay: settings.maxDelay, maxInFlight: settings.maxInFlight },
      keysInUrl: settings.keysInUrl,
      console: settings.console,
      cache: cacheOf(settings),
      compression: compressionOf(settings),
      keepAliveMs: settings.keepAlive * 1_000,
      patience: {
        headersMs: settings.timeoutHeaders * 1_000,
        requestMs: settings.timeoutRequest * 1_000,
        silentMs: settings.timeoutSilent * 1_000,
        mostSockets: settings.maxConnections,
        // Behind a proxy everybody comes from its address.
        mostOfAddress: settings.insecure ? settings.maxConnections : Math.ceil(settings.maxConnections / 2),
      },
      drain: {
        delayMs: settings.drainDelay * 1_000,
        graceMs: settings.grace * 1_000,
        ...(together ? { shut: together.shut } : {}),
      },
      logLinesDropped: () => logTo?.dropped?.() ?? 0,
      version: VERSION,
      ...(vault ? { vault } : {}),
      ...(audit ? { audit } : {}),
      ...(together ? { metricsOfAll: together.metrics } : {}),
      ...(tls ? { tls } : {}),
      // Behind a proxy on this machine everybody seems to be local.
      ...(sandboxOrigin && isLoopback(settings.host)
        ? { sandbox: { origin: sandboxOrigin, ...SANDBOX_KEYS } }
        : {}),
    })
    opened.push(() => gateway.close())
    const { listening, warnings } = await listen(gateway, settings)
    const scheme = tls ? 'https' : 'http'
    const urls = listening.map((port) => `${scheme}://${bracketed(settings.host)}:${port}`)
    return {
      gateway,
      ...(sandbox ? { sandbox } : {}),
      urls,
      warnings: [...warnings, ...doubts(settings)],
      close,
    }
  } catch (error) {
    await close() // or a listener left half open would keep the program from ending
    throw error
  }
}

/** Not where every key is sent to one place: none is left for it. */
export const embeddedSandbox = async (settings: Settings, outside: Outside, log: Logger) =>
  settings.sandbox && !settings.endpointUrl
    ? // A command without it starts sooner.
      (await import('./sandbox-start.ts')).startSandbox(settings, outside, reportTo(log))
    : undefined

/** One after the other, and each of them, even if one before could not be closed. */
export async function closeAll(ends: readonly (() => Promise<void>)[]): Promise<void> {
  const failed: unknown[] = []
  for (const end of ends) await end().catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw failed[0]
}

async function listen(gateway: Gateway, { ports: [first, ...others], host }: Settings) {
  if (first === undefined) return { listening: [], warnings: [] }
  const taken = (port: number, error: unknown) => {
    const code = codeOf(error)
    return code === 'EADDRINUSE'
      ? `Port ${port} on ${host} is taken.`
      : `Port ${port} on ${host} cannot be listened on (${code}).`
  }
  const listening = [
    await gateway.listeners.listen(first, host).catch((error) => {
      throw new CannotStart(
        `${taken(first, error)} Choose another with ${codeOf(error) === 'EADDRINUSE' ? '--port' : '--host or --port'}.`,
      )
    }),
  ]
  const warnings: string[] = []
  for (const port of others) {
    await gateway.listeners.listen(port, host).then(
      (got) => listening.push(got),
      (error) => warnings.push(`${taken(port, error)} Going on without it.`),
    )
  }
  return { listening, warnings }
}

/** What is allowed, and probably not meant. */
const doubts = (settings: Settings): string[] => [
  ...(isWildcard(settings.host) && settings.allowedHosts.length === 0
    ? ['Only loopback names are answered to: set HCA_ALLOWED_HOSTS to the names callers use.']
    : []),
  ...((settings.sandboxState ?? settings.sandboxSeed ?? settings.sandboxPace) !== undefined &&
  (!settings.sandbox || settings.endpointUrl)
    ? ['The sandbox is off here, so its state, seed and pace have no effect.']
    : []),
]

const isWildcard = (host: string) => host === '0.0.0.0' || host === '::'

const reportTo = (log: Logger) => (thrown: unknown) =>
  log.error({ error: shownError(thrown) }, 'unexpected error in the sandbox')

/** A wildcard address is no name that anybody calls us by. */
const boundNames = ({ host }: Settings) =>
  isWildcard(host) || isLoopback(host) ? [] : [bracketed(host).toLowerCase()]

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host)

const codeOf = (error: unknown): string =>
  (typeof error === 'object' && error !== null && Reflect.get(error, 'code')) || 'unknown error'
