import type { Outside } from '../outside.ts'
import type { BreakerLimits } from './policy.ts'

/** `well` tells that Huawei is there, whatever it answered; `unknown` tells nothing. */
export type Health = 'well' | 'ill' | 'unknown'

export class BreakerOpen extends Error {
  readonly seconds: number

  constructor(ms: number) {
    super('breaker open')
    this.seconds = Math.max(1, Math.ceil(ms / 1_000))
  }
}

interface Count {
  second: number
  all: number
  ill: number
}

/**
 * Lets no calls through to what has failed again and again, but for one probe at a time: a caller is told at once what
 * he would otherwise learn after a timeout, and what is ill is left alone.
 */
export class Breaker {
  readonly #limits: BreakerLimits
  readonly #outside: Outside
  readonly #onChange: (isOpen: boolean) => void
  #counts: Count[] = []
  #inARow = 0
  #openings = 0
  #era = 0
  #openUntil = 0
  #probing = false

  constructor(limits: BreakerLimits, outside: Outside, onChange: (isOpen: boolean) => void) {
    this.#limits = limits
    this.#outside = outside
    this.#onChange = onChange
  }

  get isOpen(): boolean {
    return this.#openings > 0
  }

  /** Lets a call through and returns the function that takes what it showed. Throws {@link BreakerOpen}. */
  enter(): (health: Health) => void {
    if (!this.isOpen) {
      const era = this.#era
      return (health) => {
        // Who set out before it opened tells of the time before.
        if (this.#era === era) this.#count(health)
      }
    }
    const left = this.#openUntil - this.#outside.elapsed()
    if (left > 0 || this.#probing) throw new BreakerOpen(left)
    this.#probing = true
    return (health) => {
      this.#probing = false
      if (health === 'well') this.#close()
      else if (health === 'ill') this.#open()
    }
  }

  #count(health: Health): void {
    if (health === 'unknown') return
    const isIll = health === 'ill'
    this.#inARow = isIll ? this.#inARow + 1 : 0
    const { inARow, share, atLeast, windowMs } = this.#limits
    const second = Math.floor(this.#outside.elapsed() / 1_000)
    let now = this.#counts.at(-1)
    if (now?.second !== second) {
      now = { second, all: 0, ill: 0 }
      this.#counts = [...this.#counts.filter((count) => count.second > second - windowMs / 1_000), now]
    }
    now.all += 1
    if (!isIll) return
    now.ill += 1
    const all = this.#counts.reduce((sum, count) => sum + count.all, 0)
    const ill = this.#counts.reduce((sum, count) => sum + count.ill, 0)
    if (this.#inARow >= inARow || (all >= atLeast && ill >= share * all)) this.#open()
  }

  #open(): void {
    this.#openings += 1
    this.#era += 1
    const { openMs, mostMs } = this.#limits
    const longest = Math.min(openMs * this.#openings, mostMs)
    this.#openUntil = this.#outside.elapsed() + longest * (0.5 + this.#outside.random() / 2)
    if (this.#openings === 1) this.#onChange(true)
  }

  #close(): void {
    this.#openings = 0
    this.#inARow = 0
    this.#counts = []
    this.#onChange(false)
  }
}
