import { BoundedMap } from '../huaweicloud/bounded-map.ts'
import type { Outside } from '../outside.ts'

/** How things stand for one of those who are limited. */
export interface Allowance {
  /** Requests that may come at once. */
  readonly limit: number
  /** How many of them may still come. */
  readonly remaining: number
  /** Seconds until all of them may. */
  readonly reset: number
  /** Seconds after which the request would have been let through; 0 when it was. */
  readonly wait: number
}

/** More at once than in a second, because a page that opens asks for many things. */
const BURST_SECONDS = 2
/** Milliseconds: sums of fractions must not cost a whole request. */
const ROUNDING = 0.001

/**
 * One token bucket for each name. A bucket is one number, the time at which it will be full again (GCRA,
 * https://www.itu.int/rec/T-REC-I.371): no timers, and nothing kept for those who do not ask.
 */
export class Buckets {
  readonly #fullAt: BoundedMap<number>
  readonly #outside: Pick<Outside, 'elapsed'>
  readonly #msEach: number
  readonly #limit: number

  constructor(perSecond: number, outside: Pick<Outside, 'elapsed'>, most = 10_000) {
    this.#fullAt = new BoundedMap(most)
    this.#outside = outside
    this.#msEach = 1_000 / perSecond
    this.#limit = Math.max(1, Math.floor(perSecond * BURST_SECONDS))
  }

  /** What a bucket holds when it is full. */
  get limit(): number {
    return this.#limit
  }

  /** Takes `cost`, if so much is there. */
  take(name: string, cost = 1): Allowance {
    const now = this.#outside.elapsed()
    const fullAt = this.#fullAtOf(name, now)
    const then = fullAt + cost * this.#msEach
    const late = then - now - this.#limit * this.#msEach
    if (late > ROUNDING) return this.#told(fullAt - now, late)
    this.#fullAt.set(name, then)
    return this.#told(then - now)
  }

  /** Takes `cost`, or as much of it as is there. */
  charge(name: string, cost: number): void {
    const now = this.#outside.elapsed()
    const then = this.#fullAtOf(name, now) + cost * this.#msEach
    this.#fullAt.set(name, Math.min(then, now + this.#limit * this.#msEach))
  }

  /** What {@link take} would say, without taking anything. */
  look(name: string, cost = 1): Allowance {
    const now = this.#outside.elapsed()
    const missing = this.#fullAtOf(name, now) - now
    return this.#told(missing, missing + (cost - this.#limit) * this.#msEach)
  }

  #fullAtOf(name: string, now: number): number {
    return Math.max(now, this.#fullAt.get(name) ?? now)
  }

  #told(missingMs: number, lateMs = 0): Allowance {
    const whole = (ms: number, unit: number) => Math.max(0, Math.ceil((ms - ROUNDING) / unit))
    return {
      limit: this.#limit,
      remaining: this.#limit - whole(missingMs, this.#msEach),
      reset: whole(missingMs, 1_000),
      wait: whole(lateMs, 1_000),
    }
  }
}
