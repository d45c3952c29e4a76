import { type Audit, openAudit } from './audit/audit.ts'
import { AuditFileError } from './audit/audit-file-error.ts'
import { CannotStart } from './cannot-start.ts'
import type { Logger } from './gateway/log.ts'
import type { Outside } from './outside.ts'
import type { Settings } from './settings.ts'

/** The audit file as the settings have it; undefined where none is set. */
export async function startAudit(
  { auditFile }: Settings,
  outside: Outside,
  log: Logger,
): Promise<Audit | undefined> {
  if (auditFile === undefined) return undefined
  const audit = await openAudit(auditFile, outside, {
    failing: (why) => log.error({ why }, 'the audit file cannot be written: writes are refused'),
    recovered: () => log.warn('the audit file is written again'),
    lost: (outcomes) => log.error({ outcomes }, 'outcomes are missing in the audit file'),
  }).catch((error) => {
    throw error instanceof AuditFileError ? new CannotStart(error.message) : error
  })
  if (audit.recovered > 0)
    log.warn({ bytes: audit.recovered }, 'the last line of the audit file was torn and was cut off')
  return audit
}
