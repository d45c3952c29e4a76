import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Outside } from '../outside.ts'
import type { Logger } from './log.ts'
import type { MetricsOfLimits } from './metrics-kept.ts'
import { admission, type PressureLimits } from './pressure.ts'
import { overloadedAnswer } from './pressure-answer.ts'
import { watchPressure } from './pressure-reading.ts'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

export interface Gate {
  /** Stands in front of everything, routing included: to refuse must cost less than to work. */
  before(handler: Handler): Handler
  /** Lets a request in, where nobody is refused. */
  letsIn(take: () => boolean): boolean
  isOverloaded(): boolean
  /** Seconds that the event loop is late all the while. */
  delay(): number
  close(): void
}

export interface GateSettings extends PressureLimits {
  readonly outside: Outside
  readonly log: Logger
  readonly allowedOrigins: readonly string[]
  /** Requests in flight, those aside that only wait for something to happen. */
  working(): number
  readonly count: MetricsOfLimits['shed']
  /** Forgets what can be had again. */
  relieve(): void
}

const LINE_MS = 1_000

export function buildGate(settings: GateSettings): Gate {
  const { outside, log, working, count } = settings
  const watch = outside.pressure
    ? { read: () => outside.pressure?.() ?? CALM, close() {} }
    : watchPressure(outside)
  const { maxDelay, maxInFlight } = settings
  const door = admission({
    maxDelay,
    maxInFlight,
    elapsed: outside.elapsed,
    read: watch.read,
    turned: setImmediate,
    relieve: () => {
      settings.relieve()
      log.warn({ heapShare: rounded(watch.read().heapShare) }, 'memory runs short: caches were cleared')
    },
  })
  const refuse = overloadedAnswer(outside, settings.allowedOrigins)
  let untold = 0
  let toldAt = Number.NEGATIVE_INFINITY
  let scrapedAt = Number.NEGATIVE_INFINITY

  /** One line a second for all of them: a line each would be work, and the log no use. */
  function tellSometimes(inFlight: number): void {
    if (outside.elapsed() - toldAt >= LINE_MS) tell(inFlight)
  }

  function tell(inFlight: number): void {
    const { delayMs, heapShare } = watch.read()
    const line = { refused: untold, delayMs: Math.round(delayMs), heapShare: rounded(heapShare) }
    log.warn({ ...line, inFlight }, 'overloaded: requests were refused')
    untold = 0
    toldAt = outside.elapsed()
  }

  /** When a server is overloaded its numbers matter most; yet who asks for them without end must not get in by that. */
  function isScrape(url: string | undefined): boolean {
    if (url !== '/metrics' || outside.elapsed() - scrapedAt < LINE_MS) return false
    scrapedAt = outside.elapsed()
    return true
  }

  return {
    before: (handler) => (request, response) => {
      const { url } = request
      if (url === '/livez' || url === '/readyz') return handler(request, response)
      const inFlight = working()
      const why = door.refuses(inFlight)
      if (why === undefined || isScrape(url) || (why === 'delay' && isPartOfPage(url))) {
        if (untold > 0) tellSometimes(inFlight)
        return handler(request, response)
      }
      count(why)
      untold += 1
      tellSometimes(inFlight)
      refuse(request, response)
    },
    letsIn: (take) => untold === 0 && door.letsIn(working(), take),
    isOverloaded: door.isOverloaded,
    delay: () => watch.read().delayMs / 1_000,
    close() {
      if (untold > 0) tell(working())
      watch.close()
    },
  }
}

/** A browser does not ask again for a part of a page that was refused, and shows nothing; to send it costs little more. */
const isPartOfPage = (url = ''): boolean => url.startsWith('/console/')

const CALM = { delayMs: 0, worstMs: 0, heapShare: 0 }

const rounded = (share: number) => Math.round(share * 100) / 100
