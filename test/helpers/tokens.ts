import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { hashOf, newToken, written } from '../../src/vault/token.ts'
import { openTokenStore, type TokenRow, type TokenStore } from '../../src/vault/token-store.ts'
import { KEYS } from './house.ts'

/** Ends with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hca-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

export interface Keyring {
  /** What a server needs to know of it. */
  env: Record<string, string>
  folder: string
  tokenFile: string
  credentials: string
  /** A token as its owner holds it, and its id. */
  mint(row?: Partial<TokenRow>): Promise<{ id: string; token: string; bearer: Record<string, string> }>
  change<Done>(work: (tokens: TokenStore) => Done): Promise<Done>
}

/** A token file and a credentials file, whose profile `ci` holds {@link KEYS}. */
export function keyring(): Keyring {
  const folder = temporaryFolder()
  const tokenFile = join(folder, 'state', 'tokens.db')
  const credentials = join(folder, 'credentials')
  writeFileSync(credentials, sectionOf('ci', KEYS))
  const change: Keyring['change'] = async (work) => {
    const tokens = await openTokenStore(tokenFile, 'make')
    try {
      return work(tokens as TokenStore)
    } finally {
      tokens?.close()
    }
  }
  return {
    env: { HCA_TOKEN_FILE: tokenFile, HUAWEICLOUD_SDK_CREDENTIALS_FILE: credentials },
    folder,
    tokenFile,
    credentials,
    change,
    async mint(row) {
      const { id, secret } = newToken()
      const usual = { id, hash: hashOf(secret), profile: 'ci', scopes: ['admin'], created: Date.now() }
      await change((tokens) => {
        tokens.add({ ...usual, ...row })
        if (row?.revoked !== undefined) tokens.revoke(id, row.revoked)
      })
      const token = written({ id, secret })
      return { id, token, bearer: bearer(token) }
    },
  }
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

export const sectionOf = (
  name: string,
  keys: { accessKey: string; secretKey: string; projectId?: string; securityToken?: string },
) =>
  [
    `[${name}]`,
    `ak = ${keys.accessKey}`,
    `sk = ${keys.secretKey}`,
    ...(keys.projectId ? [`project_id = ${keys.projectId}`] : []),
    ...(keys.securityToken ? [`security_token = ${keys.securityToken}`] : []),
    '',
  ].join('\n')
