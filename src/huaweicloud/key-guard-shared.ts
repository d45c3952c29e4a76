import { BoundedMap } from './bounded-map.ts'
import { type KeyGuard, Resting, type Settle, untilAborted, type Verdict } from './key-guard.ts'

/** A pair of keys, by what stands for it and for its access key. */
export interface NamedKeys {
  readonly identity: string
  readonly key: string
}

/** What becomes of a call: it must not be made for so many seconds, or may be made, holding a place until its verdict. */
export type Admission = { readonly rest: number } | { readonly proven: true } | { readonly place: number }

export interface Told extends NamedKeys {
  readonly verdict: Verdict
  /** The place given back. */
  readonly place?: number
}

/** The one guard of several processes, as one of them reaches it. */
export interface GuardDesk {
  admit(keys: NamedKeys, signal: AbortSignal): Promise<Admission>
  /** Of a refusal: resolves when no process takes the pair for accepted any more. */
  tell(told: Told): Promise<unknown>
}

export interface SharedGuard extends KeyGuard {
  /** The pair was refused elsewhere. */
  forget(keys: NamedKeys): void
}

/**
 * The guard of one of several processes: what is not accepted yet is asked of the one guard of them all, so that Huawei
 * Cloud sees no more refusals in a row than of one alone. Pairs accepted here pass without asking, since that is nearly every
 * call there is.
 */
export function buildSharedGuard(desk: GuardDesk, most = 10_000): SharedGuard {
  const accepted = new BoundedMap<object>(most)
  /** Access keys with refusals that an accepted call ends: it is told once, and not of each call. */
  const struck = new BoundedMap<true>(most)
  /** A refusal told of while a question was under way makes its answer an old one. */
  let forgotten = 0

  const acceptance = (identity: string) => accepted.get(identity)
  const knows = (identity: string) => acceptance(identity) !== undefined
  const accept = (identity: string) => accepted.set(identity, acceptance(identity) ?? {})

  function settle(keys: NamedKeys, verdict: Verdict, place?: number): Promise<unknown> | undefined {
    const { identity, key } = keys
    if (verdict === 'accepted') accept(identity)
    if (verdict === 'rejected') accepted.delete(identity)
    const isNews = verdict === 'rejected' || (verdict === 'accepted' && struck.get(key) !== undefined)
    if (place === undefined && !isNews) return undefined
    if (verdict === 'accepted') struck.delete(key)
    return desk.tell({ identity, key, verdict, ...(place === undefined ? {} : { place }) }).catch(() => {})
  }

  const settlingOf =
    (keys: NamedKeys, place?: number): Settle =>
    (verdict) =>
      settle(keys, verdict, place)

  return {
    acceptance,
    knows,
    pass(identity, key = identity) {
      return knows(identity) ? settlingOf({ identity, key }) : undefined
    },
    async admit(identity, signal, key = identity) {
      signal.throwIfAborted()
      if (knows(identity)) return settlingOf({ identity, key })
      const before = forgotten
      const asking = desk.admit({ identity, key }, signal)
      const admission = await untilAborted(asking, signal).catch((why) => {
        const giveBack = (late: Admission) => {
          if ('place' in late) settle({ identity, key }, 'unknown', late.place)
        }
        asking.then(giveBack, () => {})
        throw why
      })
      if ('rest' in admission) throw new Resting(admission.rest)
      if ('place' in admission) return settlingOf({ identity, key }, admission.place)
      if (forgotten === before) accept(identity)
      return settlingOf({ identity, key })
    },
    forget({ identity, key }) {
      forgotten += 1
      accepted.delete(identity)
      struck.set(key, true)
    },
  }
}
