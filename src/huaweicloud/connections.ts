import { createSecureContext, getCACertificates } from 'node:tls'
import { type Dispatcher, Pool, ProxyAgent } from 'undici'
import type { Names, Outside } from '../outside.ts'
import { Bulkhead, type BulkheadLimits } from './bulkhead.ts'
import { type Dispatch, httpPool } from './http-pool.ts'
import { buildLookup } from './lookup.ts'
import { passesProxy } from './no-proxy.ts'
import { punctualConnector } from './punctual-connector.ts'

export interface ConnectionSettings {
  /** PEM text of authorities trusted beside the built-in ones. */
  extraAuthorities?: string
  /** Proxy for https targets, as `HTTPS_PROXY` has it. */
  proxy?: string
  /** Hosts asked without the proxy, as `NO_PROXY` has them. */
  noProxy?: string
  limits?: Partial<ConnectionLimits>
  /** Whether a host is one of the endpoint table, out on the internet. */
  isPublic?: (host: string) => boolean
}

/** Milliseconds and counts, each for one origin. */
export interface ConnectionLimits extends BulkheadLimits {
  connectMs: number
  /** From the request's last byte to the answer's first. */
  firstByteMs: number
  /** Between two pieces of a body. */
  idleMs: number
}

/** The numbers of our reliability study: undici's own are 10 s, 300 s, 300 s and no limit. */
export const DEFAULT_LIMITS: ConnectionLimits = {
  most: 32,
  mostOfOne: 16,
  queue: 256,
  waitMs: 1_000,
  connectMs: 3_000,
  firstByteMs: 8_000,
  idleMs: 10_000,
}

/** How long a connection rests, milliseconds. */
const KEPT = { keptMs: 4_000, mostKeptMs: 30_000, soonerMs: 2_000 }

export interface Line {
  dispatcher: Dispatcher
  /** For GETs without a body. */
  quick: Dispatch
  bulkhead: Bulkhead
}

export interface Connections {
  /** The pool and the queue in front of it, for one origin. */
  to(origin: string): Line
  /** Calls under way and waiting, over all origins. */
  load(): { inFlight: number; waiting: number }
  close(): Promise<void>
}

export function buildConnections(settings: ConnectionSettings, outside: Outside & Names): Connections {
  const limits = { ...DEFAULT_LIMITS, ...settings.limits }
  const lookup = buildLookup(outside, settings.isPublic ?? (() => false))
  const tls = {
    // Said explicitly, so that NODE_TLS_REJECT_UNAUTHORIZED in the environment cannot switch it off.
    rejectUnauthorized: true,
    // Made once: reading a few hundred authorities takes tens of milliseconds, and would for each connection.
    secureContext: createSecureContext({
      minVersion: 'TLSv1.2',
      ...(settings.extraAuthorities
        ? { ca: [...getCACertificates('default'), settings.extraAuthorities] }
        : {}),
    }),
    // Node gives up an address after 250 ms by default, too short for a far region.
    autoSelectFamilyAttemptTimeout: 1_000,
  }
  const options = {
    connections: limits.most,
    pipelining: 1,
    allowH2: false,
    headersTimeout: limits.firstByteMs,
    bodyTimeout: limits.idleMs,
    keepAliveTimeout: KEPT.keptMs,
    keepAliveMaxTimeout: KEPT.mostKeptMs,
    keepAliveTimeoutThreshold: KEPT.soonerMs,
  }
  const { proxy, noProxy = '' } = settings
  const throughProxy = proxy
    ? new ProxyAgent({
        ...options,
        uri: proxy,
        requestTls: { ...tls, timeout: limits.connectMs },
        proxyTls: { ...tls, timeout: limits.connectMs },
        // Asking for a tunnel belongs to connecting; by default a proxy may think it over for 300 s.
        clientFactory: (origin, opts) => new Pool(origin, { ...opts, headersTimeout: limits.connectMs }),
      })
    : undefined
  const isPast = passesProxy(noProxy)
  // Plain http is the sandbox or an override.
  const isProxied = (origin: string) => origin.startsWith('https:') && !isPast(origin)

  const lines = new Map<string, Line>()
  const ends: (() => unknown)[] = []
  function open(origin: string): Line {
    const bulkhead = new Bulkhead(limits, outside)
    if (throughProxy && isProxied(origin)) return { dispatcher: throughProxy, quick: throughProxy, bulkhead }
    const connector = (more: object = {}) => punctualConnector({ ...tls, lookup, ...more }, limits.connectMs)
    const dispatcher = new Pool(origin, { ...options, connect: connector() })
    const { firstByteMs, idleMs } = limits
    const quick = httpPool(origin, { connector, elapsed: outside.elapsed, firstByteMs, idleMs, ...KEPT })
    ends.push(() => dispatcher.destroy(), quick.destroy)
    return { dispatcher, quick, bulkhead }
  }
  return {
    to(origin) {
      const line = lines.get(origin) ?? open(origin)
      lines.set(origin, line)
      return line
    },
    load() {
      const all = [...lines.values()].map(({ bulkhead }) => bulkhead)
      return {
        inFlight: all.reduce((sum, { inFlight }) => sum + inFlight, 0),
        waiting: all.reduce((sum, { waiting }) => sum + waiting, 0),
      }
    },
    async close() {
      await Promise.all(ends.map((end) => end()))
      await throughProxy?.destroy()
    },
  }
}
