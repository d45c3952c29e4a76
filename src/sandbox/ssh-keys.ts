import { checkPrimeSync, createHash, createPrivateKey } from 'node:crypto'

/** The halves of a key pair, as Nova hands them out. */
export interface SshKeys {
  readonly publicKey: string
  readonly privateKey: string
}

/**
 * A real RSA key of 2,048 bits, always the same for the same seed: what is replayed must come out again byte
 * for byte, and `generateKeyPair` draws its chance where nobody can look.
 */
export function sshKeysFrom(seed: string): SshKeys {
  const draw = bytesFrom(seed)
  const [p, q] = [primeFrom(draw), primeFrom(draw)]
  const n = p * q
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n))
  const values = { n, e: EXPONENT, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const key = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, bytesOf(value).toString('base64url')]),
  )
  const privateKey = createPrivateKey({ format: 'jwk', key: { kty: 'RSA', ...key } })
  return {
    publicKey: `ssh-rsa ${rsaBlob(EXPONENT, n).toString('base64')} Generated-by-Nova`,
    privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
  }
}

const EXPONENT = 65_537n

function bytesFrom(seed: string): (count: number) => Buffer {
  let block = 0
  return (count) => {
    const blocks: Buffer[] = []
    for (let have = 0; have < count; have += 32)
      blocks.push(createHash('sha256').update(`${seed} ${block++}`).digest())
    return Buffer.concat(blocks).subarray(0, count)
  }
}

/** The next prime from a random start, with its two highest bits set so that a product has full length. */
function primeFrom(draw: (count: number) => Buffer): bigint {
  let candidate = BigInt(`0x${draw(128).toString('hex')}`) | (3n << 1022n) | 1n
  while ((candidate - 1n) % EXPONENT === 0n || !checkPrimeSync(candidate)) candidate += 2n
  return candidate
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [r, nextR, t, nextT] = [modulus, value % modulus, 0n, 1n]
  while (nextR > 0n) {
    const quotient = r / nextR
    ;[r, nextR] = [nextR, r - quotient * nextR]
    ;[t, nextT] = [nextT, t - quotient * nextT]
  }
  return t < 0n ? t + modulus : t
}

function bytesOf(value: bigint): Buffer {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex')
}

/** Lengths before texts and numbers, as RFC 4253 writes keys; a leading zero keeps numbers positive. */
function rsaBlob(exponent: bigint, modulus: bigint): Buffer {
  const number = (value: bigint) => {
    const bytes = bytesOf(value)
    return (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes
  }
  return Buffer.concat(
    [Buffer.from('ssh-rsa'), number(exponent), number(modulus)].flatMap((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(part.length)
      return [length, part]
    }),
  )
}

/** MD5 over the key, in pairs with colons; undefined for what is no public key as SSH writes them. */
export function fingerprintOf(publicKey: string): string | undefined {
  const [type = '', text = ''] = publicKey.trim().split(/\s+/)
  if (!/^[A-Za-z0-9+/]+=*$/.test(text)) return undefined
  const blob = Buffer.from(text, 'base64')
  const length = blob.length > 4 ? blob.readUInt32BE(0) : 0
  if (type === '' || blob.toString('latin1', 4, 4 + length) !== type) return undefined
  return createHash('md5')
    .update(blob)
    .digest('hex')
    .replace(/..(?=.)/g, '$&:')
}
