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
   * was accepted once its calls go one at a time, so that fifty parallel calls with a wrong secret cannot
   * lock the key either. Rejects with {@link Resting}, or the signal's reason.
   */
  admit(identity: string, signal: AbortSignal): Promise<(verdict: Verdict) => void>
}

export function buildKeyGuard(outside: Outside, most = 10_000): KeyGuard {
  const accepted = new BoundedMap<true>(most)
  const refusals = new BoundedMap<{ count: number; until: number }>(most)
  const proving = new Map<string, Promise<void>>()

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

  return {
    async admit(identity, signal) {
      for (;;) {
        signal.throwIfAborted()
        const left = (refusals.get(identity)?.until ?? 0) - outside.elapsed()
        if (left > 0) throw new Resting(Math.ceil(left / 1_000))
        if (accepted.get(identity)) return (verdict) => settle(identity, verdict)
        const underWay = proving.get(identity)
        if (!underWay) break
        await untilAborted(underWay, signal)
      }
      const proof = Promise.withResolvers<void>()
      proving.set(identity, proof.promise)
      return (verdict) => {
        settle(identity, verdict)
        proving.delete(identity)
        proof.resolve()
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
