import { hash } from 'node:crypto'

/** Lower-case hex SHA-256. */
export const sha256 = (data: string | Uint8Array): string => hash('sha256', data, 'hex')

const BLOCK = 64
const INNER = 0x36
const OUTER = 0x5c

/**
 * HMAC-SHA256 (RFC 2104) in lower-case hex, of two one-shot hashes: each call of `createHmac` makes an object of the
 * crypto library, which takes several times as long as hashing a text as short as ours.
 */
export function hmacSha256(key: string | Uint8Array, text: string): string {
  const given = typeof key === 'string' ? Buffer.from(key) : key
  const short = given.length > BLOCK ? hash('sha256', given, 'buffer') : given
  const message = Buffer.from(text)
  const inner = Buffer.allocUnsafe(BLOCK + message.length)
  const outer = Buffer.allocUnsafe(BLOCK + 32)
  for (let at = 0; at < BLOCK; at += 1) {
    const byte = short[at] ?? 0
    inner[at] = byte ^ INNER
    outer[at] = byte ^ OUTER
  }
  inner.set(message, BLOCK)
  outer.set(hash('sha256', inner, 'buffer'), BLOCK)
  const mac = hash('sha256', outer, 'hex')
  // Part of a pool that others are given from next.
  inner.fill(0, 0, BLOCK)
  outer.fill(0, 0, BLOCK)
  return mac
}
