import type { Outside } from '../outside.ts'

/** How long something was under way, whether once, several times or side by side. Milliseconds. */
export class Stopwatch {
  readonly #outside: Pick<Outside, 'elapsed'>
  #running = 0
  #since = 0
  #total = 0
  #used = false

  constructor(outside: Pick<Outside, 'elapsed'>) {
    this.#outside = outside
  }

  /** Undefined when it never ran. */
  get ms(): number | undefined {
    return this.#used ? this.#total : undefined
  }

  /** What was measured elsewhere. */
  add(ms: number): void {
    this.#used = true
    this.#total += ms
  }

  async time<T>(act: () => Promise<T>): Promise<T> {
    this.#used = true
    if (this.#running === 0) this.#since = this.#outside.elapsed()
    this.#running += 1
    try {
      return await act()
    } finally {
      this.#running -= 1
      if (this.#running === 0) this.#total += this.#outside.elapsed() - this.#since
    }
  }
}
