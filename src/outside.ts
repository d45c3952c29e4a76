import { randomUUID } from 'node:crypto'
import { promises as dns, type LookupAddress } from 'node:dns'
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
  /** How hard the process is at it. Left out, it is measured. */
  pressure?(): Pressure
}

export interface Pressure {
  /** By how much the event loop has been late all the while, milliseconds: how long what arrives now will lie. */
  readonly delayMs: number
  /** The longest that it stood still within the last second, milliseconds. */
  readonly worstMs: number
  /** How much of the heap that V8 may use is in use, from 0 to 1. */
  readonly heapShare: number
}

/** Passed in too, so that a slow or lying resolver can be had for a test. */
export interface Names {
  /** All addresses of a host, as the system finds them. */
  resolve(host: string): Promise<LookupAddress[]>
}

/** What it comes to, or undefined where that takes longer than `ms`. */
export async function within<T>(
  result: Promise<T>,
  ms: number,
  { sleep }: Pick<Outside, 'sleep'>,
): Promise<T | undefined> {
  const stop = new AbortController()
  const timeUp = sleep(ms, stop.signal).then(
    () => undefined,
    () => undefined,
  )
  try {
    return await Promise.race([result, timeUp])
  } finally {
    stop.abort()
  }
}

export const outside: Outside & Names = {
  now: Date.now,
  elapsed: () => performance.now(),
  random: Math.random,
  uuid: randomUUID,
  resolve: (host) => dns.lookup(host, { all: true }),
  sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}),
}
