import { closeSync, mkdirSync, openSync, readSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'

/** Only `make` makes the file, and its folder, where there is none. */
export type Access = 'read' | 'change' | 'make'

/** Why a token file is of no use, as one clear line. */
export class TokenFileError extends Error {
  override readonly name = 'TokenFileError'
}

const OURS = 0x48434154
const FORMAT = 1
/** How long to wait for another process, which writes a row at a time. */
const PATIENCE_MS = 2_000

/** Several processes may have it open at once: servers that look tokens up, and commands that add one. */
export async function openTokenFile(name: string, access: Access): Promise<DatabaseSync | undefined> {
  // Only a whole path is nothing but a file to SQLite, which knows `:memory:` and `file:` names.
  const file = resolve(name)
  let database: DatabaseSync | undefined
  try {
    const isEmpty = isEmptyOrRefuse(file)
    if (isEmpty && access !== 'make') return undefined
    if (isEmpty) make(file)
    // Only those who have tokens load it.
    const { DatabaseSync } = await import('node:sqlite')
    database = new DatabaseSync(file, { readOnly: access === 'read', timeout: PATIENCE_MS })
    if (isEmpty) prepare(database)
    // A file that cannot be written opens all the same, and would fail later.
    else if (access !== 'read') database.exec('BEGIN IMMEDIATE; COMMIT')
    if (database.prepare('PRAGMA user_version').get()?.user_version === FORMAT) return database
    throw new TokenFileError(`The token file ${file} was written by another version of this program.`)
  } catch (error) {
    if (database?.isOpen) database.close()
    throw explained(error, file)
  }
}

/** SQLite by itself would write over short files, and into other people's databases. */
function isEmptyOrRefuse(file: string): boolean {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true
    throw error
  }
  try {
    const start = Buffer.alloc(100)
    const length = readSync(handle, start)
    const isOurs = start.toString('latin1', 0, 16) === 'SQLite format 3\0' && start.readUInt32BE(68) === OURS
    if (length > 0 && !isOurs) throw new TokenFileError(`The file ${file} is no token file of this program.`)
    return length === 0
  } finally {
    closeSync(handle)
  }
}

/** SQLite gives its other files the same mode. */
function make(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  closeSync(openSync(file, 'a', 0o600))
}

/** In one step, so that nobody sees half of it, and into the file itself, not into a log beside it. */
function prepare(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE')
  // Another process may have been first.
  if (database.prepare('PRAGMA user_version').get()?.user_version === 0)
    database.exec(`
      PRAGMA application_id = ${OURS};
      PRAGMA user_version = ${FORMAT};
      CREATE TABLE token (
        id TEXT PRIMARY KEY, hash BLOB NOT NULL, name TEXT, profile TEXT NOT NULL, scopes TEXT NOT NULL,
        regions TEXT, created INTEGER NOT NULL, expires INTEGER, revoked INTEGER
      ) STRICT;
    `)
  database.exec('COMMIT; PRAGMA journal_mode = WAL')
}

/** Whatever went wrong with a token file, as its one line. */
export function explained(error: unknown, file: string): TokenFileError {
  if (error instanceof TokenFileError) return error
  const text = error instanceof Error ? error.message : String(error)
  if (/not a database|malformed|corrupt/.test(text))
    return new TokenFileError(`The token file ${file} is damaged.`)
  const code = codeOf(error) ?? 'ERR_SQLITE_ERROR' // which tells less than its text
  const why = code === 'ERR_SQLITE_ERROR' ? text : code
  return new TokenFileError(`The token file ${file} cannot be opened (${why}).`)
}

const codeOf = (error: unknown): string | undefined => {
  const code = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' ? code : undefined
}
