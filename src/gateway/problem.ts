import { catalogue, type Reason, type Status } from './catalogue.ts'
import type { ErrorDetails, Violation } from './errors.ts'
import { hider } from './secrets.ts'

/** An error as our callers get it: HTTP status, headers and the body's content. */
export interface Problem {
  code: number
  status: Status
  message: string
  reason: string
  domain: string
  metadata: Record<string, string>
  violations?: ErrorDetails['violations']
  /** Huawei's own body, so that nothing of its many shapes is lost. */
  original?: unknown
  retryAfter?: number
  headers?: Record<string, string>
}

export const OUR_DOMAIN = 'huawei-cloud-api'

export function ours(reason: Reason, details: ErrorDetails = {}): Problem {
  const { code, status, text } = catalogue[reason]
  const { message = text, metadata = {}, ...rest } = details
  return { code, status, message, reason, domain: OUR_DOMAIN, metadata, ...rest }
}

/** The JSON text of a problem. `hide` hides what is secret of its request: Huawei's texts may quote it. */
export function render(problem: Problem, hide = hider([])): string {
  const { code, status, message, reason, domain, metadata, violations, original, retryAfter } = problem
  const type = 'type.googleapis.com/google'
  const error = {
    code,
    status,
    message: hide(message),
    details: [
      { '@type': `${type}.rpc.ErrorInfo`, reason: hide(reason), domain, metadata: hide(metadata) },
      ...(violations
        ? [{ '@type': `${type}.rpc.BadRequest`, fieldViolations: hide(violations.map(shown)) }]
        : []),
      ...(retryAfter === undefined
        ? []
        : [{ '@type': `${type}.rpc.RetryInfo`, retryDelay: `${retryAfter}s` }]),
      ...(original === undefined ? [] : [{ '@type': `${type}.protobuf.Struct`, value: hide(original) }]),
    ],
  }
  return JSON.stringify({ error })
}

const shown = ({ field, description }: Violation) => ({ field, description })
