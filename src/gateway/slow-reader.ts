import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'

/** How fast a caller must read what is long: about 2 kB a second. */
export interface ReadingPace {
  readonly bytes: number
  readonly ms: number
}

/** Two of the pieces that come at once, since one of them may just have gone when a minute ends. */
export const SLOWEST: ReadingPace = { bytes: 128 * 1024, ms: 60_000 }

/**
 * Calls `cut` when the caller is behind with reading and has taken next to nothing for a while: until he is done the
 * answer holds one of the few connections to Huawei Cloud, and its turn.
 */
export function watchReader(
  response: ServerResponse,
  body: Readable,
  cut: () => void,
  { bytes, ms }: ReadingPace = SLOWEST,
): void {
  let taken = 0
  const timer = setInterval(() => {
    // Where nothing waits for him it is Huawei Cloud that is slow, and has a limit of its own.
    if (response.writableNeedDrain && taken < bytes) cut()
    taken = 0
  }, ms)
  timer.unref()
  // It comes as fast as he reads.
  body.on('data', (chunk: Buffer) => {
    taken += chunk.length
  })
  const end = () => clearInterval(timer)
  body.once('close', end)
  response.once('close', end)
}
