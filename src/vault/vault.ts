import { statSync } from 'node:fs'
import type { Outside } from '../outside.ts'
import type { Keys } from './keys.ts'
import type { FindKeys } from './profiles.ts'
import { proves, readToken } from './token.ts'
import { explained, TokenFileError } from './token-file.ts'
import { openTokenStore, type TokenRow, type TokenStore } from './token-store.ts'

export interface Opened {
  readonly id: string
  readonly caller: Pick<Keys, 'accessKey' | 'secretKey' | 'securityToken'>
  readonly scopes: readonly string[]
  readonly regions?: readonly string[]
  readonly projectId?: string
}

export interface NotOpened {
  readonly refused: 'unknown' | 'expired' | 'revoked' | 'no-keys' | 'unreadable'
  /** Told once the secret is proven. */
  readonly id?: string
}

export interface VaultSettings {
  file: string
  findKeys: FindKeys
  outside: Outside
  /** Told when a good token finds no keys; neither part is secret. */
  report(token: Pick<TokenRow, 'id' | 'profile'>, missing: string): void
  /** Told when no token can be looked up, and why. */
  reportFile(why: string): void
}

export interface TokenVault {
  open(token: string): Promise<Opened | NotOpened>
  close(): Promise<void>
}

/** Opens tokens for a server. Each is looked up anew: a new one works at once, a revoked one no more. */
export async function openVault({
  file,
  findKeys,
  outside,
  report,
  reportFile,
}: VaultSettings): Promise<TokenVault> {
  const tokens = tokensIn(file)
  await tokens.find('') // a file that is of no use is told on start

  return {
    async open(text) {
      const token = readToken(text)
      if (!token) return { refused: 'unknown' }
      const row = await tokens.find(token.id).catch((error: TokenFileError) => error)
      if (row instanceof TokenFileError) {
        reportFile(row.message)
        return { refused: 'unreadable' }
      }
      if (!proves(token.secret, row?.hash) || !row) return { refused: 'unknown' }
      const { id, scopes, regions, profile } = row
      if (row.revoked !== undefined) return { refused: 'revoked', id }
      if (row.expires !== undefined && row.expires <= outside.now()) return { refused: 'expired', id }
      const found = await findKeys(profile)
      if ('missing' in found) {
        report({ id, profile }, found.missing)
        return { refused: 'no-keys', id }
      }
      const { projectId, ...caller } = found.keys
      return {
        id,
        caller,
        scopes,
        ...(regions ? { regions } : {}),
        // A project belongs to one region.
        ...(projectId && regions?.length === 1 ? { projectId } : {}),
      }
    },
    close: tokens.close,
  }
}

/** The file may come after the server, go, and come again; deleting it takes all tokens away. */
function tokensIn(file: string) {
  let opened: { store: TokenStore; stamp: string } | undefined
  const end = () => {
    opened?.store.close()
    opened = undefined
  }
  return {
    /** Fails with {@link TokenFileError}, and looks anew the next time. */
    async find(id: string): Promise<TokenRow | undefined> {
      try {
        const stats = statSync(file, { throwIfNoEntry: false })
        const stamp = stats && `${stats.dev} ${stats.ino}`
        if (opened?.stamp !== stamp) end()
        if (stamp && !opened) {
          const store = await openTokenStore(file, 'read')
          end() // another request may have been as fast
          if (store) opened = { store, stamp }
        }
        return opened?.store.find(id)
      } catch (error) {
        end()
        throw explained(error, file)
      }
    },
    close: async () => end(),
  }
}
