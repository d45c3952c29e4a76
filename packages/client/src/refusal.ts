import { type ErrorFacts, type FieldViolation, HuaweiCloudApiError } from './error.ts'
import type { ErrorInfo, Problem, RegionProblem, RetryInfo } from './schema.ts'
import type { Setup } from './setup.ts'

/** What answers, lines and events have in common when they tell of an error. */
export const isProblem = (body: unknown): body is Problem | RegionProblem =>
  Array.isArray((body as Partial<Problem> | null)?.error?.details)

/** Statuses of a proxy on the way that may have passed in a moment. */
const PASSING = [502, 503, 504]

export interface Circumstances {
  /** Whether the call may run twice without harm. */
  mayRunTwice: boolean
  idempotencyKey?: string | undefined
  now: number
  /** Takes secrets out of what is told. */
  hide?: Setup['hide']
}

/** The error that an answer tells, also where it is not in the gateway's shape: a proxy's page, say. */
export function refusal(answer: Response, text: string, circumstances: Circumstances): HuaweiCloudApiError {
  const { status, headers } = answer
  const facts = {
    status,
    requestId: headers.get('x-request-id') ?? undefined,
    upstreamRequestId: headers.get('x-upstream-request-id') ?? undefined,
    retryAfter: secondsOf(headers.get('retry-after'), circumstances.now),
    idempotencyKey: circumstances.idempotencyKey,
  }
  const body = parsed(text)
  if (isProblem(body)) return problemIn(body, circumstances, facts)
  return new HuaweiCloudApiError({
    ...facts,
    reason: `HTTP_${status}`,
    message: `The answer has status ${status} and is not of the gateway's form.`,
    retryable: circumstances.mayRunTwice && PASSING.includes(status),
  })
}

/** The error inside a body, a line of a list or an event. */
function problemError(problem: Problem | RegionProblem, facts: Partial<ErrorFacts>) {
  const { code, status, message, details } = problem.error
  const all = (details as readonly unknown[]).filter(
    (one) => typeof one === 'object' && one !== null,
  ) as object[]
  const info = all.find((one): one is ErrorInfo => 'reason' in one)
  const retry = all.find((one): one is RetryInfo => 'retryDelay' in one)
  const bad = all.find((one): one is { fieldViolations: FieldViolation[] } => 'fieldViolations' in one)
  const { metadata = {} } = info ?? {}
  return new HuaweiCloudApiError({
    ...facts,
    status: typeof code === 'number' ? code : (facts.status ?? 0),
    reason: info?.reason ?? status,
    message,
    domain: info?.domain,
    metadata,
    regionId: 'regionId' in problem ? problem.regionId : metadata.regionId,
    upstreamRequestId: facts.upstreamRequestId ?? metadata.upstreamRequestId,
    // The gateway tells of a delay only where repeating is safe.
    retryable: retry !== undefined || metadata.retryable === 'true',
    retryAfter: facts.retryAfter ?? secondsOf(retry?.retryDelay.replace(/s$/, ''), 0),
    fieldViolations: bad?.fieldViolations,
  })
}

/** The error that a problem tells, which may quote what it was asked with; its texts are looked at one by one. */
export function problemIn(
  problem: Problem | RegionProblem,
  { hide = (text) => text }: Partial<Pick<Setup, 'hide'>>,
  facts: Partial<ErrorFacts> = {},
): HuaweiCloudApiError {
  const shown = JSON.parse(JSON.stringify(problem), (_, value: unknown) =>
    typeof value === 'string' ? hide(value) : value,
  )
  return problemError(shown, facts)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `Retry-After`: seconds, or a date; what is neither says nothing. */
function secondsOf(text: string | null | undefined, now: number): number | undefined {
  if (!text) return undefined
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1_000
  return Number.isNaN(seconds) ? undefined : Math.max(0, Math.ceil(seconds))
}
