import { HuaweiCloudApiError } from '../../packages/client/src/index.ts'
import { CODES } from './exit-codes.ts'
import { safeText } from './output/safe-text.ts'
import { Stop } from './stop.ts'
import type { Catalog } from './text/en.ts'

type Outcome = 'broken' | 'usage' | 'refused' | 'notFound' | 'unreachable' | 'unknown'

/** Refused by us before anybody was asked, because of how it was asked. */
const OURS = 'huawei-cloud-api'
const NOT_OF_USAGE = ['REGION_NOT_OPENED', 'SERVICE_NOT_IN_REGION']

export function outcomeOf(
  { status, reason, domain, metadata }: HuaweiCloudApiError,
  isWrite: boolean,
): Outcome {
  if (reason === 'UPSTREAM_OUTCOME_UNKNOWN' || metadata.outcome === 'unknown') return 'unknown'
  // Nobody answered, or somebody on the way did: a write that had left may have been done, a create with its key too.
  const isLost = status === 0 ? metadata.sent !== 'no' : status >= 500 && domain === undefined
  if (isLost) return isWrite ? 'unknown' : 'unreachable'
  if (status === 0) return 'unreachable'
  if (status === 404) return 'notFound'
  if (status === 400 && domain === OURS && !NOT_OF_USAGE.includes(reason)) return 'usage'
  if (reason === 'INTERNAL' && domain === OURS) return 'broken'
  if ([408, 429, 502, 503, 504].includes(status)) return 'unreachable'
  return 'refused'
}

/** An error of the API as a command ends with it: what, why, what next. Anything else that was thrown stays what it is. */
export function problemOf(thrown: unknown, command: string, isWrite: boolean, text: Catalog): unknown {
  if (!(thrown instanceof HuaweiCloudApiError)) return thrown
  const outcome = outcomeOf(thrown, isWrite)
  const { message, fieldViolations } = thrown
  return new Stop(
    CODES[outcome],
    `${text.problems[outcome]} ${safeText(message)}`,
    ...fieldViolations
      .filter(({ description }) => !message.includes(description))
      .map(({ field, description }) => safeText(`${field} ${description}`)),
    whyOf(thrown, text),
    nextOf(thrown, outcome, command, text),
  )
}

/** The reason and the ids that somebody who looks into it will ask for. */
export function whyOf({ reason, requestId, upstreamRequestId }: HuaweiCloudApiError, text: Catalog): string {
  const ids = [requestId, upstreamRequestId].filter((id) => id !== undefined)
  return safeText(text.problems.because(reason, ids.join(', ')))
}

function nextOf(
  { status, reason, idempotencyKey, retryable }: HuaweiCloudApiError,
  outcome: Outcome,
  command: string,
  { problems: { next } }: Catalog,
): string | undefined {
  if (outcome === 'unknown') return idempotencyKey ? next.key(idempotencyKey) : next.look
  if (outcome === 'usage') return next.help(command)
  if (outcome === 'notFound') return next.list
  if (outcome === 'unreachable') return status === 0 && reason === 'NETWORK_ERROR' ? next.gateway : next.again
  if (reason === 'SCOPE_TOO_SMALL') return next.scope
  if (status === 401) return next.keys
  return retryable ? next.again : undefined
}
