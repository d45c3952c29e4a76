import type { ErrorInfo, Problem, RetryInfo } from './schema.ts'

export interface FieldViolation {
  field: string
  description: string
}

export interface ApiErrorFacts {
  /** 0 where no answer came. */
  status: number
  reason: string
  message: string
  domain?: string | undefined
  metadata?: Record<string, string> | undefined
  requestId?: string | undefined
  upstreamRequestId?: string | undefined
  /** Seconds. */
  retryAfter?: number | undefined
  fieldViolations?: readonly FieldViolation[] | undefined
  /** Whether the same call may be made again without harm. */
  retryable?: boolean | undefined
}

/** The line was lost, or the answer never came: nobody refused anything. */
const NETWORK_LOST = 'NETWORK_LOST'

/** A call that failed, whoever refused it. */
export class ApiError extends Error {
  readonly status: number
  readonly reason: string
  readonly domain: string | undefined
  readonly metadata: Readonly<Record<string, string>>
  readonly requestId: string | undefined
  readonly upstreamRequestId: string | undefined
  readonly retryAfter: number | undefined
  readonly fieldViolations: readonly FieldViolation[]
  readonly retryable: boolean

  constructor(facts: ApiErrorFacts) {
    super(facts.message)
    this.name = 'ApiError'
    this.status = facts.status
    this.reason = facts.reason
    this.domain = facts.domain
    this.metadata = facts.metadata ?? {}
    this.requestId = facts.requestId
    this.upstreamRequestId = facts.upstreamRequestId
    this.retryAfter = facts.retryAfter
    this.fieldViolations = facts.fieldViolations ?? []
    this.retryable = facts.retryable ?? false
  }

  /** Why keys were refused: `wrong-secret`, `unknown-key`, `expired`, `clock-skew`, `locked` … */
  override get cause(): string | undefined {
    return this.metadata.cause
  }

  get isNetworkLost(): boolean {
    return this.reason === NETWORK_LOST
  }
}

/** Whatever was thrown, as one kind of error; what is no fault of a call is a bug of ours and says so. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  return new ApiError({ status: 0, reason: 'CONSOLE_BUG', message: String(thrown) })
}

export const networkLost = (thrown: unknown): ApiError =>
  new ApiError({
    status: 0,
    reason: NETWORK_LOST,
    message: thrown instanceof Error ? thrown.message : String(thrown),
    retryable: true,
  })

/** The error that an answer tells, also where it is not in the shape we promise (a proxy's page, say). */
export function errorOf(status: number, headers: Headers, body: unknown): ApiError {
  const ids = {
    requestId: headers.get('x-request-id') ?? undefined,
    upstreamRequestId: headers.get('x-upstream-request-id') ?? undefined,
  }
  const retryAfter = secondsOf(headers.get('retry-after'))
  if (!isProblem(body)) {
    const { error_code: reason = `HTTP_${status}`, error_msg: message = '' } = Object(body) as DoorProblem
    return new ApiError({ status, reason, message, retryAfter, ...ids })
  }
  return problemError(body, { status, retryAfter, ...ids })
}

/** How the sandbox's doors say no. */
interface DoorProblem {
  error_code?: string
  error_msg?: string
}

/** The error inside a body, a line of a list or an event. */
export function problemError(
  { error }: Problem,
  more: Pick<ApiErrorFacts, 'requestId' | 'upstreamRequestId' | 'retryAfter'> & { status?: number } = {},
): ApiError {
  const details: readonly object[] = error.details
  const info = details.find((one): one is ErrorInfo => 'reason' in one)
  const retry = details.find((one): one is RetryInfo => 'retryDelay' in one)
  const bad = details.find((one): one is { fieldViolations: FieldViolation[] } => 'fieldViolations' in one)
  return new ApiError({
    ...more,
    status: more.status ?? error.code,
    reason: info?.reason ?? error.status,
    message: error.message,
    domain: info?.domain,
    metadata: info?.metadata,
    upstreamRequestId: more.upstreamRequestId ?? info?.metadata.upstreamRequestId,
    retryAfter: more.retryAfter ?? secondsOf(retry?.retryDelay.replace(/s$/, '')),
    fieldViolations: bad?.fieldViolations,
    retryable: retry !== undefined || info?.metadata.retryable === 'true' || error.code === 429,
  })
}

export const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' &&
  body !== null &&
  'error' in body &&
  typeof body.error === 'object' &&
  body.error !== null &&
  'details' in body.error &&
  Array.isArray(body.error.details)

/** `Retry-After` in seconds; a date is taken as the time until then. */
function secondsOf(text: string | null | undefined): number | undefined {
  if (text == null || text === '') return undefined
  const seconds = Number(text)
  if (!Number.isNaN(seconds)) return Math.max(0, seconds)
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - Date.now()) / 1_000))
}
