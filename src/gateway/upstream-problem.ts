import type { Circumstances, Failure, UpstreamFailure } from '../huaweicloud/failure.ts'
import { isThrottled } from '../huaweicloud/throttled.ts'
import { causeOf } from '../huaweicloud/unauthenticated.ts'
import { catalogue, type Reason, type Status } from './errors.ts'
import { ours, type Problem } from './problem.ts'

type Refused = Extract<Failure, { kind: 'refused' }>

/** The request is fine, but not in the state things are in. */
const WRONG_STATE = new Set(
  `Ecs.0030 Ecs.0032 Ecs.0100 Ecs.0102 Ecs.0103 Ecs.0106 Ecs.0112 Ecs.0513 Ecs.0603 Ecs.0605
   IMG.0008 IMG.0010 IMG.0022 IMG.0046 IMG.0090 IMG.0126 VPC.0004`.split(/\s+/),
)

/** What a failed call of Huawei's means to our caller. */
export function upstreamProblem({ failure, circumstances }: UpstreamFailure): Problem {
  if (failure.kind === 'refused') return refusedProblem(failure, circumstances)
  if (failure.kind === 'cancelled') return ours('CLIENT_LEFT')
  const metadata = whereabouts(circumstances)
  if (circumstances.operation.write && circumstances.sent && answerWasLost(failure)) {
    const { clientToken } = circumstances
    const message = clientToken
      ? `The request was sent and its answer was lost: it may have been carried out. Repeat it with the header Idempotency-Key: ${clientToken} within eight hours, and nothing is created twice.`
      : catalogue.UPSTREAM_OUTCOME_UNKNOWN.text
    return ours('UPSTREAM_OUTCOME_UNKNOWN', {
      message,
      metadata: { ...metadata, retryable: String(clientToken !== undefined) },
    })
  }
  const retryable = failure.kind !== 'nonsense' && !(failure.kind === 'unreachable' && failure.why === 'tls')
  return ours(reasonOf(failure), {
    metadata: { ...metadata, retryable: String(retryable) },
    ...(retryable ? { retryAfter: 1 } : {}),
    ...(failure.kind === 'overloaded' ? { headers: { 'retry-after': '1' } } : {}),
  })
}

/** A redirect was not followed and nothing ran; every other loss leaves it open. */
const answerWasLost = (failure: Failure) => !(failure.kind === 'nonsense' && failure.why === 'redirect')

function reasonOf(failure: Exclude<Failure, Refused | { kind: 'cancelled' }>): Reason {
  switch (failure.kind) {
    case 'unreachable':
      return (
        {
          connection: 'UPSTREAM_UNREACHABLE',
          dns: 'UPSTREAM_DNS_FAILED',
          tls: 'UPSTREAM_TLS_INVALID',
        } as const
      )[failure.why]
    case 'timeout':
      return 'UPSTREAM_TIMEOUT'
    case 'truncated':
      return 'UPSTREAM_TRUNCATED'
    case 'nonsense':
      if (failure.why === 'redirect') return 'UPSTREAM_REDIRECT'
      return failure.why === 'too-large' ? 'UPSTREAM_TOO_LARGE' : 'UPSTREAM_PROTOCOL_ERROR'
    case 'overloaded':
      return 'OVERLOADED'
  }
}

function refusedProblem(failure: Refused, circumstances: Circumstances): Problem {
  const { status: upstreamStatus, refusal, requestId } = failure
  const throttled = isThrottled(failure)
  const [code, status] = throttled
    ? ([429, 'RESOURCE_EXHAUSTED'] as const)
    : statusOf(upstreamStatus, refusal.code)
  const reason = refusal.code ?? (code >= 500 ? 'UPSTREAM_ERROR' : `HTTP_${upstreamStatus}`)
  const cause = code === 401 ? causeOf(refusal.message ?? '') : undefined
  // A create with its token, or a read, may be repeated after a failure of Huawei's; other writes may have run.
  const { write } = circumstances.operation
  const retryable = throttled || (code === 502 && (!write || circumstances.clientToken !== undefined))
  const retryAfter = throttled ? waitOf(failure.retryAfter) : 1
  return {
    code,
    status,
    message: refusal.message ?? `Huawei Cloud answered ${upstreamStatus} without a text.`,
    reason,
    domain: circumstances.host,
    metadata: {
      ...whereabouts(circumstances),
      upstreamStatus: String(upstreamStatus),
      retryable: String(retryable),
      ...(requestId ? { upstreamRequestId: requestId } : {}),
      ...(refusal.detailCode ? { detailCode: refusal.detailCode } : {}),
      ...(cause ? { cause: cause.cause } : {}),
      ...(cause?.skewSeconds === undefined ? {} : { skewSeconds: String(cause.skewSeconds) }),
    },
    ...(refusal.body === undefined ? {} : { original: asStruct(refusal.body) }),
    ...(retryable ? { retryAfter } : {}),
    ...(throttled ? { headers: { 'retry-after': String(retryAfter) } } : {}),
  }
}

function statusOf(upstream: number, code: string | undefined): readonly [number, Status] {
  if (upstream === 501 && !WRONG_STATE.has(code ?? '')) return [501, 'UNIMPLEMENTED']
  if (upstream >= 500 && upstream !== 501) return [502, 'UNAVAILABLE']
  if (WRONG_STATE.has(code ?? ''))
    return [upstream >= 400 && upstream < 500 ? upstream : 409, 'FAILED_PRECONDITION']
  if (upstream === 401) return [401, 'UNAUTHENTICATED']
  if (upstream === 403) return [403, 'PERMISSION_DENIED']
  if (upstream === 404) return [404, 'NOT_FOUND']
  if (upstream === 409) return [409, 'ABORTED']
  // nginx's 494 (headers too large) and errors inside a 2xx have no status that a client would know.
  return [upstream >= 400 && upstream <= 451 ? upstream : 400, 'INVALID_ARGUMENT']
}

/** Seconds from `Retry-After`, clamped: a mistaken 3600 must not hold callers for an hour. */
function waitOf(header: string | undefined): number {
  const seconds = Number(header)
  return Number.isFinite(seconds) && seconds >= 0 && header?.trim() ? Math.min(Math.ceil(seconds), 60) : 1
}

const whereabouts = ({ operation, region, host, clientToken }: Circumstances) => ({
  service: operation.service,
  operation: operation.name,
  regionId: region,
  host,
  ...(clientToken ? { clientToken } : {}),
})

/** A list is no Struct either. */
const asStruct = (body: unknown) =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? body : { body }
