import type { IncomingMessage } from 'node:http'
import { NOWHERE, UnderWay } from '../huaweicloud/under-way.ts'
import { DeadlineExceeded } from '../huaweicloud/why-failed.ts'
import type { Handler } from './pressure-gate.ts'
import { searchOf } from './query.ts'
import { type Gap, inGap, valueGap } from './quick-gap.ts'
import { Passage, type PassageSettings } from './quick-passage.ts'
import { type PlanSettings, planOf, quickRoutes } from './quick-plan.ts'
import { type Known, keep, knownOf, type QuickSender, QuickSenders } from './quick-sender.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Route } from './route.ts'

export interface QuickWaySettings extends PlanSettings, Omit<PassageSettings, 'underWay' | 'readMs'> {
  routes: readonly Route[]
  limits: Pick<RateLimits, 'quick'>
  /** Seconds. */
  readDeadline: number
  /** The server's last call. */
  ending: AbortSignal
  /** Whether an answer must be seen to by the usual way before it goes out. */
  isSpecial(row: Route): boolean
}

/** So often what is over time is looked for. */
const SWEEP_MS = 100
/** A URL with more is wrong, or not often asked. */
const LONGEST = 2_048

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
  const forPassage = { ...settings, underWay, readMs: settings.readDeadline * 1_000 }
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

  function knownFor(request: IncomingMessage, url: string): Known | undefined {
    const sender = senders.of(request)
    if (!sender) return undefined
    const known = knownOf(sender, url)
    if (known) return known
    const made = firstSeen(sender, request, url)
    if (made) keep(sender, made)
    return made
  }

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

  return {
    before:
      (usual: Handler): Handler =>
      (request, response) => {
        const { url = '', method } = request
        const isPlain = method === 'GET' && request.httpVersionMinor === 1 && !ending.aborted
        const known = isPlain && url.length <= LONGEST ? knownFor(request, url) : undefined
        if (!known?.plan) return usual(request, response)
        const { plan } = known
        const value = known.differs ? inGap(known, url) : undefined
        const rates = plan.isSound(value) && limits.quick(request.socket.remoteAddress, plan.identity)
        if (!rates) return usual(request, response)
        new Passage(request, response, plan, rates, usual, forPassage).begin(value)
      },
    /** Forgets what can be found again. */
    clear: () => senders.clear(),
    close: () => clearInterval(sweep),
  }
}
