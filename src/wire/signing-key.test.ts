import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BLOCK, compress, INITIAL, pad, put } from './sha256-blocks.ts'
import { SigningKey } from './signing-key.ts'

/** SHA-256 of so many bytes, of which some were taken in before. */
function digestOf(bytes: Buffer): string {
  const padded = Buffer.alloc(bytes.length + 2 * BLOCK, 0xff) // what was there before must not count
  bytes.copy(padded)
  const end = pad(padded, bytes.length)
  const state = Int32Array.from(INITIAL)
  for (let at = 0; at < end; at += BLOCK) compress(state, padded, at)
  const digest = Buffer.alloc(32)
  put(state, digest, 0)
  return digest.toString('hex')
}

const hashed = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
const letters = (length: number, from = 0) =>
  Array.from({ length }, (_, at) => String.fromCharCode(33 + ((at * 7 + from) % 94))).join('')

describe('SHA-256 in blocks', () => {
  test('is that of the crypto library for every length around the ends of blocks', () => {
    for (let length = 0; length <= 4 * BLOCK + 2; length += 1) {
      const bytes = Buffer.from(Array.from({ length }, (_, at) => (at * 31 + length) % 256))
      expect([length, digestOf(bytes)]).toEqual([length, hashed(bytes)])
    }
  })

  test('and for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(digestOf(Buffer.from(bytes))).toBe(hashed(Buffer.from(bytes)))
      }),
      { seed: 20261126, numRuns: 200 },
    )
  })
})

describe('a signing key', () => {
  const date = '20261126T043000Z'
  const signed = (secret: string, canonical: string, at = date) =>
    createHmac('sha256', secret)
      .update(`SDK-HMAC-SHA256\n${at}\n${hashed(canonical)}`)
      .digest('hex')

  test('signs canonical requests of every length around the ends of blocks, and around the longest that is hashed here', () => {
    const key = new SigningKey('a secret')
    const lengths = [
      ...Array.from({ length: 3 * BLOCK }, (_, length) => length),
      ...Array.from({ length: 2 * BLOCK }, (_, more) => 2_048 - BLOCK + more),
      9_000,
    ]
    // The long before the short, so that what a long one left behind would show.
    for (const length of [...lengths.toReversed(), ...lengths]) {
      const canonical = letters(length, length)
      expect([length, key.sign(canonical, date)]).toEqual([length, signed('a secret', canonical)])
    }
  })

  test('may be of any length', () => {
    for (let length = 1; length <= 3 * BLOCK; length += 1) {
      const secret = letters(length)
      expect([length, new SigningKey(secret).sign('x', date)]).toEqual([length, signed(secret, 'x')])
    }
  })

  test('is not mixed with others that sign in between, or with other dates', () => {
    const secrets = ['one', 'two', letters(100)]
    const keys = secrets.map((secret) => new SigningKey(secret))
    for (const at of [date, '20270101T000000Z', date])
      for (const [index, key] of keys.entries())
        expect(key.sign(letters(index * 60), at)).toBe(signed(secrets[index] ?? '', letters(index * 60), at))
  })
})
