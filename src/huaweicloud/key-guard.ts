import type { Outside } from '../outside.ts'
import { BoundedMap } from './bounded-map.ts'

/**
 * Huawei locks an access key after more than five failures in a row, for everybody who uses it. So after
 * three refusals of the same wrong pair we stop asking for a minute.
 */
export const REFUSALS_BEFORE_REST = 3

/** And after four of different pairs with one access key, for all that were never accepted: somebody is guessing. */
export const STRIKES_BEFORE_REST = 4

export const REST_MS = 60_000

export type Verdict = 'accepted' | 'rejected' | 'unknown'

/** Takes the verdict on a call. Of a refusal it has to be waited for where others have to be told. */
export type Settle = (verdict: Verdict) => unknown

export class Resting extends Error {
  readonly seconds: number

  constructor(seconds: number) {
    super('resting')
    this.seconds = seconds
  }
}

export interface KeyGuard {
  /** Stands for a pair's having been accepted: the same object until it is rejected or forgotten, undefined before. */
  acceptance(identity: string): object | undefined
  /** Whether a pair was accepted, and not refused since. */
  knows(identity: string): boolean
  /** What {@link admit} would come to for a pair that was accepted before; undefined where it may have to wait. */
  pass(identity: string, key?: string): Settle | undefined
  /**
   * Lets a call with this pair through and resolves to the function that takes its verdict. Until a pair
   * was accepted once no more of its calls are under way than may still be refused, so that fifty parallel
   * calls with a wrong secret cannot lock the key either. `key` stands for the access key alone. Rejects with
   * {@link Resting}, or the signal's reason.
   */
  admit(identity: string, signal: AbortSignal, key?: string): Promise<Settle>
}

/** A guard that is also told of calls which others let through. */
export interface GuardOfAll extends KeyGuard {
  note(verdict: Verdict, identity: string, key: string): void
}

/** Stands for every pair that Huawei has not accepted yet: whoever makes keys up must not have a share for each. */
export const UNPROVEN = 'unproven'

export function buildKeyGuard(outside: Outside, most = 10_000): GuardOfAll {
  const accepted = new BoundedMap<object>(most)
  const pairs = refusalCount(outside, REFUSALS_BEFORE_REST, most)
  const keys = refusalCount(outside, STRIKES_BEFORE_REST, most)
  const proving = new Map<string, Set<Promise<void>>>()

  function settle(identity: string, key: string, verdict: Verdict): void {
    if (verdict === 'accepted') {
      accepted.set(identity, accepted.get(identity) ?? {})
      pairs.forget(identity)
      keys.forget(key)
    } else if (verdict === 'rejected') {
      accepted.delete(identity)
      pairs.add(identity)
      keys.add(key)
    }
  }

  function prove(identity: string, key: string, underWay: Set<Promise<void>>): (verdict: Verdict) => void {
    const proof = Promise.withResolvers<void>()
    proving.set(key, underWay.add(proof.promise))
    return (verdict) => {
      settle(identity, key, verdict)
      underWay.delete(proof.promise)
      if (underWay.size === 0) proving.delete(key)
      proof.resolve()
    }
  }

  const knows = (identity: string) => accepted.get(identity) !== undefined && pairs.restOf(identity) <= 0

  return {
    note: (verdict, identity, key) => settle(identity, key, verdict),
    acceptance: (identity) => accepted.get(identity),
    knows,
    pass(identity, key = identity) {
      if (!knows(identity)) return undefined
      return (verdict) => settle(identity, key, verdict)
    },
    async admit(identity, signal, key = identity) {
      for (;;) {
        signal.throwIfAborted()
        const isProven = accepted.get(identity) !== undefined
        const left = Math.max(pairs.restOf(identity), isProven ? 0 : keys.restOf(key))
        if (left > 0) throw new Resting(Math.ceil(left / 1_000))
        if (isProven) return (verdict) => settle(identity, key, verdict)
        const underWay = proving.get(key) ?? new Set()
        if (underWay.size < Math.min(pairs.leftOf(identity), keys.leftOf(key)))
          return prove(identity, key, underWay)
        await untilAborted(Promise.race(underWay), signal)
      }
    },
  }
}

/** Counts refusals in a row, and tells how many more there may be, or how long none. */
function refusalCount(outside: Outside, mostInARow: number, most: number) {
  const refusals = new BoundedMap<{ count: number; until: number }>(most)
  return {
    add(name: string) {
      const count = (refusals.get(name)?.count ?? 0) + 1
      refusals.set(name, { count, until: count >= mostInARow ? outside.elapsed() + REST_MS : 0 })
    },
    forget: (name: string) => refusals.delete(name),
    /** Milliseconds. */
    restOf: (name: string) => (refusals.get(name)?.until ?? 0) - outside.elapsed(),
    /** After a rest, one try: a further refusal rests again. */
    leftOf: (name: string) => Math.max(1, mostInARow - (refusals.get(name)?.count ?? 0)),
  }
}

/** The promise, or a rejection with the signal's reason when that comes first. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const left = Promise.withResolvers<never>()
  const leave = () => left.reject(signal.reason)
  signal.addEventListener('abort', leave, { once: true })
  if (signal.aborted) leave()
  try {
    return await Promise.race([left.promise, promise]) // takes care of the other's failure, too
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
