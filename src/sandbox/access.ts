import type { Outside } from '../outside.ts'
import { newHex } from './ids.ts'

/** What a token opens: one project, the account as a whole, or nothing but the way to another token. */
export interface Scope {
  readonly projectId?: string
  readonly domain?: true
}

export interface Token {
  readonly id: string
  readonly methods: readonly string[]
  readonly issuedAt: number
  readonly expiresAt: number
  readonly scope: Scope
}

export interface TemporaryKey {
  readonly accessKey: string
  readonly secretKey: string
  readonly securityToken: string
  readonly expiresAt: number
}

/** What IAM has handed out. The expired stay, to be told from the never issued. */
export interface Access {
  readonly tokens: Map<string, Token>
  readonly temporaryKeys: Map<string, TemporaryKey>
}

export const noAccess = (): Access => ({ tokens: new Map(), temporaryKeys: new Map() })

const KEPT = 10_000

export function issueToken(access: Access, outside: Outside, token: Omit<Token, 'id'>): Token {
  const issued = { id: `MII${longText(outside, 9)}`, ...token }
  keep(access.tokens, issued.id, issued)
  return issued
}

export function issueTemporaryKey(access: Access, outside: Outside, expiresAt: number): TemporaryKey {
  const key = {
    accessKey: `HST${newHex(outside).slice(0, 17).toUpperCase()}`,
    secretKey: longText(outside, 2).slice(0, 40),
    securityToken: `gg${longText(outside, 9)}`,
    expiresAt,
  }
  keep(access.temporaryKeys, key.accessKey, key)
  return key
}

/** Letters, digits and signs as base64 has them; the real ones are a few thousand characters long. */
const longText = (outside: Outside, words: number) =>
  Buffer.from(Array.from({ length: words }, () => newHex(outside)).join(''), 'hex').toString('base64')

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= KEPT) return
    map.delete(oldest)
  }
}
