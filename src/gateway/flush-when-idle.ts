import type { Readable } from 'node:stream'
import type { Flushable } from './codings.ts'

/** Short enough that nobody notices, and longer than the pauses inside an answer that comes as fast as it can. */
const IDLE_MS = 50

/** Lets out what has gathered in the compressor when no more comes for a moment: Huawei Cloud may take long over the rest. */
export function flushWhenIdle(through: Flushable, body: Readable): void {
  const timer = setTimeout(() => {
    if (!through.writableEnded && !through.destroyed) through.flush()
  }, IDLE_MS).unref()
  body.on('data', () => timer.refresh())
  through.once('close', () => clearTimeout(timer))
}
