import type { Outside } from '../outside.ts'
import { BoundedMap } from './bounded-map.ts'

/**
 * Huawei locks an access key after more than five failures in a row, for everybody who uses it. So after
 * three refusals of the same wrong pair we stop asking for a minute.
 */
export const REFUSALS_BEFORE_REST = 3
export const REST_MS = 60_000

export type Verdict = 'accepted' | 'rejected' | 'unknown'

export class Resting extends Error {
  readonly seconds: number

  constructor(seconds: number) {
    super('resting')
    this.seconds = seconds
  }
}

export interface KeyGuard {
  /**
   * Lets a call with this pair through and resolves to the function that takes its verdict. Until a pair
   * was accepted once no more of its calls are under way than may still be refused, so that fifty parallel
   * calls with a wrong secret cannot lock the key either. Rejects with {@link Resting}, or the signal's reason.
   */
  admit(identity: string, signal: AbortSignal): Promise<(verdict: Verdict) => void>
}

export function buildKeyGuard(outside: Outside, most = 10_000): KeyGuard {
  const accepted = new BoundedMap<true>(most)
  const refusals = new BoundedMap<{ count: number; until: number }>(most)
  const proving = new Map<string, Set<Promise<void>>>()

  function settle(identity: string, verdict: Verdict): void {
    if (verdict === 'accepted') {
      accepted.set(identity, true)
      refusals.delete(identity)
    } else if (verdict === 'rejected') {
      accepted.delete(identity)
      const count = (refusals.get(identity)?.count ?? 0) + 1
      const until = count >= REFUSALS_BEFORE_REST ? outside.elapsed() + REST_MS : 0
      refusals.set(identity, { count, until })
    }
  }

  /** After a rest, one try: a further refusal rests again. */
  function refusalsOf(identity: string): number {
    const count = refusals.get(identity)?.count ?? 0
    return count < REFUSALS_BEFORE_REST ? count : REFUSALS_BEFORE_REST - 1
  }

  function prove(identity: string, underWay: Set<Promise<void>>): (verdict: Verdict) => void {
    const proof = Promise.withResolvers<void>()
    proving.set(identity, underWay.add(proof.promise))
    return (verdict) => {
      settle(identity, verdict)
      underWay.delete(proof.promise)
      if (underWay.size === 0) proving.delete(identity)
      proof.resolve()
    }
  }

  return {
    async admit(identity, signal) {
      for (;;) {
        signal.throwIfAborted()
        const left = (refusals.get(identity)?.until ?? 0) - outside.elapsed()
        if (left > 0) throw new Resting(Math.ceil(left / 1_000))
        if (accepted.get(identity)) return (verdict) => settle(identity, verdict)
        const underWay = proving.get(identity) ?? new Set()
        const places = REFUSALS_BEFORE_REST - refusalsOf(identity)
        if (underWay.size < places) return prove(identity, underWay)
        await untilAborted(Promise.race(underWay), signal)
      }
    },
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
