import type { Topic } from './cache-flights.ts'
import { type Coding, ways } from './codings.ts'
import { tagOf } from './etag.ts'

/** An answer as callers get it, the envelope included. */
export interface Kept {
  readonly body: Buffer
  readonly tag: string
  /** Of the call that brought it. */
  readonly requestId?: string
}

interface Entry extends Kept, Topic {
  readonly keptAt: number
  readonly until: number
  readonly acceptance: object
  readonly forms: Map<Coding, Promise<Buffer>>
  size: number
}

export interface Store {
  /** What is kept and fresh, and how old it is, milliseconds. Forgets all that a pair had when it is no longer accepted as it was. */
  find(topic: Topic, acceptance: object | undefined, now: number): { kept: Kept; age: number } | undefined
  keep(topic: Topic, kept: Kept, acceptance: object, now: number, ttlMs: number): void
  /** The bytes of an answer in one of the codings; kept too as long as the answer is. */
  form(kept: Kept, coding: Coding): Promise<Buffer>
  forget(which: Omit<Topic, 'key'>): void
  clear(): void
}

/** What an entry takes beside its bytes and its key, roughly. */
const OVERHEAD = 512

export const tagged = (body: Buffer, requestId?: string): Kept => ({
  body,
  tag: tagOf(body),
  ...(requestId ? { requestId } : {}),
})

/** Answers in memory, so many bytes of them; what was kept longest ago is forgotten first. */
export function buildStore(mostBytes: number, tell: (bytes: number) => void): Store {
  const entries = new Map<string, Entry>()
  let bytes = 0

  function drop(entry: Entry): void {
    if (entries.get(entry.key) !== entry) return
    entries.delete(entry.key)
    bytes -= entry.size
    tell(bytes)
  }

  function dropWhere(isMeant: (entry: Entry) => boolean): void {
    for (const entry of [...entries.values()]) if (isMeant(entry)) drop(entry)
  }

  function grow(entry: Entry, by: number): void {
    if (entries.get(entry.key) !== entry) return
    entry.size += by
    bytes += by
    tell(bytes)
    for (const oldest of entries.values()) {
      if (bytes <= mostBytes) return
      drop(oldest)
    }
  }

  return {
    find(topic, acceptance, now) {
      const entry = entries.get(topic.key)
      if (!entry) return undefined
      if (entry.acceptance !== acceptance) dropWhere(({ pair }) => pair === entry.pair)
      else if (entry.until > now) return { kept: entry, age: now - entry.keptAt }
      else drop(entry)
      return undefined
    },
    keep(topic, kept, acceptance, now, ttlMs) {
      const before = entries.get(topic.key)
      if (before) drop(before)
      dropWhere(({ until }) => until <= now)
      const entry = {
        ...topic,
        ...kept,
        acceptance,
        keptAt: now,
        until: now + ttlMs,
        forms: new Map(),
        size: 0,
      }
      entries.set(topic.key, entry)
      grow(entry, kept.body.length + 2 * topic.key.length + OVERHEAD)
    },
    async form(kept, coding) {
      const entry = isEntry(kept) ? kept : undefined
      const known = entry?.forms.get(coding)
      if (known) return known
      const made = ways[coding].whole(kept.body)
      entry?.forms.set(coding, made)
      const form = await made
      if (entry) grow(entry, form.length)
      return form
    },
    forget({ kind, pair }) {
      dropWhere((entry) => entry.kind === kind && entry.pair === pair)
    },
    clear: () => dropWhere(() => true),
  }
}

const isEntry = (kept: Kept): kept is Entry => 'forms' in kept
