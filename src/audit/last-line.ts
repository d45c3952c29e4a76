import type { AppendFile } from './append-file.ts'
import { AuditFileError } from './audit-file-error.ts'
import { BEGINNING, readLine, START } from './line.ts'
import { LONGEST_LINE } from './lines-of.ts'

/** Where a file ends that lines are to be added to. */
export interface End {
  readonly seq: number
  /** The last line's hash. */
  readonly head: string
  /** Bytes up to the end of the last whole line. */
  readonly size: number
  /** Bytes of a line that a killed process has left behind it. */
  readonly torn: number
}

/**
 * Finds the last whole line. That the lines before it are right too is for `audit verify` to say; that this one is ours
 * and unchanged must be known before anything is cut off or added.
 */
export async function findEnd(file: AppendFile, name: string): Promise<End> {
  const size = (await file.size()) ?? 0
  const from = Math.max(0, size - 2 * LONGEST_LINE)
  const tail = await file.read(from, size - from)
  const end = tail.lastIndexOf('\n') + 1
  const torn = tail.length - end
  if (torn > 0 && !isBeginning(tail.subarray(end))) throw foreign(name)
  if (end === 0 && from > 0) throw foreign(name)
  if (end === 0) return { seq: 0, head: START, size: 0, torn }
  const last = readLine(tail.subarray(tail.lastIndexOf('\n', end - 2) + 1, end - 1))
  if (!last?.isWhole) throw foreign(name)
  return { seq: last.seq, head: last.hash, size: from + end, torn }
}

/** Somebody else's text must not be taken for a torn line, and be cut off. */
const isBeginning = (bytes: Buffer) => {
  const length = Math.min(bytes.length, BEGINNING.length)
  return bytes.toString('latin1', 0, length) === BEGINNING.slice(0, length)
}

const foreign = (name: string) =>
  new AuditFileError(
    `The file ${name} does not end with a line of the audit: nothing is added to it. \`huawei-cloud-api audit verify\` tells where it breaks; move it away, and a new one is begun.`,
  )
