import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import type { DestinationStream } from 'pino'
import { startAudit } from './audit-start.ts'
import { CannotStart } from './cannot-start.ts'
import { buildGateway, type Gateway } from './gateway/app.ts'
import { buildLogger, type Logger, shownError } from './gateway/log.ts'
import { buildCloud } from './huaweicloud/cloud.ts'
import type { Names, Outside } from './outside.ts'
import { limitsOf, policyOf } from './policy-of.ts'
import { type ProfilePlaces, profilePlaces } from './profile-places.ts'
import { ratesOf } from './rates.ts'
import type { Sandbox } from './sandbox/app.ts'
import { SANDBOX_KEYS } from './sandbox/keys.ts'
import { startSandbox } from './sandbox-start.ts'
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

/** Builds the parts, hands each what it needs, and listens. */
export async function serve(
  settings: Settings,
  outside: Outside & Names,
  logTo?: DestinationStream & { dropped?(): number },
  places: ProfilePlaces = profilePlaces({}),
): Promise<House> {
  const tls = readTls(settings)
  if (!isLoopback(settings.host) && !tls && !settings.insecure) {
    throw new CannotStart(
      `Beyond loopback (--host ${settings.host}) keys would cross the network in the clear: set --tls-cert and --tls-key, or --insecure if a proxy in front does TLS.`,
    )
  }
  const extraAuthorities = settings.caFile === undefined ? undefined : readAuthorities(settings.caFile)
  const log = buildLogger(settings.logLevel, logTo)
  const opened: (() => Promise<void>)[] = []
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= closeAll(opened.toReversed())
    return closing
  }
  try {
    // With every key sent to one place, no key is left for the sandbox.
    const sandbox =
      settings.sandbox && !settings.endpointUrl
        ? await startSandbox(settings, outside, reportTo(log))
        : undefined
    if (sandbox) opened.push(() => sandbox.close())
    const embedded = await sandbox?.listen()
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
      ...(embedded ? { sandboxOrigin: embedded.url } : {}),
      jobLookMs: settings.deadlineRead * 1_000,
    })
    const audit = await startAudit(settings, outside, log)
    if (audit) opened.push(() => audit.close())
    const vault = await startVault(settings, places, outside, log)
    if (vault) opened.push(() => vault.close())
    const gateway = await buildGateway({
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
      rates: ratesOf(settings),
      pressure: { maxDelay: settings.maxDelay, maxInFlight: settings.maxInFlight },
      keysInUrl: settings.keysInUrl,
      keepAliveMs: settings.keepAlive * 1_000,
      patience: {
        headersMs: settings.timeoutHeaders * 1_000,
        requestMs: settings.timeoutRequest * 1_000,
        silentMs: settings.timeoutSilent * 1_000,
        mostSockets: settings.maxConnections,
        // Behind a proxy everybody comes from its address.
        mostOfAddress: settings.insecure ? settings.maxConnections : Math.ceil(settings.maxConnections / 2),
      },
      drain: { delayMs: settings.drainDelay * 1_000, graceMs: settings.grace * 1_000 },
      logLinesDropped: () => logTo?.dropped?.() ?? 0,
      version: VERSION,
      ...(vault ? { vault } : {}),
      ...(audit ? { audit } : {}),
      ...(tls ? { tls } : {}),
      // Behind a proxy on this machine everybody seems to be local.
      ...(embedded && isLoopback(settings.host)
        ? { sandbox: { origin: embedded.url, ...SANDBOX_KEYS } }
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

/** One after the other, and each of them, even if one before could not be closed. */
async function closeAll(ends: readonly (() => Promise<void>)[]): Promise<void> {
  const failed: unknown[] = []
  for (const end of ends) await end().catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw failed[0]
}

async function listen(gateway: Gateway, { ports: [first = 0, ...others], host }: Settings) {
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

function readTls({ tlsCert, tlsKey }: Settings) {
  if (!tlsCert || !tlsKey) return undefined
  const tls = { cert: readOrStop(tlsCert, '--tls-cert'), key: readOrStop(tlsKey, '--tls-key') }
  try {
    createSecureContext(tls)
  } catch (error) {
    throw new CannotStart(
      `The files of --tls-cert and --tls-key are no certificate and its key (${codeOf(error)}).`,
    )
  }
  return tls
}

function readAuthorities(file: string): string {
  const text = readOrStop(file, 'HCA_CA_FILE')
  try {
    new X509Certificate(text)
    return text
  } catch {
    throw new CannotStart('The file of HCA_CA_FILE holds no PEM certificate.')
  }
}

function readOrStop(file: string, setting: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new CannotStart(`The file of ${setting} cannot be read (${codeOf(error)}).`)
  }
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
