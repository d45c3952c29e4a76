import { getHeapStatistics } from 'node:v8'
import type { Outside, Pressure } from '../outside.ts'

/** How late a timer fires is how long the event loop takes to come round. */
export const TICK_MS = 20
const WORST_OF_MS = 1_000

export interface Watch {
  read(): Pressure
  close(): void
}

/** Watches the event loop and the heap. */
export function watchPressure({ elapsed }: Pick<Outside, 'elapsed'>): Watch {
  const lateness = new Lateness(elapsed())
  const timer = setInterval(() => lateness.tick(elapsed()), TICK_MS)
  timer.unref()
  return {
    read() {
      const { used_heap_size: used, heap_size_limit: most } = getHeapStatistics()
      return { delayMs: lateness.lasting, worstMs: lateness.worst, heapShare: used / most }
    },
    close: () => clearInterval(timer),
  }
}

/** What the moments tell at which a timer fired that should each {@link TICK_MS}. */
export class Lateness {
  /** The longest within about a second. */
  worst = 0
  #last: readonly [number, number, number] = [0, 0, 0]
  #before: number
  #worstAt: number

  constructor(now: number) {
    this.#before = now
    this.#worstAt = now
  }

  /**
   * How late all of the last three were, or two if it gets worse. One late tick is a pause, such as a garbage collection,
   * and what had to wait is caught up with in the next, shorter one: to refuse it would only make it worse.
   */
  get lasting(): number {
    const [first, second, third] = this.#last
    return Math.min(second, third, third > second ? third : first)
  }

  tick(now: number): void {
    const late = Math.max(0, now - this.#before - TICK_MS)
    this.#before = now
    const [, second, third] = this.#last
    this.#last = [second, third, late]
    if (late < this.worst && now - this.#worstAt <= WORST_OF_MS) return
    this.worst = late
    this.#worstAt = now
  }
}
