import type { Holdings } from './holdings.ts'
import type { State } from './state.ts'

/** A line of the log: a request that was answered, or a job or a lifetime that ended. */
export interface Entry {
  readonly number: number
  /** By the world's clock. */
  readonly at: string
  readonly kind: 'request' | 'job' | 'lifetime' | 'control'
  readonly service?: string
  readonly operation?: string
  readonly region?: string
  readonly project?: string
  readonly requestId?: string
  /** Missing when the caller was given none. */
  readonly status?: number
  readonly code?: string
  /** The fault that struck. */
  readonly fault?: string
  /** Begun by the request, or the one that ended. */
  readonly jobs?: readonly string[]
  /** What the job was about. */
  readonly targets?: readonly string[]
  readonly failures?: readonly string[]
  /** How many more or fewer there are of what, where that has changed. */
  readonly changed?: Readonly<Record<string, number>>
}

const KEPT = 10_000
const SLACK = 1_000

export function record(state: State, at: number, entry: Omit<Entry, 'number' | 'at'>): Entry {
  const written = { number: ++state.number, at: new Date(at).toISOString(), ...entry }
  append(state, written)
  return written
}

export function append(state: State, entry: Entry): void {
  state.number = entry.number
  state.log.push(entry)
  if (state.log.length > KEPT + SLACK) state.log.splice(0, state.log.length - KEPT)
}

export function entriesAfter(state: State, number: number, most: number): Entry[] {
  const first = state.log[0]?.number ?? 1
  const from = Math.max(0, number + 1 - first)
  return state.log.slice(from, from + most)
}

export type Sizes = Readonly<Record<string, number>>

/** How much a project has of each. */
export function sizesOf(holdings: Holdings | undefined): Sizes {
  const sizes: Record<string, number> = {}
  for (const [name, value] of Object.entries(holdings ?? {}))
    if (value instanceof Map || value instanceof Set) sizes[name] = value.size
  return sizes
}

/** What differs, as a part of a log entry; nothing when nothing does. */
export function changedSince(before: Sizes, holdings: Holdings | undefined): { changed?: Sizes } {
  const changed: Record<string, number> = {}
  for (const [name, size] of Object.entries(sizesOf(holdings))) {
    const difference = size - (before[name] ?? 0)
    if (difference !== 0 && name !== 'running') changed[name] = difference
  }
  return Object.keys(changed).length > 0 ? { changed } : {}
}
