import type { IncomingMessage } from 'node:http'
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

/** Requests for one route with one query, from one sender. */
export interface Known {
  /** Up to and behind the part of the path that may differ; where none does, the first is all of the URL. */
  readonly before: string
  readonly after: string
  readonly differs: boolean
  /** Undefined for what cannot go the quick way. */
  readonly plan: QuickPlan | undefined
}

/** Whoever is at the other end of a connection: sends the same headers with each request, as clients do. */
export interface QuickSender {
  readonly rawHeaders: readonly string[]
  readonly known: Known[]
}

const SENDER = Symbol('quick sender')
type Marked = { [SENDER]?: QuickSender | undefined }

/** The sender of this request, if its headers are those of the one before on its connection; else a new one. */
export function senderOf({ socket, rawHeaders }: IncomingMessage): QuickSender | undefined {
  const marked = socket as Marked
  const sender = marked[SENDER]
  if (sender && areSame(sender.rawHeaders, rawHeaders)) return sender
  marked[SENDER] = areNeutral(rawHeaders) ? { rawHeaders, known: [] } : undefined
  return marked[SENDER]
}

export function knownOf({ known }: QuickSender, url: string): Known | undefined {
  for (const one of known) if (one.differs ? isBetween(one, url) : one.before === url) return one
  return undefined
}

export function keep({ known }: QuickSender, one: Known): void {
  if (known.length >= MOST) known.shift()
  known.push(one)
}

/** What stands between the two, which must be one part of a path. */
export const partIn = ({ before, after }: Known, url: string): string =>
  url.slice(before.length, url.length - after.length)

function isBetween(one: Known, url: string): boolean {
  const { before, after } = one
  if (url.length <= before.length + after.length || !url.startsWith(before) || !url.endsWith(after))
    return false
  const slash = url.indexOf('/', before.length)
  return slash < 0 || slash >= url.length - after.length
}

function areSame(before: readonly string[], now: readonly string[]): boolean {
  if (before.length !== now.length) return false
  for (let at = 0; at < now.length; at += 1) if (before[at] !== now[at]) return false
  return true
}

function areNeutral(rawHeaders: readonly string[]): boolean {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())
  return names.every((name) => NEUTRAL.has(name)) && new Set(names).size === names.length
}
