export interface FieldViolation {
  readonly field: string
  readonly description: string
}

export interface ErrorFacts {
  status: number
  reason: string
  message: string
  domain?: string | undefined
  metadata?: Readonly<Record<string, string>> | undefined
  requestId?: string | undefined
  upstreamRequestId?: string | undefined
  regionId?: string | undefined
  idempotencyKey?: string | undefined
  retryable?: boolean | undefined
  retryAfter?: number | undefined
  fieldViolations?: readonly FieldViolation[] | undefined
}

/** A call that failed, whoever refused it. It never holds a secret. */
export class HuaweiCloudApiError extends Error {
  /** The HTTP status; 0 where no answer came. */
  readonly status: number
  /** Switch on this: Huawei Cloud's code, one of the gateway's, or `NETWORK_ERROR`, `TIMEOUT`, `ANSWER_UNREADABLE`. */
  readonly reason: string
  /** Who refused: `huawei-cloud-api` is the gateway, a host name is Huawei Cloud; undefined where nobody did. */
  readonly domain: string | undefined
  readonly metadata: Readonly<Record<string, string>>
  readonly requestId: string | undefined
  readonly upstreamRequestId: string | undefined
  /** Of a list over several regions: the one that failed. */
  readonly regionId: string | undefined
  /** Of a create: what it was called. Given again with the same body, nothing is created twice. */
  readonly idempotencyKey: string | undefined
  /** Whether the same call, with the same idempotency key, may be made again without harm. */
  readonly retryable: boolean
  /** Seconds that were asked for before it is made again. */
  readonly retryAfter: number | undefined
  /** All faults of a bad request. */
  readonly fieldViolations: readonly FieldViolation[]

  constructor(facts: ErrorFacts) {
    super(facts.message)
    this.name = 'HuaweiCloudApiError'
    this.status = facts.status
    this.reason = facts.reason
    this.domain = facts.domain
    this.metadata = facts.metadata ?? {}
    this.requestId = facts.requestId
    this.upstreamRequestId = facts.upstreamRequestId
    this.regionId = facts.regionId
    this.idempotencyKey = facts.idempotencyKey
    this.retryable = facts.retryable ?? false
    this.retryAfter = facts.retryAfter
    this.fieldViolations = facts.fieldViolations ?? []
  }
}

/** Reasons of ours: the time was over; an answer that the gateway would not give. */
export const TIMEOUT = 'TIMEOUT'
export const UNREADABLE = 'ANSWER_UNREADABLE'

export const unreadable = (message: string): HuaweiCloudApiError =>
  new HuaweiCloudApiError({ status: 0, reason: UNREADABLE, message })

/** The value in a text; the parser's own error would quote what it has read. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable('The answer is no JSON.')
  }
}
