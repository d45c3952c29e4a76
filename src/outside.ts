import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * Time and chance, passed in so that a signature, a backoff and a two-minute job can be tested in a
 * millisecond, exactly, with no patched globals.
 */
export interface Outside {
  /** Wall clock, milliseconds since 1970. For dates that others read. */
  now(): number
  /** Steady clock, milliseconds since some start. For measuring and waiting; never jumps. */
  elapsed(): number
  /** A number in [0, 1). */
  random(): number
  uuid(): string
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

export const outside: Outside = {
  now: Date.now,
  elapsed: () => performance.now(),
  random: Math.random,
  uuid: randomUUID,
  sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}),
}
