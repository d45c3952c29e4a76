/** As much as is read from a connection at once. */
export const MOST_AT_ONCE = 64 * 1024
/** Of a shorter piece, such as a record of TLS, more than half of the memory would be held for nothing. */
const WORTH_LENDING = 32 * 1024
/** Kept for the next ones: 4 MiB. */
const MOST_KEPT = 64

/** How much of each was lent. */
const lent = new WeakMap<ArrayBufferLike, number>()
const free: ArrayBuffer[] = []

/**
 * A copy of some bytes, at most {@link MOST_AT_ONCE}. The pieces of a long answer are in memory for a moment only; made
 * anew each time they were garbage of 64 KiB each, and what slow readers seemed to hold was mostly that.
 */
export function lend(bytes: Buffer): Buffer {
  if (bytes.length < WORTH_LENDING || bytes.length > MOST_AT_ONCE) return Buffer.from(bytes)
  const memory = free.pop() ?? new ArrayBuffer(MOST_AT_ONCE)
  lent.set(memory, bytes.length)
  const copy = Buffer.from(memory, 0, bytes.length)
  bytes.copy(copy)
  return copy
}

/**
 * For whoever is the last to use such a copy, once; who does not, leaves it to the garbage collector. Nothing is taken of
 * other bytes, nor of a part of a copy, whose other part may be in use: a stream that is read for a few bytes cuts it in two.
 */
export function giveBack({ buffer, byteOffset, length }: Buffer): void {
  if (byteOffset !== 0 || lent.get(buffer) !== length) return
  lent.delete(buffer)
  if (free.length >= MOST_KEPT) return
  free.push(buffer as ArrayBuffer)
}

/** The same bytes for whoever keeps them longer: in memory of just their size. */
export function kept(bytes: Buffer): Buffer {
  if (lent.get(bytes.buffer) === undefined) return bytes
  const own = Buffer.from(bytes)
  giveBack(bytes)
  return own
}
