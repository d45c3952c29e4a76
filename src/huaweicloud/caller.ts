import { randomBytes } from 'node:crypto'
import { sha256 } from '../wire/hmac.ts'

/** Who asks, and with which keys. Never logged, never put into an error; shown only through {@link masked}. */
export interface Caller {
  readonly accessKey: string
  readonly secretKey: string
  /** Only with temporary keys. */
  readonly securityToken?: string
}

/** First four and last two characters: enough to find a key in Huawei's console, too little to use it. */
export function masked(accessKey: string): string {
  return accessKey.length < 8 ? '***' : `${accessKey.slice(0, 4)}***${accessKey.slice(-2)}`
}

export type Identify = (caller: Caller, ...more: string[]) => string

/**
 * Names a caller in caches and shared look-ups: a hash over access key, secret *and* token, keyed with chance that
 * begins what is hashed. Under the access key alone, a stranger with a wrong secret would be handed another caller's
 * answer before any signature was checked.
 */
export function identifier(processKey = randomBytes(32).toString('base64')): Identify {
  // A request asks for its caller's name several times, and the hash was a tenth of all its work.
  const names = new WeakMap<Caller, string>()
  const nameOf = (caller: Caller) => {
    const known = names.get(caller)
    if (known) return known
    const { accessKey, secretKey, securityToken = '' } = caller
    const name = sha256(JSON.stringify([processKey, accessKey, secretKey, securityToken]))
    names.set(caller, name)
    return name
  }
  return (caller, ...more) => (more.length === 0 ? nameOf(caller) : JSON.stringify([nameOf(caller), ...more]))
}
