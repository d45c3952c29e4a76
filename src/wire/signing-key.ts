import { padsOf } from './hmac.ts'
import { BLOCK, compress, INITIAL, pad, put } from './sha256-blocks.ts'
import { sha256 } from './signature.ts'

const DIGEST = 32
const DATE_AT = 'SDK-HMAC-SHA256\n'.length
const HASH_AT = DATE_AT + 'YYYYMMDDTHHMMSSZ\n'.length
const TO_SIGN = HASH_AT + 2 * DIGEST

/** Beyond this, with the longest of temporary keys, the crypto library is as fast. */
const LONGEST = 2_048
const scratch = Buffer.alloc(LONGEST + 2 * BLOCK)
const state = new Int32Array(8)

/**
 * A secret key as HMAC-SHA256 (RFC 2104) begins with it: its two pads are hashed once, and of a string to sign only its
 * date and hash are put in their places.
 */
export class SigningKey {
  readonly #inner = Int32Array.from(INITIAL)
  readonly #outer = Int32Array.from(INITIAL)
  readonly #toSign = Buffer.alloc(2 * BLOCK)
  readonly #digest = Buffer.alloc(BLOCK)

  constructor(secretKey: string) {
    const { inner, outer } = padsOf(secretKey)
    compress(this.#inner, inner, 0)
    compress(this.#outer, outer, 0)
    this.#toSign.write('SDK-HMAC-SHA256\n')
    this.#toSign.write('\n', HASH_AT - 1)
    pad(this.#toSign, TO_SIGN, BLOCK)
    pad(this.#digest, DIGEST, BLOCK)
  }

  /** The signature of a canonical request in plain ASCII, in lower-case hex. */
  sign(canonical: string, date: string): string {
    const toSign = this.#toSign
    toSign.write(date, DATE_AT, 'latin1')
    toSign.write(hashOf(canonical), HASH_AT, 'latin1')
    state.set(this.#inner)
    compress(state, toSign, 0)
    compress(state, toSign, BLOCK)
    put(state, this.#digest, 0)
    state.set(this.#outer)
    compress(state, this.#digest, 0)
    return hex(state)
  }
}

function hashOf(text: string): string {
  if (text.length > LONGEST) return sha256(text)
  const end = pad(scratch, scratch.write(text, 'latin1'))
  state.set(INITIAL)
  for (let at = 0; at < end; at += BLOCK) compress(state, scratch, at)
  return hex(state)
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const pair = (byte: number): string => PAIRS[byte & 255] as string

function hex(words: Int32Array): string {
  let text = ''
  for (const word of words) text += pair(word >>> 24) + pair(word >>> 16) + pair(word >>> 8) + pair(word)
  return text
}
