import type { Audit } from './audit-trail.ts'
import type { Readings } from './metrics-registry.ts'

/** The audit's numbers, as metrics. */
export const auditReadings = (audit: Pick<Audit, 'counts'> | undefined) =>
  ({
    hca_audit_lines_total: () => audit?.counts.lines ?? 0,
    hca_audit_failures_total: () => audit?.counts.failures ?? 0,
    hca_audit_outcomes_owed: () => audit?.counts.owed ?? 0,
  }) satisfies Readings
