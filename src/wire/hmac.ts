import { hash } from 'node:crypto'

/** Lower-case hex SHA-256. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex')

const BLOCK = 64
const INNER = 0x36
const OUTER = 0x5c

/** What stands in front of what is hashed: a block each. */
export function padsOf(key: string | Uint8Array): { inner: Buffer; outer: Buffer } {
  const given = typeof key === 'string' ? Buffer.from(key) : key
  const short = given.length > BLOCK ? hash('sha256', given, 'buffer') : given
  const inner = Buffer.alloc(BLOCK, INNER)
  const outer = Buffer.alloc(BLOCK, OUTER)
  for (let at = 0; at < short.length; at += 1) {
    inner[at] = (short[at] ?? 0) ^ INNER
    outer[at] = (short[at] ?? 0) ^ OUTER
  }
  return { inner, outer }
}

/**
 * HMAC-SHA256 (RFC 2104) in lower-case hex, of two one-shot hashes: each call of `createHmac` makes an object of the
 * crypto library, which takes several times as long as hashing a text as short as ours.
 */
export function hmacSha256(key: string | Uint8Array, text: string): string {
  const { inner, outer } = padsOf(key)
  const message = Buffer.concat([inner, Buffer.from(text)])
  const outside = Buffer.concat([outer, hash('sha256', message, 'buffer')])
  const mac = hash('sha256', outside, 'hex')
  // Part of a pool that others are given from next.
  message.fill(0, 0, BLOCK)
  outside.fill(0, 0, BLOCK)
  return mac
}
