import type { Operation } from './operation.ts'
import type { Refusal } from './refusal.ts'

/**
 * Why there is no good answer. "It said no", "it was never asked", "we stopped waiting", "it stopped
 * mid-sentence" and "it made no sense" call for different statuses and different words to the caller.
 */
export type Failure =
  | {
      kind: 'refused'
      status: number
      refusal: Refusal
      requestId?: string
      retryAfter?: string
      date?: string
    }
  | { kind: 'unreachable'; why: 'connection' | 'dns' | 'tls' | 'address' }
  | { kind: 'timeout' }
  | { kind: 'truncated' }
  | { kind: 'nonsense'; why: 'protocol' | 'redirect' | 'encoding' | 'content-type' | 'too-large' }
  /** Too many calls wait for this host already, of all callers or of this one, or it waited too long. */
  | { kind: 'overloaded'; by: 'all' | 'caller' }
  /** Calls to this service in this region have failed again and again; none is made for so long. */
  | { kind: 'breaker-open'; seconds: number }
  /** The caller left. */
  | { kind: 'cancelled' }

export interface Circumstances {
  readonly operation: Operation
  readonly region: string
  /** The host that was asked. */
  readonly host: string
  /** Whether any byte of the request may have reached Huawei. */
  readonly sent: boolean
  /** An earlier attempt may have been carried out, whatever came of the last one. */
  readonly lostBefore?: true
  /** The idempotency key a create carried. */
  readonly clientToken?: string
}

/** Thrown by the client for every failed call. Holds no keys, no URL and no library's error object. */
export class UpstreamFailure extends Error {
  readonly failure: Failure
  readonly circumstances: Circumstances

  constructor(failure: Failure, circumstances: Circumstances) {
    super(`${circumstances.operation.name}: ${failure.kind}`)
    this.name = 'UpstreamFailure'
    this.failure = failure
    this.circumstances = circumstances
  }
}

/** Thrown before anything is sent: the region has no such service, or no project of this account. */
export class NotAskable extends Error {
  readonly reason: 'no-endpoint' | 'sandbox-off' | 'region-not-opened' | 'protecting-account'
  readonly region: string
  /** Seconds until asking makes sense again. */
  readonly retryAfter?: number

  constructor(reason: NotAskable['reason'], region: string, retryAfter?: number) {
    super(`${reason} (${region})`)
    this.name = 'NotAskable'
    this.reason = reason
    this.region = region
    if (retryAfter !== undefined) this.retryAfter = retryAfter
  }
}
