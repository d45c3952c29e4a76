import { GatewayError, type Violation } from './errors.ts'

export interface Faults {
  violations: readonly Violation[]
  /** Keys came from two places that disagree. */
  conflict: boolean
  /** Names of keys that are not there. */
  missing: readonly string[]
  /** Something came as a token that is none of ours. */
  hasForeignBearer: boolean
}

/** How many faults the message spells out; the details always hold all of them. */
const SPELLED_OUT = 5

/** Refuses a request with everything that is wrong with it, if anything is. */
export function refuseFaults({ violations, conflict, missing, hasForeignBearer }: Faults): void {
  const fieldViolations = [
    ...new Map(violations.map((one) => [`${one.field} ${one.description}`, one])).values(),
  ]
  const details = fieldViolations.length > 0 ? { violations: fieldViolations } : {}
  const others = fieldViolations.length > 0 ? ` Also: ${spelledOut(fieldViolations)}` : ''
  if (conflict) throw new GatewayError('CREDENTIALS_CONFLICT', details)
  // A mistyped key is the likelier reason for a missing one.
  if (missing.length > 0 && !violations.some(({ looksLikeKey }) => looksLikeKey)) {
    if (hasForeignBearer) throw new GatewayError('TOKEN_UNKNOWN', details)
    throw new GatewayError('CREDENTIALS_MISSING', {
      ...details,
      message: `The request lacks ${missing.join(' and ')}. Send the headers X-Access-Key and X-Secret-Key.${others}`,
      metadata: { missing: missing.join(',') },
    })
  }
  if (fieldViolations.length === 0) return
  const nearest = violations.flatMap((violation) => violation.nearest ?? [])
  const isRegion = violations.every(({ reason }) => reason === 'UNKNOWN_REGION')
  throw new GatewayError(isRegion ? 'UNKNOWN_REGION' : 'INVALID_ARGUMENT', {
    message: spelledOut(fieldViolations),
    violations: fieldViolations,
    ...(nearest.length > 0 ? { metadata: { nearest: nearest.join(',') } } : {}),
  })
}

function spelledOut(violations: readonly Violation[]): string {
  const sentences = violations.map(({ field, description }) => `${field} ${description}`)
  const more = sentences.length - SPELLED_OUT
  const ended = sentences.slice(0, SPELLED_OUT).map((sentence) => sentence.replace(/[^?.]$/, '$&.'))
  return [...ended, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')
}
