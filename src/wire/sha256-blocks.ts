/**
 * The heart of SHA-256 (FIPS 180-4, section 6.2): takes one block of 64 bytes into a state. For texts as short as ours
 * this is a quarter of the time of the crypto library, which makes an object for each hash; it takes its time from the
 * bytes' number alone, so that it tells nothing of a key.
 */
export function compress(state: Int32Array, bytes: Uint8Array, at: number): void {
  for (let t = 0; t < 16; t += 1) {
    const i = at + 4 * t
    words[t] =
      (byte(bytes, i) << 24) | (byte(bytes, i + 1) << 16) | (byte(bytes, i + 2) << 8) | byte(bytes, i + 3)
  }
  for (let t = 16; t < 64; t += 1) {
    const x = word(words, t - 15)
    const y = word(words, t - 2)
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    words[t] = (word(words, t - 16) + s0 + word(words, t - 7) + s1) | 0
  }
  let a = word(state, 0)
  let b = word(state, 1)
  let c = word(state, 2)
  let d = word(state, 3)
  let e = word(state, 4)
  let f = word(state, 5)
  let g = word(state, 6)
  let h = word(state, 7)
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const one = (h + s1 + ((e & f) ^ (~e & g)) + word(ROUND, t) + word(words, t)) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + two) | 0
  }
  state[0] = (word(state, 0) + a) | 0
  state[1] = (word(state, 1) + b) | 0
  state[2] = (word(state, 2) + c) | 0
  state[3] = (word(state, 3) + d) | 0
  state[4] = (word(state, 4) + e) | 0
  state[5] = (word(state, 5) + f) | 0
  state[6] = (word(state, 6) + g) | 0
  state[7] = (word(state, 7) + h) | 0
}

/** Puts a one, zeros and the length in bits behind a message (5.1.1). Returns where the last block ends. */
export function pad(bytes: Uint8Array, length: number, before = 0): number {
  const end = Math.ceil((length + 9) / BLOCK) * BLOCK
  bytes.fill(0, length, end)
  bytes[length] = 0x80
  const bits = 8 * (before + length)
  for (let at = 0; at < 4; at += 1) bytes[end - 1 - at] = bits >>> (8 * at)
  return end
}

/** The state as 32 bytes. */
export function put(state: Int32Array, bytes: Uint8Array, at: number): void {
  for (let t = 0; t < 8; t += 1) {
    const value = word(state, t)
    bytes[at + 4 * t] = value >>> 24
    bytes[at + 4 * t + 1] = value >>> 16
    bytes[at + 4 * t + 2] = value >>> 8
    bytes[at + 4 * t + 3] = value
  }
}

export const BLOCK = 64

const words = new Int32Array(64)
const word = (from: Int32Array, at: number): number => from[at] as number
const byte = (from: Uint8Array, at: number): number => from[at] as number

const primes: number[] = []
for (let number = 2; primes.length < 64; number += 1)
  if (primes.every((prime) => number % prime !== 0)) primes.push(number)

/** The first 32 bits of the fractions of the roots of the first primes: cubic ones for the rounds, square ones to begin. */
const ROUND = Int32Array.from(primes, (prime) => Math.floor((Math.cbrt(prime) % 1) * 2 ** 32))
export const INITIAL = Int32Array.from(primes.slice(0, 8), (prime) =>
  Math.floor((Math.sqrt(prime) % 1) * 2 ** 32),
)
