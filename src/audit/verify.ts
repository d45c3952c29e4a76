import { createReadStream } from 'node:fs'
import { AuditFileError, codeOf } from './audit-file-error.ts'
import { type ReadLine, readLine, START } from './line.ts'
import { linesOf } from './lines-of.ts'

/** An intent that nothing tells the outcome of. */
export interface OpenIntent {
  readonly seq: number
  readonly fields: Readonly<Record<string, unknown>>
}

export interface Verified {
  readonly lines: number
  readonly first?: string
  readonly last?: string
  readonly head: string
  readonly open: readonly OpenIntent[]
  /** Lines behind the one with the kept head; undefined where there is none with it, or none was asked for. */
  readonly afterKept?: number
}

/** The first line that is not as it must be. */
export interface Broken {
  readonly line: number
  readonly why: string
}

/** Goes through a file line by line, and keeps nothing of it but the intents without outcome. */
export async function verifyAudit(file: string, kept?: string): Promise<Verified | Broken> {
  const open = new Map<number, OpenIntent>()
  let line = 0
  let first: string | undefined
  let last: string | undefined
  let seq = 0
  let head = START
  let keptAt: number | undefined
  try {
    for await (const { bytes, isEnded } of linesOf(createReadStream(file, { highWaterMark: 1024 * 1024 }))) {
      line += 1
      if (!isEnded) return { line, why: 'is torn: it has no end' }
      const read = readLine(bytes)
      const why = faultOf(read, seq, head)
      if (why !== undefined || !read) return { line, why: why ?? NOT_OURS }
      const { fields } = read
      seq = read.seq
      head = read.hash
      if (head === kept) keptAt = line
      last = String(fields.time)
      first ??= last
      if (fields.kind === 'intent') open.set(seq, { seq, fields })
      if (fields.kind === 'outcome') open.delete(Number(fields.intent))
    }
  } catch (error) {
    throw new AuditFileError(`The audit file ${file} cannot be read (${codeOf(error)}).`)
  }
  return {
    lines: line,
    head,
    open: [...open.values()],
    ...(first === undefined ? {} : { first }),
    ...(last === undefined ? {} : { last }),
    ...(keptAt === undefined ? {} : { afterKept: line - keptAt }),
  }
}

const NOT_OURS = 'is no line of the audit, or was changed'

function faultOf(read: ReadLine | undefined, seq: number, head: string): string | undefined {
  if (!read) return NOT_OURS
  if (!read.isWhole) return 'was changed: its hash is that of another line'
  if (read.seq > seq + 1) return `comes too early: ${missing(seq + 1, read.seq - 1)} before it`
  if (read.seq <= seq) return `is out of order: it is number ${read.seq} and stands behind number ${seq}`
  return read.prev === head
    ? undefined
    : 'does not follow the line before it: one of them belongs to another file'
}

const missing = (from: number, to: number) =>
  from === to ? `number ${from} is missing` : `numbers ${from} to ${to} are missing`
