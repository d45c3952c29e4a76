import type { Outside } from '../outside.ts'

export interface BulkheadLimits {
  /** Calls in flight at once. */
  most: number
  /** Calls that may wait. */
  queue: number
  /** Longest wait in milliseconds. */
  waitMs: number
}

export class Overloaded extends Error {}

interface Waiting {
  admit: () => void
  refuse: (why: unknown) => void
}

/**
 * A bounded queue in front of a connection pool. undici's own queue must stay empty: a request in it has
 * no first-byte timeout, and aborting it settles nothing until its turn comes
 * (https://github.com/nodejs/undici/issues/341). So calls in flight never exceed the pool's connections.
 */
export class Bulkhead {
  readonly #limits: BulkheadLimits
  readonly #outside: Outside
  readonly #waiting = new Set<Waiting>()
  #inFlight = 0

  constructor(limits: BulkheadLimits, outside: Outside) {
    this.#limits = limits
    this.#outside = outside
  }

  /** Resolves to the function that gives the place back. Rejects with {@link Overloaded} or the signal's reason. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    if (this.#inFlight < this.#limits.most) return this.#taken()
    if (this.#waiting.size >= this.#limits.queue) throw new Overloaded()
    await this.#turn(signal)
    return this.#handedOver()
  }

  async #turn(signal: AbortSignal): Promise<void> {
    const done = new AbortController()
    const place = Promise.withResolvers<void>()
    const waiting: Waiting = {
      admit: place.resolve,
      // Leaves the line at once: a place handed to somebody who has left already would be lost.
      refuse: (why) => {
        if (this.#waiting.delete(waiting)) place.reject(why)
      },
    }
    const leave = () => waiting.refuse(signal.reason)
    this.#waiting.add(waiting)
    signal.addEventListener('abort', leave, { once: true })
    this.#outside.sleep(this.#limits.waitMs, done.signal).then(
      () => waiting.refuse(new Overloaded()),
      () => {},
    )
    try {
      await place.promise
    } finally {
      signal.removeEventListener('abort', leave)
      done.abort()
    }
  }

  #taken(): () => void {
    this.#inFlight += 1
    return this.#handedOver()
  }

  /** The place of the one before passes on without ever being free, so nobody can slip in between. */
  #handedOver(): () => void {
    let held = true
    return () => {
      if (!held) return
      held = false
      const [next] = this.#waiting
      if (next) {
        this.#waiting.delete(next)
        next.admit()
      } else {
        this.#inFlight -= 1
      }
    }
  }
}
