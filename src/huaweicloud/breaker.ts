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
  #probe: { began: number } | undefined

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
    const left = Math.max(this.#openUntil, this.#probeUntil()) - this.#outside.elapsed()
    if (left > 0) throw new BreakerOpen(left)
    const era = this.#era
    const probe = { began: this.#outside.elapsed() }
    this.#probe = probe
    return (health) => {
      if (this.#probe === probe) this.#probe = undefined
      if (this.#era !== era) return
      if (!this.isOpen) this.#count(health)
      else if (health === 'well') this.#close()
      else if (health === 'ill') this.#open()
    }
  }

  /** One that hangs must not keep everybody out: it is no longer waited for when it might have been tried again. */
  #probeUntil(): number {
    const { openMs, mostMs } = this.#limits
    return this.#probe ? this.#probe.began + Math.min(openMs, mostMs) : 0
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
    this.#probe = undefined
    const { openMs, mostMs } = this.#limits
    const longest = Math.min(openMs * this.#openings, mostMs)
    this.#openUntil = this.#outside.elapsed() + longest * (0.5 + this.#outside.random() / 2)
    if (this.#openings === 1) this.#onChange(true)
  }

  #close(): void {
    this.#openings = 0
    this.#probe = undefined
    this.#inARow = 0
    this.#counts = []
    this.#onChange(false)
  }
}
