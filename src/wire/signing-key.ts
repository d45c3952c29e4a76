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
const letters = Buffer.alloc(2 * DIGEST)

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
    writeHash(canonical, toSign, HASH_AT)
    begin(this.#inner)
    compress(state, toSign, 0)
    compress(state, toSign, BLOCK)
    put(state, this.#digest, 0)
    begin(this.#outer)
    compress(state, this.#digest, 0)
    writeHex(state, letters, 0)
    return letters.toString('latin1')
  }
}

/** For so few a call of `set` takes longer. */
function begin(words: Int32Array): void {
  for (let at = 0; at < 8; at += 1) state[at] = words[at] as number
}

/** In lower-case hex. */
function writeHash(text: string, to: Buffer, at: number): void {
  if (text.length > LONGEST) {
    to.write(sha256(text), at, 'latin1')
    return
  }
  const end = pad(scratch, scratch.write(text, 'latin1'))
  begin(INITIAL)
  for (let block = 0; block < end; block += BLOCK) compress(state, scratch, block)
  writeHex(state, to, at)
}

const DIGITS = Buffer.from('0123456789abcdef')

/** Into bytes, since a text of 32 pairs is 32 texts first. */
function writeHex(words: Int32Array, to: Buffer, start: number): void {
  let at = start
  for (const word of words)
    for (let shift = 28; shift >= 0; shift -= 4) to[at++] = DIGITS[(word >>> shift) & 15] as number
}
