import { createHash } from 'node:crypto'

/** A line as it stands in the file, its end of line included, and the hash that the next one carries as `prev`. */
export interface Chained {
  readonly text: string
  readonly hash: string
}

/** What a line says of itself; the rest of it is for people. */
export interface ReadLine {
  readonly seq: number
  readonly prev: string
  readonly hash: string
  /** Whether the hash is that of the line. */
  readonly isWhole: boolean
  readonly fields: Readonly<Record<string, unknown>>
}

/** What stands before the first line. */
export const START = '0'.repeat(64)

/** Every line begins with this. */
export const BEGINNING = '{"seq":'

/** `,"hash":"` and 64 digits and `"}` end a line; the hash is over the line with `}` in their place. */
const HASH_PART = ',"hash":"'.length + 64 + '"}'.length
const ENDING = /,"hash":"([0-9a-f]{64})"\}$/

/** The line that comes after the one with the hash `prev`. */
export function chained(seq: number, time: string, fields: object, prev: string): Chained {
  const hashed = JSON.stringify({ seq, time, ...fields, prev })
  const hash = sha256(hashed)
  return { text: `${hashed.slice(0, -1)},"hash":"${hash}"}\n`, hash }
}

/** Takes a line apart, without its end of line; undefined for what is none of ours. */
export function readLine(bytes: Buffer): ReadLine | undefined {
  const [, hash] = ENDING.exec(bytes.toString('latin1', Math.max(0, bytes.length - HASH_PART))) ?? []
  if (hash === undefined) return undefined
  const fields = parsed(bytes)
  if (!fields || !Number.isSafeInteger(fields.seq) || typeof fields.prev !== 'string') return undefined
  const digest = createHash('sha256').update(bytes.subarray(0, -HASH_PART)).update('}').digest('hex')
  return { seq: Number(fields.seq), prev: fields.prev, hash, isWhole: digest === hash, fields }
}

function parsed(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
