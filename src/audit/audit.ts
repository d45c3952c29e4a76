import type { Outside } from '../outside.ts'
import { openAppendFile } from './append-file.ts'
import { AuditFileError, whyOf } from './audit-file-error.ts'
import { type Fields, groupCommit } from './group-commit.ts'
import { findEnd } from './last-line.ts'
import { type AuditQueue, auditQueue, type Report } from './queue.ts'

export type { Fields }

/** The audit file of one server: what it was going to do, and what came of it. */
export interface Audit extends AuditQueue {
  /** Bytes of a torn line that were cut off when it was opened. */
  readonly recovered: number
}

/**
 * Opens the file and makes it end with a whole line: what a killed process has left half written is cut off, and a line
 * says so. Fails with {@link AuditFileError}.
 */
export async function openAudit(name: string, outside: Outside, report: Report): Promise<Audit> {
  const file = await openAppendFile(name)
  try {
    const end = await findEnd(file, name)
    const commit = groupCommit(file, end)
    if (end.torn > 0) {
      const fields = { kind: 'recovered', tornBytes: end.torn, afterSeq: end.seq }
      await commit([{ time: new Date(outside.now()).toISOString(), fields }]).catch((error) => {
        throw new AuditFileError(`The audit file ${name} cannot be written (${whyOf(error)}).`)
      })
    }
    return { ...auditQueue(commit, () => file.close(), outside, report), recovered: end.torn }
  } catch (error) {
    await file.close()
    throw error
  }
}
