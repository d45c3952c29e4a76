import { catalogue, type ErrorDetails, type Reason, type Status } from './errors.ts'

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

/**
 * The JSON text of a problem. `secrets` are this request's keys: Huawei's texts may quote the request, so
 * each of them becomes `***` wherever it stands.
 */
export function render(problem: Problem, secrets: readonly string[] = []): string {
  const { code, status, message, reason, domain, metadata, violations, original, retryAfter } = problem
  const type = 'type.googleapis.com/google'
  const error = {
    code,
    status,
    message,
    details: [
      { '@type': `${type}.rpc.ErrorInfo`, reason, domain, metadata },
      ...(violations ? [{ '@type': `${type}.rpc.BadRequest`, fieldViolations: violations }] : []),
      ...(retryAfter === undefined
        ? []
        : [{ '@type': `${type}.rpc.RetryInfo`, retryDelay: `${retryAfter}s` }]),
      ...(original === undefined ? [] : [{ '@type': `${type}.protobuf.Struct`, value: original }]),
    ],
  }
  return withoutSecrets(JSON.stringify({ error }), secrets)
}

/** Shorter texts would blot out innocent words; no key of Huawei's is that short. */
const SHORTEST_SECRET = 6

function withoutSecrets(json: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [...new Set([JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])])
    .reduce((text, secret) => text.replaceAll(secret, '***'), json)
}
