import { CODES } from './exit-codes.ts'
import { Stop } from './stop.ts'
import type { Catalog } from './text/en.ts'

/** A call that was given up: nobody knows what became of a write. */
export function interruptedCall(isWrite: boolean, text: Catalog, key?: string): Stop {
  if (!isWrite) return new Stop(CODES.interrupted, text.interrupted.read)
  const next = key === undefined ? text.interrupted.look : text.interrupted.again(key)
  return new Stop(CODES.unknown, text.interrupted.write, next)
}
