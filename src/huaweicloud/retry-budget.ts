/** What may be spent on repeating: when everything fails, repeating everything would triple what fails. */
export class RetryBudget {
  readonly #most: number
  #tokens: number
  #active = 0
  #repeating = 0

  constructor(tokens: number) {
    this.#most = tokens
    this.#tokens = tokens
  }

  begin(): void {
    this.#active += 1
  }

  /** `refund` is what its last repetition has cost, if there was one. */
  end(wentWell: boolean, refund = 0): void {
    this.#active -= 1
    if (wentWell) this.#tokens = Math.min(this.#most, this.#tokens + Math.max(1, refund))
  }

  /** Pays for a repetition; undefined when that is too much, or too many repeat already. */
  take(cost: number): (() => void) | undefined {
    if (this.#tokens < cost || this.#repeating >= Math.max(3, this.#active / 5)) return undefined
    this.#tokens -= cost
    this.#repeating += 1
    let held = true
    return () => {
      if (held) this.#repeating -= 1
      held = false
    }
  }
}
