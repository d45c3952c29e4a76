import { createHmac, randomBytes } from 'node:crypto'

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
 * Names a caller in caches and shared look-ups: a hash over access key, secret *and* token, keyed with
 * chance. Under the access key alone, a stranger with a wrong secret would be handed another caller's
 * answer before any signature was checked.
 */
export function identifier(processKey: Uint8Array = randomBytes(32)): Identify {
  return (caller, ...more) =>
    createHmac('sha256', processKey)
      .update(JSON.stringify([caller.accessKey, caller.secretKey, caller.securityToken ?? '', ...more]))
      .digest('base64url')
}
