import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A token as it is handed out: `hca_<id>_<secret>`. The id is no secret; lists and logs show it. */
export interface Token {
  readonly id: string
  readonly secret: string
}

const FORM = /^hca_([0-9a-f]{10})_([\w-]{43})$/

export const newToken = (): Token => ({
  id: randomBytes(5).toString('hex'),
  secret: randomBytes(32).toString('base64url'),
})

export const written = ({ id, secret }: Token): string => `hca_${id}_${secret}`

export function readToken(text: string): Token | undefined {
  const [, id, secret] = FORM.exec(text) ?? []
  return id && secret ? { id, secret } : undefined
}

/** All that is kept. The secret is 32 bytes of chance: nothing slower than this is needed against guessing. */
export const hashOf = (secret: string): Uint8Array => createHash('sha256').update(secret).digest()

/** Takes as long for a wrong secret as for the right one, and for an id that is not there. */
export function proves(secret: string, hash: Uint8Array = NOBODYS): boolean {
  return timingSafeEqual(hashOf(secret), hash) && hash !== NOBODYS
}

const NOBODYS = new Uint8Array(32)
