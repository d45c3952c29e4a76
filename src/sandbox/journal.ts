import { createHash } from 'node:crypto'
import { chmodSync, closeSync, openSync, readSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { deserialize, serialize } from 'node:v8'
import type { Entry } from './events.ts'
import type { Heard } from './front.ts'

/** A request as it came, to be done once more; or what a read has left behind, which is its entry in the log. */
export type Line =
  | { kind: 'whole'; real: number; request: Heard; body: Buffer; digest: string }
  | { kind: 'read'; real: number; entry: Entry }

export interface Journal {
  /** The world as last packed; undefined in a new file. */
  readonly packed: Buffer | undefined
  /** What was answered since. */
  lines(): Iterable<Line>
  append(line: Line): void
  isLong(): boolean
  /** From now on the journal begins with this. */
  fold(packed: Buffer): void
  close(): void
}

/** Why a state file is of no use, as one clear line. */
export class StateFileError extends Error {}

const OURS = 0x48434153
const FORMAT = 1
/** Added to the format's number as long as somebody works with the file. */
const OPEN = 0x10000
const LINES_BETWEEN_FOLDS = 1_000
/** Large bodies, refused ones too, must not make the file grow without end. */
const BYTES_BETWEEN_FOLDS = 64 * 1024 * 1024

/** Opens the file for this program alone. Whatever is wrong with it is an error; nothing is repaired or dropped. */
export async function openJournal(name: string): Promise<Journal> {
  // Only a whole path is nothing but a file to SQLite, which knows `:memory:` and `file:` names.
  const file = resolve(name)
  // Only those who keep something load it.
  const { DatabaseSync } = await import('node:sqlite')
  let database: DatabaseSync | undefined
  try {
    const isNew = makeOrRefuse(file)
    database = new DatabaseSync(file)
    // Into the file itself, not into the log beside it: by this it is known before anything is done to it.
    if (isNew) database.exec(`PRAGMA application_id = ${OURS}`)
    return journalIn(database, file)
  } catch (error) {
    if (database?.isOpen) database.close()
    throw explained(error, file)
  }
}

function journalIn(database: DatabaseSync, file: string): Journal {
  // Alone from the first look on. A killed process loses nothing that it has handed to the operating system,
  // so NORMAL will do: it spares a wait for the disk with every answer and is unsafe in a power cut only.
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    BEGIN IMMEDIATE;
    COMMIT;
  `)
  prepare(database, file)
  const packed = readPacked(database, file)
  // From here on the file is nothing without its log, and says so itself.
  database.exec(`PRAGMA user_version = ${FORMAT + OPEN}; PRAGMA wal_checkpoint(PASSIVE)`)
  const insert = database.prepare('INSERT INTO journal (number, line, sum) VALUES (?, ?, ?)')
  let number = Number(
    database
      .prepare('SELECT coalesce((SELECT max(number) FROM journal), (SELECT number FROM world), 0) AS last')
      .get()?.last,
  )
  let bytesAppended = 0
  let length = Number(database.prepare('SELECT count(*) AS length FROM journal').get()?.length)

  return {
    packed,
    *lines() {
      let expected: number | undefined
      for (const row of database.prepare('SELECT number, line, sum FROM journal ORDER BY number').iterate()) {
        expected ??= Number(row.number)
        const bytes = row.line as Uint8Array
        if (row.number !== expected++ || sumOf(bytes) !== row.sum) throw damaged(file)
        yield deserialize(bytes) as Line
      }
    },
    append(line) {
      const bytes = serialize(line)
      insert.run(++number, bytes, sumOf(bytes))
      length += 1
      bytesAppended += bytes.length
    },
    isLong: () => length >= LINES_BETWEEN_FOLDS || bytesAppended >= BYTES_BETWEEN_FOLDS,
    fold(bytes) {
      database.exec('BEGIN IMMEDIATE')
      database
        .prepare('INSERT OR REPLACE INTO world (id, packed, sum, number) VALUES (1, ?, ?, ?)')
        .run(bytes, sumOf(bytes), number)
      database.exec('DELETE FROM journal; COMMIT')
      length = 0
      bytesAppended = 0
    },
    close() {
      database.exec(`PRAGMA user_version = ${FORMAT}`)
      database.close()
    },
  }
}

function prepare(database: DatabaseSync, file: string): void {
  const pragma = (name: string) => Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0])
  const tables = Number(database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count)
  if (tables === 0) {
    database.exec(`
      BEGIN IMMEDIATE;
      PRAGMA user_version = ${FORMAT};
      CREATE TABLE world (id INTEGER PRIMARY KEY, packed BLOB NOT NULL, sum TEXT NOT NULL, number INTEGER NOT NULL) STRICT;
      CREATE TABLE journal (number INTEGER PRIMARY KEY, line BLOB NOT NULL, sum TEXT NOT NULL) STRICT;
      COMMIT;
    `)
    return
  }
  if (pragma('user_version') % OPEN !== FORMAT)
    throw new StateFileError(`The state file ${file} was written by another version of the sandbox.`)
  const found = Object.values(database.prepare('PRAGMA quick_check').get() ?? {})[0]
  if (found !== 'ok') throw damaged(file)
}

function readPacked(database: DatabaseSync, file: string): Buffer | undefined {
  const row = database.prepare('SELECT packed, sum, number FROM world').get()
  const first = database.prepare('SELECT min(number) AS first FROM journal').get()?.first
  if (!row) {
    if (first !== null) throw damaged(file)
    return undefined
  }
  const bytes = Buffer.from(row.packed as Uint8Array)
  if (sumOf(bytes) !== row.sum || (first !== null && first !== Number(row.number) + 1)) throw damaged(file)
  return bytes
}

/** Whether the file is new. SQLite by itself would write over short files, and into other people's databases. */
function makeOrRefuse(file: string): boolean {
  let handle: number
  try {
    handle = openSync(file, 'r')
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    // SQLite gives its other files the same mode. Passwords pass through them.
    closeSync(openSync(file, 'wx', 0o600))
    return true
  }
  try {
    const start = Buffer.alloc(100)
    const length = readSync(handle, start)
    const isOurs = start.toString('latin1', 0, 16) === 'SQLite format 3\0' && start.readUInt32BE(68) === OURS
    if (length > 0 && !isOurs) throw foreign(file)
    if (start.readUInt32BE(60) >= OPEN && !statSync(`${file}-wal`, { throwIfNoEntry: false })?.size)
      throw new StateFileError(
        `The state file ${file} was left in a hurry, and its log ${file}-wal is missing.`,
      )
    // SQLite gives its other files the same mode as this one.
    if (length === 0) chmodSync(file, 0o600)
    return length === 0
  } finally {
    closeSync(handle)
  }
}

function explained(error: unknown, file: string): StateFileError {
  if (error instanceof StateFileError) return error
  const text = error instanceof Error ? error.message : String(error)
  if (/locked/.test(text)) return new StateFileError(`The state file ${file} is in use by another program.`)
  if (/not a database|malformed|corrupt/.test(text)) return damaged(file)
  return new StateFileError(`The state file ${file} cannot be opened (${codeOf(error) ?? text}).`)
}

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined

const foreign = (file: string) => new StateFileError(`The file ${file} is no state file of the sandbox.`)

export const damaged = (file: string) =>
  new StateFileError(`The state file ${file} is damaged. Nothing was changed in it; choose another file.`)

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64').slice(0, 16)
