import type { AppendFile } from './append-file.ts'
import { AuditFileError } from './audit-file-error.ts'
import type { End } from './last-line.ts'
import { chained } from './line.ts'

export type Fields = object

/** A line that is to be written. */
export interface Due {
  /** When it was told, in ISO form; it may be written later. */
  readonly time: string
  readonly fields: Fields
}

/** Adds lines to the file, several at a time: all of them are on the disk when it returns, or none is in the file. */
export type Commit = (due: readonly Due[]) => Promise<readonly number[]>

/** What is written and flushed together costs one wait for the disk. Only one commit may be under way. */
export function groupCommit(file: AppendFile, end: End): Commit {
  let { seq, head, size } = end
  /** Bytes behind `size` that an attempt of ours has left there. */
  let spilled = end.torn

  /** Cuts off what we left. Where somebody else has written, nothing may be added: the chain would break. */
  async function mend(): Promise<void> {
    const found = await file.size()
    if (found === undefined) throw new AuditFileError('deleted')
    if (found !== size + spilled) throw new AuditFileError('changed by somebody else')
    if (spilled > 0) await file.cutTo(size)
    spilled = 0
  }

  async function append(bytes: Buffer): Promise<void> {
    while (spilled < bytes.length) {
      const written = await file.append(bytes.subarray(spilled))
      if (written === 0) throw new AuditFileError('nothing can be written')
      spilled += written
    }
    await file.flush()
  }

  return async (due) => {
    let last = head
    const lines = due.map(({ time, fields }, index) => {
      const line = chained(seq + 1 + index, time, fields, last)
      last = line.hash
      return line.text
    })
    const bytes = Buffer.from(lines.join(''))
    await mend()
    try {
      await append(bytes)
    } catch (error) {
      await mend().catch(() => {}) // else before the next attempt
      throw error
    }
    const first = seq + 1
    seq += due.length
    head = last
    size += bytes.length
    spilled = 0
    return due.map((_, index) => first + index)
  }
}
