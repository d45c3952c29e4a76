import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { type Access, openTokenFile } from './token-file.ts'

export interface TokenRow {
  readonly id: string
  /** SHA-256 of the secret. */
  readonly hash: Uint8Array
  /** What its owner calls it. */
  readonly name?: string
  readonly profile: string
  readonly scopes: readonly string[]
  /** Undefined: all. */
  readonly regions?: readonly string[]
  /** Milliseconds since 1970, as the two below. */
  readonly created: number
  /** Undefined: never. */
  readonly expires?: number
  readonly revoked?: number
}

export interface TokenStore {
  find(id: string): TokenRow | undefined
  /** The oldest first. */
  list(): TokenRow[]
  add(row: TokenRow): void
  /** What the row says afterwards; undefined when there is none. One that was revoked stays as it is. */
  revoke(id: string, now: number): TokenRow | undefined
  close(): void
}

/** Undefined where there is no file yet and none is to be made. */
export async function openTokenStore(file: string, access: Access): Promise<TokenStore | undefined> {
  const database = await openTokenFile(file, access)
  return database && storeIn(database)
}

function storeIn(database: DatabaseSync): TokenStore {
  const one = database.prepare('SELECT * FROM token WHERE id = ?')
  const find = (id: string) => {
    const row = one.get(id)
    return row && read(row)
  }
  return {
    find,
    list: () => database.prepare('SELECT * FROM token ORDER BY created, id').all().map(read),
    add({ id, hash, name, profile, scopes, regions, created, expires }) {
      database
        .prepare(
          'INSERT INTO token (id, hash, name, profile, scopes, regions, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        )
        .run(
          id,
          hash,
          name ?? null,
          profile,
          scopes.join(','),
          regions?.join(',') ?? null,
          created,
          expires ?? null,
        )
    },
    revoke(id, now) {
      database.prepare('UPDATE token SET revoked = ? WHERE id = ? AND revoked IS NULL').run(now, id)
      return find(id)
    },
    close: () => database.close(),
  }
}

function read(row: Record<string, SQLOutputValue>): TokenRow {
  const { id, hash, name, profile, scopes, regions, created, expires, revoked } = row
  return {
    id: String(id),
    hash: hash as Uint8Array,
    profile: String(profile),
    scopes: String(scopes).split(','),
    created: Number(created),
    ...(name === null ? {} : { name: String(name) }),
    ...(regions === null ? {} : { regions: String(regions).split(',') }),
    ...(expires === null ? {} : { expires: Number(expires) }),
    ...(revoked === null ? {} : { revoked: Number(revoked) }),
  }
}
