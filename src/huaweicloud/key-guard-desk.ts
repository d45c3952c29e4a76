import { type GuardOfAll, Resting, type Settle } from './key-guard.ts'
import type { Admission, NamedKeys, Told } from './key-guard-shared.ts'

/** What one process has of the guard: its places come back when it ends. */
export interface DeskOfOne {
  admit(keys: NamedKeys, signal: AbortSignal): Promise<Admission>
  tell(told: Told): Promise<void>
  close(): void
}

/** `everywhere` resolves when all processes have forgotten that a pair was accepted. */
export function deskOf(guard: GuardOfAll, everywhere: (keys: NamedKeys) => Promise<void>): DeskOfOne {
  const held = new Map<number, Settle>()
  let count = 0
  return {
    async admit({ identity, key }, signal) {
      if (guard.knows(identity)) return { proven: true }
      const settle = await guard.admit(identity, signal, key).catch((why) => {
        if (why instanceof Resting) return why
        throw why
      })
      if (settle instanceof Resting) return { rest: settle.seconds }
      if (guard.knows(identity)) return { proven: true } // such a call holds no place
      count += 1
      held.set(count, settle)
      return { place: count }
    },
    async tell({ identity, key, verdict, place }) {
      const settle = place === undefined ? undefined : held.get(place)
      if (place !== undefined) held.delete(place)
      if (settle) settle(verdict)
      else guard.note(verdict, identity, key)
      if (verdict === 'rejected') await everywhere({ identity, key })
    },
    close() {
      for (const settle of held.values()) settle('unknown')
      held.clear()
    },
  }
}
