import { catalogue, type Reason } from './catalogue.ts'

export interface Violation {
  /** `nics[0].subnetId`; a header's name; never a value. */
  field: string
  description: string
  /** More for us than for the caller: what kind of fault it is, and what was probably meant. */
  reason?: 'UNKNOWN_REGION'
  nearest?: readonly string[]
  looksLikeKey?: true
  /** As in {@link ErrorDetails}. */
  hostile?: true
}

export interface ErrorDetails {
  /** Instead of the catalogue's text. */
  message?: string
  metadata?: Record<string, string>
  violations?: Violation[]
  /** Seconds; set only when repeating is safe. */
  retryAfter?: number
  headers?: Record<string, string>
  /** Nobody sends this by mistake; more for our log than for the caller. */
  hostile?: true
}

/** Thrown for everything we refuse ourselves. */
export class GatewayError extends Error {
  readonly reason: Reason
  readonly details: ErrorDetails

  constructor(reason: Reason, details: ErrorDetails = {}) {
    super(details.message ?? catalogue[reason].text)
    this.name = 'GatewayError'
    this.reason = reason
    this.details = details
  }
}
