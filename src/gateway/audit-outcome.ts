import type { Refused } from '../huaweicloud/answer-fault.ts'
import { NotAskable, UpstreamFailure } from '../huaweicloud/failure.ts'
import { isInUse } from '../huaweicloud/in-use.ts'
import { refusalInSuccess } from '../huaweicloud/refusal.ts'
import { isThrottled } from '../huaweicloud/throttled.ts'
import { shownId } from './audit-fields.ts'
import { GatewayError } from './errors.ts'
import { problemOf } from './problem-of.ts'

export interface OutcomeFields {
  /**
   * `done`, or begun; `refused`: Huawei said no and nothing ran; `failed`: Huawei answered with a failure of its own;
   * `unknown`: it was sent and its answer lost; `not-sent`: nothing left this server.
   */
  outcome: 'done' | 'refused' | 'failed' | 'unknown' | 'not-sent'
  /** Huawei's. */
  status?: number
  /** Huawei's code, or ours where there is none of Huawei's. */
  reason?: string
  upstreamRequestId?: string
  jobId?: string
  serverIds?: readonly string[]
  /** Of the one thing that the answer tells of, such as a network that was made. */
  resourceId?: string
}

interface Answered {
  readonly status: number
  readonly body: unknown
  readonly requestId?: string
  /** Raw calls bring refusals as answers. */
  readonly refusal?: Refused
}

export function outcomeOfAnswer({ status, body, requestId, refusal }: Answered): OutcomeFields {
  if (refusal) return outcomeOfRefusal(refusal)
  const upstream = { status, ...(requestId ? { upstreamRequestId: shownText(requestId) } : {}) }
  if (status >= 300) return { outcome: 'failed', ...upstream } // a redirect, which is not followed
  if (!Buffer.isBuffer(body)) return { outcome: 'done', ...upstream }
  const code = refusalInSuccess(body.toString())?.code
  return code === undefined
    ? { outcome: 'done', ...upstream, ...resultIn(body) }
    : { outcome: 'refused', reason: shownText(code), ...upstream }
}

export function outcomeOfError(error: unknown): OutcomeFields {
  const reason = shownText(problemOf(error).reason)
  if (error instanceof NotAskable || error instanceof GatewayError) return { outcome: 'not-sent', reason }
  if (!(error instanceof UpstreamFailure)) return { outcome: 'unknown', reason }
  const { failure, circumstances } = error
  if (reason === 'UPSTREAM_OUTCOME_UNKNOWN' || circumstances.lostBefore) return { outcome: 'unknown', reason }
  if (!circumstances.operation.write) return { outcome: 'not-sent', reason } // IAM, asked for the project before
  if (failure.kind === 'refused') return { reason, ...outcomeOfRefusal(failure) }
  if (!circumstances.sent) return { outcome: 'not-sent', reason }
  return { outcome: failure.kind === 'nonsense' ? 'failed' : 'unknown', reason }
}

function outcomeOfRefusal(refused: Refused): OutcomeFields {
  const { status, requestId, refusal } = refused
  return {
    outcome: status < 500 || isThrottled(refused) || isInUse(refused) ? 'refused' : 'failed',
    status,
    ...(refusal.code ? { reason: shownText(refusal.code) } : {}),
    ...(requestId ? { upstreamRequestId: shownText(requestId) } : {}),
  }
}

/** Codes and ids of Huawei's; whatever else an upstream may say in their place is not ours to keep. */
export const shownText = (text: string): string => (/^[\w.:-]{1,128}$/.test(text) ? text : '*')

/** What a small answer says was begun or made. */
function resultIn(body: Buffer): Pick<OutcomeFields, 'jobId' | 'serverIds' | 'resourceId'> {
  const { job_id: jobId, serverIds, ...rest } = parsed(body)
  const [only, ...more] = Object.values(rest)
  const id =
    more.length === 0 && typeof only === 'object' && only !== null ? Reflect.get(only, 'id') : undefined
  return {
    ...(typeof jobId === 'string' ? { jobId: shownId(jobId) } : {}),
    ...(Array.isArray(serverIds)
      ? { serverIds: serverIds.filter((id) => typeof id === 'string').map(shownId) }
      : {}),
    ...(typeof id === 'string' ? { resourceId: shownId(id) } : {}),
  }
}

function parsed(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString() || '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
