import type { ApiError } from '../../api/error.ts'

/** Codes of the VPC service that say: something still needs it. */
const IN_USE = new Set(['VPC.0104', 'VPC.0120', 'VPC.0208', 'VPC.0209'])

/** What kind of no it is; undefined where nobody said no, or where it has a state of its own (keys, throttling …). */
export function refusalOf(
  error: Pick<ApiError, 'status' | 'reason' | 'message' | 'fieldViolations'>,
): 'fields' | 'inUse' | 'quota' | 'refused' | undefined {
  const { status, reason, message } = error
  if (error.fieldViolations.length > 0) return 'fields'
  if (!reason.startsWith('VPC.')) return undefined
  if (IN_USE.has(reason) || (status === 409 && /\bin use\b/i.test(message))) return 'inUse'
  if (/quota exceeded/i.test(message)) return 'quota'
  return status === 400 || status === 409 ? 'refused' : undefined
}
