import { setMaxListeners } from 'node:events'
import type { Outside } from '../outside.ts'
import type { Reason } from './catalogue.ts'
import { GatewayError } from './errors.ts'
import type { Logger } from './log.ts'
import { holderOf } from './rate-address.ts'

/** Tells who tries doors: a line for each source, and then at most one in ten seconds, with what came meanwhile. */
export interface SecurityEvents {
  note(address: string | undefined, reason: string): void
  /** Tells what is not told yet. */
  close(): void
}

const EVERY_MS = 10_000
/** More sources than this are told as one. */
const MOST_SOURCES = 1_000

type Counts = Map<string, number>

export function securityEvents(log: Logger, outside: Outside): SecurityEvents {
  const closed = new AbortController()
  setMaxListeners(0, closed.signal)
  /** What was not told yet, for each source that a line was written about. */
  const untold = new Map<string, Counts>()

  function tell(source: string, counts: Counts): void {
    const count = [...counts.values()].reduce((sum, each) => sum + each, 0)
    log.warn({ source, count, reasons: Object.fromEntries(counts) }, 'refused')
  }

  async function tellAgain(source: string, counts: Counts): Promise<void> {
    for (;;) {
      await outside.sleep(EVERY_MS, closed.signal)
      if (counts.size === 0) break
      tell(source, counts)
      counts.clear()
    }
    untold.delete(source)
  }

  return {
    note(address, reason) {
      if (closed.signal.aborted) return
      const holder = address === undefined ? 'unknown' : holderOf(address)
      const source = untold.has(holder) || untold.size < MOST_SOURCES ? holder : 'others'
      const counts = untold.get(source)
      if (counts) {
        counts.set(reason, (counts.get(reason) ?? 0) + 1)
        return
      }
      const fresh: Counts = new Map()
      untold.set(source, fresh)
      tell(source, new Map([[reason, 1]]))
      tellAgain(source, fresh).catch(() => {}) // closed
    },
    close() {
      closed.abort()
      for (const [source, counts] of untold) if (counts.size > 0) tell(source, counts)
      untold.clear()
    },
  }
}

/** What honest callers hardly ever run into. */
const TELLING: ReadonlySet<string> = new Set<Reason>([
  'MALFORMED_HTTP',
  'INVALID_HOST',
  'HOST_NOT_ALLOWED',
  'TARGET_HOST_MISMATCH',
  'ORIGIN_NOT_ALLOWED',
  'BASIC_FROM_BROWSER',
  'LOOPBACK_ONLY',
  'REQUEST_TIMEOUT',
  'UNSUPPORTED_CONTENT_TYPE',
  'CREDENTIALS_CONFLICT',
  'CREDENTIALS_IN_URL',
  'CREDENTIALS_REJECTED',
  'SANDBOX_OFF',
  'TOKEN_UNKNOWN',
  'TOKEN_REVOKED',
])

/** In a path: ways out of it, control characters, bytes that are no UTF-8. In a query such escapes are ordinary. */
const HOSTILE_PATH = /^[^?]*%(?:[01][0-9a-f]|7f|2e|2f|3b|3f|5c|23|25|26|c[01]|f[5-9a-f])/i
/** Ways out of a path as they are, names of prototypes; and a region that is a host. Several are a list, `*` is all. */
const HOSTILE_URL =
  /\.\.|\/\.(?=[/?]|$)|\\|__proto__|\bconstructor\b|[?&]region(?:Id)?=(?:[\w,*-]|%2[ac])*(?!%2[ac])[^\w,*&-]/i

const isHostile = (url: string) => HOSTILE_PATH.test(url) || HOSTILE_URL.test(url)

/** Whether a refusal is worth a line of its own. */
export function isSecurityEvent(thrown: unknown, reason: string, url: string): boolean {
  if (TELLING.has(reason)) return true
  if (!(thrown instanceof GatewayError)) return reason === 'MALFORMED_URL' && isHostile(url)
  const { hostile, violations = [] } = thrown.details
  return hostile === true || violations.some((one) => one.hostile) || (isArgument(reason) && isHostile(url))
}

const isArgument = (reason: string) =>
  reason === 'INVALID_ARGUMENT' || reason === 'UNKNOWN_REGION' || reason === 'MALFORMED_URL'
