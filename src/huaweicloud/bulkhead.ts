import type { Outside } from '../outside.ts'
import { NOWHERE, type Placed, UnderWay } from './under-way.ts'

export interface BulkheadLimits {
  /** Calls in flight at once. */
  most: number
  /** Of these, one caller's. */
  mostOfOne: number
  /** Calls that may wait. */
  queue: number
  /** Longest wait in milliseconds. */
  waitMs: number
}

/** No place, because of `all` callers together or of the `caller` alone while others wait. */
export class Overloaded extends Error {
  readonly by: 'all' | 'caller'

  constructor(by: Overloaded['by'] = 'all') {
    super('overloaded')
    this.by = by
  }
}

interface Waiting extends Placed {
  /** When it is refused, as `Outside.elapsed` counts. */
  readonly until: number
  admit: () => void
  refuse: (why: unknown) => void
}

/** Told once, of one or the other, unless the line is left before. */
export interface InLine {
  /** The function gives the place back. */
  admitted(exit: () => void): void
  refused(why: Overloaded): void
}

/** So often it is looked for those who have waited too long; who sleeps until then has a timer each. */
const LOOK_MS = 50

/** One caller's calls, for as long as there are any. */
interface Party {
  readonly identity: string
  inFlight: number
  /** First come first. */
  readonly waiting: Waiting[]
  /** Of two who wait, the one with the lesser number was served longer ago. */
  servedAs: number
}

/**
 * A bounded queue in front of a connection pool. undici's own queue must stay empty: a request in it has
 * no first-byte timeout, and aborting it settles nothing until its turn comes
 * (https://github.com/nodejs/undici/issues/341). So calls in flight never exceed the pool's connections.
 *
 * Callers take turns, each has at most its share in flight, and when the line is full the longest part of it gives way:
 * one who sends ten times as much as others slows down himself.
 */
export class Bulkhead {
  readonly #limits: BulkheadLimits
  readonly #outside: Outside
  readonly #parties = new Map<string, Party>()
  #served = 0
  #inFlight = 0
  #waiting = 0
  /** Those in line who have no timer. */
  readonly #untimed = new UnderWay<Waiting>()
  #look: NodeJS.Timeout | undefined

  constructor(limits: BulkheadLimits, outside: Outside) {
    this.#limits = limits
    this.#outside = outside
  }

  get inFlight(): number {
    return this.#inFlight
  }

  get waiting(): number {
    return this.#waiting
  }

  /** Callers that are in or wait. */
  get callers(): number {
    return this.#parties.size
  }

  /** The function that gives the place back, where there is one at once. */
  enterNow(identity = ''): (() => void) | undefined {
    const party = this.#partyOf(identity)
    if (this.#inFlight >= this.#limits.most || !this.#hasShare(party)) return undefined
    this.#take(party)
    return this.#exitOf(party)
  }

  /** Resolves to the function that gives the place back. Rejects with {@link Overloaded} or the signal's reason. */
  async enter(signal: AbortSignal, identity = ''): Promise<() => void> {
    signal.throwIfAborted()
    const exit = this.enterNow(identity)
    if (exit) return exit
    const party = this.#partyOf(identity)
    await this.#turn(party, signal)
    return this.#exitOf(party)
  }

  /**
   * The same by calls, for many who wait: a place may be there at once. Returns what leaves the line, and tells whether
   * it was still in it. Throws {@link Overloaded} where the line is full.
   */
  line(identity: string, told: InLine): () => boolean {
    const exit = this.enterNow(identity)
    if (exit) {
      told.admitted(exit)
      return () => false
    }
    const party = this.#partyOf(identity)
    const waiting = this.#queue(party, {
      admit: () => told.admitted(this.#exitOf(party)),
      refuse: (why) => told.refused(why as Overloaded),
    })
    this.#untimed.add(waiting)
    this.#look ??= setInterval(() => this.#refuseLate(), LOOK_MS).unref()
    return () => this.#leave(party, waiting)
  }

  #refuseLate(): void {
    const now = this.#outside.elapsed()
    for (const waiting of this.#untimed.list()) if (waiting.until <= now) waiting.refuse(new Overloaded())
    if (this.#untimed.size > 0) return
    clearInterval(this.#look)
    this.#look = undefined
  }

  #partyOf(identity: string): Party {
    const known = this.#parties.get(identity)
    if (known) return known
    const party = { identity, inFlight: 0, waiting: [], servedAs: 0 }
    this.#toEnd(party)
    return party
  }

  #exitOf(party: Party): () => void {
    let held = true
    return () => {
      if (!held) return
      held = false
      party.inFlight -= 1
      this.#inFlight -= 1
      this.#toEnd(party)
      this.#next()
      this.#forget(party)
    }
  }

  #hasShare(party: Party): boolean {
    return party.inFlight < this.#limits.mostOfOne
  }

  #take(party: Party): void {
    this.#parties.set(party.identity, party)
    this.#toEnd(party)
    party.inFlight += 1
    this.#inFlight += 1
  }

  /** Who was served waits until all others were. */
  #toEnd(party: Party): void {
    this.#served += 1
    party.servedAs = this.#served
  }

  async #turn(party: Party, signal: AbortSignal): Promise<void> {
    const done = new AbortController()
    const place = Promise.withResolvers<void>()
    const waiting = this.#queue(party, { admit: place.resolve, refuse: place.reject })
    const abort = () => waiting.refuse(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    this.#outside.sleep(this.#limits.waitMs, done.signal).then(
      () => waiting.refuse(new Overloaded()),
      () => {},
    )
    try {
      await place.promise
    } finally {
      signal.removeEventListener('abort', abort)
      done.abort()
    }
  }

  #queue(party: Party, { admit, refuse }: Pick<Waiting, 'admit' | 'refuse'>): Waiting {
    if (this.#waiting >= this.#limits.queue) this.#makeRoom(party)
    const waiting: Waiting = {
      place: NOWHERE,
      until: this.#outside.elapsed() + this.#limits.waitMs,
      admit: () => {
        this.#take(party)
        this.#leave(party, waiting)
        admit()
      },
      // Leaves the line at once: a place handed to somebody who has left already would be lost.
      refuse: (why) => {
        if (this.#leave(party, waiting)) refuse(why)
      },
    }
    this.#parties.set(party.identity, party)
    party.waiting.push(waiting)
    this.#waiting += 1
    return waiting
  }

  #leave(party: Party, waiting: Waiting): boolean {
    const at = party.waiting.indexOf(waiting)
    if (at < 0) return false
    party.waiting.splice(at, 1)
    this.#untimed.remove(waiting)
    this.#waiting -= 1
    this.#forget(party)
    return true
  }

  /** Turns away the newest of the longest line, which may be the one who comes now. */
  #makeRoom(comer: Party): void {
    let longest = comer
    let lines = 0
    for (const party of this.#parties.values()) {
      if (party.waiting.length > 0) lines += 1
      if (party.waiting.length > longest.waiting.length) longest = party
    }
    const mine = comer.waiting.length
    if (longest.waiting.length <= mine + 1) throw new Overloaded(mine > 1 && lines > 1 ? 'caller' : 'all')
    longest.waiting.at(-1)?.refuse(new Overloaded('caller'))
  }

  /** The place passes on at once, so nobody can slip in between. */
  #next(): void {
    if (this.#waiting === 0) return
    let next: Party | undefined
    for (const party of this.#parties.values())
      if (party.waiting.length > 0 && this.#hasShare(party) && !(next && next.servedAs < party.servedAs))
        next = party
    next?.waiting[0]?.admit()
  }

  #forget({ identity, inFlight, waiting }: Party): void {
    if (inFlight === 0 && waiting.length === 0) this.#parties.delete(identity)
  }
}
