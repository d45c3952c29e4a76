import { AuditFileError } from './audit/audit-file-error.ts'
import { type OpenIntent, type Verified, verifyAudit } from './audit/verify.ts'
import { CannotStart } from './cannot-start.ts'
import type { Flag } from './cli/flag.ts'
import { type Flags, type Settings, SettingsError } from './settings.ts'
import type { Said } from './token-commands.ts'

const DONE = 0
const BROKEN = 1

/** What the audit command takes beside settings. */
export const auditFlags: readonly Flag[] = [
  {
    name: 'head',
    value: 'hash',
    help: () => 'the head that an earlier look told: whether it is still in the file',
  },
]

/** `audit verify [FILE]`: whether a file is as it was written. */
export async function verifyCommand(
  flags: Flags,
  [word]: readonly string[],
  { auditFile }: { readonly auditFile?: Settings['auditFile'] },
): Promise<Said> {
  const file = word ?? auditFile
  if (file === undefined)
    throw new SettingsError(['audit verify needs a file: name it, or set HCA_AUDIT_FILE'])
  const kept = flags.head
  if (kept !== undefined && !/^[0-9a-f]{64}$/.test(kept))
    throw new SettingsError(['--head must be a hash as audit verify prints it: 64 digits from 0 to f'])
  const found = await verifyAudit(file, kept).catch((error) => {
    throw error instanceof AuditFileError ? new CannotStart(error.message) : error
  })
  if ('why' in found) return { code: BROKEN, notes: [`line ${found.line} ${found.why}`] }
  const out = shown(found)
  if (kept === undefined) return { code: DONE, out }
  if (found.afterKept === undefined)
    return {
      code: BROKEN,
      out,
      notes: ['no line has the head that was kept: lines were cut off, or the file was written anew'],
    }
  return { code: DONE, out: `${out}kept head: found, ${found.afterKept} lines after it\n` }
}

const shown = ({ lines, first = 'none', last = 'none', head, open }: Verified): string =>
  [
    `lines: ${lines}`,
    `first: ${first}`,
    `last: ${last}`,
    `head: ${head}`,
    `intents without outcome: ${open.length}`,
    ...open.map(intentLine),
    '',
  ].join('\n')

const intentLine = ({ seq, fields }: OpenIntent): string =>
  [
    `  number ${seq}`,
    fields.time,
    `request ${fields.requestId}`,
    fields.operation,
    fields.regionId,
    ...(fields.clientToken ? [`client token ${fields.clientToken}`] : []),
  ].join('  ')
