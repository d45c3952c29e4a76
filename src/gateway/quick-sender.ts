import { hash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { BoundedMap } from '../huaweicloud/bounded-map.ts'
import type { QuickPlan } from './quick-plan.ts'

/** What means nothing to us, or the same for every request that is alike. Another header may mean anything. */
const NEUTRAL = new Set([
  'host',
  'connection',
  'user-agent',
  'accept',
  'accept-encoding',
  'accept-language',
  'authorization',
  'x-access-key',
  'x-secret-key',
  'x-security-token',
])

/** Enough for who asks a few things in turn; each costs some kilobytes. */
const MOST = 8

/** Requests for one route from one sender that are alike. */
export interface Known {
  /** Up to and behind the gap in the URL; where there is none, the first is all of it. */
  readonly before: string
  readonly after: string
  readonly differs: boolean
  /** Undefined for what cannot go the quick way. */
  readonly plan: QuickPlan | undefined
}

/** Whoever sends the same headers with each request, as clients do. */
export interface QuickSender {
  readonly rawHeaders: readonly string[]
  readonly known: Known[]
}

/** Of so many it is remembered what they ask. */
const MOST_SENDERS = 2_000

const SENDER = Symbol('quick sender')
type Marked = { [SENDER]?: QuickSender | undefined }

/**
 * The senders heard of late. One who stays on a connection is known again by comparing; behind a balancer each request of a
 * connection may be somebody else's, so that all are found by a hash over everything they send, keyed with chance.
 */
export class QuickSenders {
  readonly #processKey = randomBytes(32).toString('base64')
  #all = new BoundedMap<QuickSender>(MOST_SENDERS)

  /** Undefined where a header may mean anything. */
  of({ socket, rawHeaders }: IncomingMessage): QuickSender | undefined {
    const marked = socket as Marked
    const sender = marked[SENDER]
    if (sender && areSame(sender.rawHeaders, rawHeaders)) return sender
    marked[SENDER] = areNeutral(rawHeaders) ? this.#found(rawHeaders) : undefined
    return marked[SENDER]
  }

  /** Connections know their senders: what these have asked is let go too. */
  clear(): void {
    for (const { known } of this.#all.values()) known.length = 0
    this.#all = new BoundedMap(MOST_SENDERS)
  }

  #found(rawHeaders: readonly string[]): QuickSender {
    // No header can hold a line end.
    const name = hash('sha256', `${this.#processKey}\n${rawHeaders.join('\n')}`, 'base64')
    const known = this.#all.get(name)
    if (known) return known
    const made = { rawHeaders, known: [] }
    this.#all.set(name, made)
    return made
  }
}

export function knownOf({ known }: QuickSender, url: string): Known | undefined {
  for (const one of known) if (one.differs ? isBetween(one, url) : one.before === url) return one
  return undefined
}

export function keep({ known }: QuickSender, one: Known): void {
  if (known.length >= MOST) known.shift()
  known.push(one)
}

function isBetween(one: Known, url: string): boolean {
  const { before, after } = one
  if (url.length <= before.length + after.length || !url.startsWith(before) || !url.endsWith(after))
    return false
  // A gap in the path must not reach into the next part of it, nor one in the query into the next parameter.
  const end = url.length - after.length
  const isWithin = (at: number) => at >= 0 && at < end
  return !isWithin(url.indexOf('/', before.length)) && !isWithin(url.indexOf('&', before.length))
}

function areSame(before: readonly string[], now: readonly string[]): boolean {
  if (before.length !== now.length) return false
  for (let at = 0; at < now.length; at += 1) if (before[at] !== now[at]) return false
  return true
}

function areNeutral(rawHeaders: readonly string[]): boolean {
  const seen: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] as string).toLowerCase()
    if (!NEUTRAL.has(name) || seen.includes(name)) return false
    seen.push(name)
  }
  return true
}
