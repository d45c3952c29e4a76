import type { Circumstances, Failure, UpstreamFailure } from '../huaweicloud/failure.ts'
import { isInUse } from '../huaweicloud/in-use.ts'
import { mayPass } from '../huaweicloud/may-pass.ts'
import { secondsAsked } from '../huaweicloud/retry-after.ts'
import { isThrottled } from '../huaweicloud/throttled.ts'
import { causeOf } from '../huaweicloud/unauthenticated.ts'
import { catalogue, type Reason, type Status } from './catalogue.ts'
import { ours, type Problem } from './problem.ts'

type Refused = Extract<Failure, { kind: 'refused' }>

/** The request is fine, but not in the state things are in. */
const WRONG_STATE = new Set(
  `Ecs.0030 Ecs.0032 Ecs.0100 Ecs.0102 Ecs.0103 Ecs.0106 Ecs.0112 Ecs.0513 Ecs.0603 Ecs.0605
   IMG.0008 IMG.0010 IMG.0022 IMG.0046 IMG.0090 IMG.0126 VPC.0004`.split(/\s+/),
)

/** What a failed call of Huawei's means to our caller. */
export function upstreamProblem({ failure, circumstances }: UpstreamFailure): Problem {
  if (failure.kind === 'cancelled') return ours('CLIENT_LEFT')
  if (failure.kind === 'refused' && !isTooLate(failure, circumstances))
    return refusedProblem(failure, circumstances)
  if (failure.kind === 'refused' || wasLost(failure, circumstances))
    return unknownOutcome(failure, circumstances)
  const retryable = mayPass(failure)
  const retryAfter = failure.kind === 'breaker-open' ? failure.seconds : 1
  return ours(reasonOf(failure), {
    metadata: { ...whereabouts(circumstances), retryable: String(retryable) },
    ...(retryable ? { retryAfter } : {}),
    ...(failure.kind === 'overloaded' || failure.kind === 'breaker-open'
      ? { headers: { 'retry-after': String(retryAfter) } }
      : {}),
  })
}

/** A no to a repetition says nothing about the attempt before it, which may have run; a failure claims nothing. */
const isTooLate = (failure: Refused, { lostBefore }: Circumstances) =>
  lostBefore === true && (failure.status < 500 || failure.status === 501 || isThrottled(failure))

/** A write went out and no answer came back. A redirect was not followed and nothing ran; every other loss leaves it open. */
const wasLost = (failure: Failure, { operation, sent }: Circumstances) =>
  operation.write === true && sent && !(failure.kind === 'nonsense' && failure.why === 'redirect')

function unknownOutcome(failure: Failure, circumstances: Circumstances): Problem {
  const { clientToken } = circumstances
  const message = clientToken
    ? `The request was sent and its answer was lost: it may have been carried out. Repeat it with the header Idempotency-Key: ${clientToken} within eight hours, and nothing is created twice.`
    : catalogue.UPSTREAM_OUTCOME_UNKNOWN.text
  const metadata = { ...whereabouts(circumstances), retryable: String(clientToken !== undefined) }
  const problem = ours('UPSTREAM_OUTCOME_UNKNOWN', { message, metadata })
  if (failure.kind !== 'refused') return problem
  return {
    ...problem,
    metadata: { ...metadata, ...saidBy(failure) },
    original: asStruct(failure.refusal.body ?? {}),
  }
}

function reasonOf(failure: Exclude<Failure, Refused | { kind: 'cancelled' }>): Reason {
  switch (failure.kind) {
    case 'unreachable':
      return (
        {
          connection: 'UPSTREAM_UNREACHABLE',
          dns: 'UPSTREAM_DNS_FAILED',
          tls: 'UPSTREAM_TLS_INVALID',
          address: 'UPSTREAM_ADDRESS_FORBIDDEN',
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
      return failure.by === 'caller' ? 'RATE_LIMITED' : 'OVERLOADED'
    case 'breaker-open':
      return 'UPSTREAM_BREAKER_OPEN'
  }
}

function refusedProblem(failure: Refused, circumstances: Circumstances): Problem {
  const { status: upstreamStatus, refusal } = failure
  const throttled = isThrottled(failure)
  const [code, status] = throttled
    ? ([429, 'RESOURCE_EXHAUSTED'] as const)
    : isInUse(failure)
      ? ([409, 'FAILED_PRECONDITION'] as const)
      : statusOf(upstreamStatus, refusal.code)
  const reason = refusal.code ?? (code >= 500 ? 'UPSTREAM_ERROR' : `HTTP_${upstreamStatus}`)
  const cause = code === 401 ? causeOf(refusal.message ?? '') : undefined
  // A create with its token, or a read, may be repeated after a failure of Huawei's; other writes may have run.
  const { write } = circumstances.operation
  const retryable = throttled || (code === 502 && (!write || circumstances.clientToken !== undefined))
  const asked = secondsAsked(failure)
  const retryAfter = Math.ceil(asked ?? 1)
  return {
    code,
    status,
    message: refusal.message ?? `Huawei Cloud answered ${upstreamStatus} without a text.`,
    reason,
    domain: circumstances.host,
    metadata: {
      ...whereabouts(circumstances),
      ...saidBy(failure),
      // A failure of Huawei's tells nothing of what was done before it.
      ...(code === 502 && write ? { outcome: 'unknown' } : {}),
      retryable: String(retryable),
      ...(refusal.detailCode ? { detailCode: refusal.detailCode } : {}),
      ...(cause ? { cause: cause.cause } : {}),
      ...(cause?.skewSeconds === undefined ? {} : { skewSeconds: String(cause.skewSeconds) }),
    },
    ...(refusal.body === undefined ? {} : { original: asStruct(refusal.body) }),
    ...(retryable ? { retryAfter } : {}),
    ...(throttled || (retryable && asked !== undefined)
      ? { headers: { 'retry-after': String(retryAfter) } }
      : {}),
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

/** What of Huawei's answer is found again in its logs. */
const saidBy = ({ status, requestId }: Refused) => ({
  upstreamStatus: String(status),
  ...(requestId ? { upstreamRequestId: requestId } : {}),
})

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
