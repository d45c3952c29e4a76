import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { NOWHERE, UnderWay } from '../huaweicloud/under-way.ts'
import { DeadlineExceeded } from '../huaweicloud/why-failed.ts'
import type { Handler } from './pressure-gate.ts'
import { searchOf } from './query.ts'
import { LONGEST_URL, quickConnectionOf, type Seen, type Taker, type Unseen } from './quick-connection.ts'
import { type Gap, inGap, valueGap } from './quick-gap.ts'
import { Passage, type PassageSettings } from './quick-passage.ts'
import { type PlanSettings, planOf, quickRoutes } from './quick-plan.ts'
import { type Known, keep, knownOf, type QuickSender, QuickSenders } from './quick-sender.ts'
import { textWriter } from './quick-text.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Route } from './route.ts'

export interface QuickWaySettings
  extends PlanSettings,
    Omit<PassageSettings, 'underWay' | 'readMs' | 'textOf' | 'usual'> {
  routes: readonly Route[]
  limits: Pick<RateLimits, 'quick'>
  /** Seconds. */
  readDeadline: number
  keepAliveMs: number
  /** The server's last call. */
  ending: AbortSignal
  /** Whether an answer must be seen to by the usual way before it goes out. */
  isSpecial(row: Route): boolean
}

/** So often what is over time is looked for. */
const SWEEP_MS = 100

/**
 * The way of most requests: a plain read from a caller who was heard before. It passes every check, limit and count of
 * the usual way, whose own code made its plan; what it leaves out is doing anew what came out the same a moment ago.
 * Whatever is unusual, before or after Huawei Cloud was asked, goes the usual way, which goes on from where this one is.
 */
export function quickWay(settings: QuickWaySettings) {
  const { limits, ending } = settings
  const routes = settings.routes.filter((row) => !settings.isSpecial(row))
  const quick = quickRoutes(routes, settings)
  const underWay = new UnderWay<Passage>()
  const senders = new QuickSenders()
  const readMs = settings.readDeadline * 1_000
  let forPassage: PassageSettings | undefined
  /** Unless it has gone meanwhile: to end one may end others. */
  const stop = (one: Passage) => {
    if (one.place !== NOWHERE) one.stop(new DeadlineExceeded())
  }
  const sweep = setInterval(() => {
    const now = settings.outside.elapsed()
    for (const one of underWay.list()) if (one.until <= now) stop(one)
  }, SWEEP_MS).unref()
  ending.addEventListener('abort', () => {
    for (const one of underWay.list()) stop(one)
  })

  function knownFor(request: IncomingMessage, sender: QuickSender, url: string): Known | undefined {
    const known = knownOf(sender, url)
    if (known) return known
    const made = firstSeen(sender, request, url)
    if (made) keep(sender, made)
    return made
  }

  /** Node ends a connection that rests; while it has not read a request, all connections rest for it. */
  const mayRest = settings.keepAliveMs >= 2 * readMs
  const take: Taker = (unseen, sender, url) =>
    mayRest && !ending.aborted && takes(unseen, unseen.socket, knownOf(sender, url), url)

  function firstSeen(sender: QuickSender, request: IncomingMessage, url: string): Known | undefined {
    const mark = url.indexOf('?')
    const path = mark < 0 ? url : url.slice(0, mark)
    const search = searchOf(url)
    const slash = path.lastIndexOf('/') + 1
    const whole = quick.get(path)
    const found = whole ?? quick.get(path.slice(0, slash))
    if (!found) return undefined
    const gap: Gap | undefined = whole
      ? gapIn(sender, url)
      : { in: 'path', before: path.slice(0, slash), after: url.slice(path.length), value: path.slice(slash) }
    if (gap) {
      const { before, after } = gap
      const plan = planOf(found, request, { search, gap }, settings)
      if (plan) return { before, after, differs: true, plan }
    }
    // Of what cannot go this way nothing is known but that.
    const plan = whole && planOf(whole, request, { search }, settings)
    return { before: url, after: '', differs: false, plan }
  }

  /** Where it asks again what differs in a value: one who pages, or looks for one thing after the other. */
  function gapIn({ known }: QuickSender, url: string): Gap | undefined {
    for (const { plan, differs, before } of known) {
      const gap = plan && !differs ? valueGap(before, url) : undefined
      if (gap) return gap
    }
    return undefined
  }

  function takes(asked: Seen | Unseen, socket: Socket, known: Known | undefined, url: string): boolean {
    if (!forPassage || !known?.plan) return false
    const { plan } = known
    const value = known.differs ? inGap(known, url) : undefined
    const rates = plan.isSound(value) && limits.quick(socket.remoteAddress, plan.identity)
    if (!rates) return false
    new Passage(asked, plan, rates, forPassage).begin(value)
    return true
  }

  return {
    before(usual: Handler): Handler {
      forPassage = { ...settings, underWay, readMs, textOf: textWriter(settings.keepAliveMs), usual }
      return (request, response) => {
        const { url = '', method, socket } = request
        const isPlain = method === 'GET' && request.httpVersionMinor === 1 && !ending.aborted
        const sender = isPlain && url.length <= LONGEST_URL ? senders.of(request) : undefined
        const known = sender && knownFor(request, sender, url)
        if (sender) quickConnectionOf(socket)?.hears(sender)
        if (!takes({ request, response }, socket, known, url)) usual(request, response)
      }
    },
    take,
    /** What Node has not read it reads now: the server is about to end. */
    drain() {
      for (const one of underWay.list()) one.see()
    },
    /** Forgets what can be found again. */
    clear: () => senders.clear(),
    close: () => clearInterval(sweep),
  }
}
