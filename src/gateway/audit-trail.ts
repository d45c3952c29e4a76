import type { FastifyRequest } from 'fastify'
import type { Outside } from '../outside.ts'
import { type IntentFields, intentFields, type Write } from './audit-fields.ts'
import { type OutcomeFields, outcomeOfError } from './audit-outcome.ts'
import { GatewayError } from './errors.ts'
import { hiderForRecords } from './secrets.ts'

/** Keeps what was to be done, and what came of it. */
export interface Audit {
  /**
   * Resolves to the line's number once it is safe; until then, and where it fails, nothing may be sent. Where the
   * signal comes first there may be no line.
   */
  intent(fields: IntentFields, signal: AbortSignal): Promise<number>
  outcome(intent: number, fields: OutcomeFields & { requestId: string; repeats?: number; ms: number }): void
  readonly counts: { readonly lines: number; readonly failures: number; readonly owed: number }
}

/** Makes a write between its two lines. */
export type Audited = <Got>(
  write: Write,
  signal: AbortSignal,
  send: () => Promise<Got>,
  outcomeOf: (got: Got) => OutcomeFields,
) => Promise<Got>

/** Long enough for a disk to be cleared by a machine, short enough for a person to wait. */
const RETRY_AFTER_SECONDS = 5

export function auditedFor(
  audit: Audit,
  outside: Pick<Outside, 'elapsed'>,
  request: FastifyRequest,
  route: string,
): Audited {
  return async (write, signal, send, outcomeOf) => {
    const requestId = request.id
    const began = outside.elapsed()
    const before = request.notes.repeats
    const tell = (seq: number, fields: OutcomeFields) => {
      const repeats = request.notes.repeats - before
      const ms = Math.round((outside.elapsed() - began) * 10) / 10
      audit.outcome(seq, {
        requestId,
        ...hiderForRecords(request)(fields),
        ...(repeats > 0 ? { repeats } : {}),
        ms,
      })
    }
    const intent = audit.intent(intentFields(request, route, write), signal)
    const seq = await unlessOver(intent, signal).catch(() => {
      // A disk that hangs may write the line after all.
      intent.then(
        (late) => tell(late, { outcome: 'not-sent', reason: 'AUDIT_UNAVAILABLE' }),
        () => {},
      )
      throw unavailable()
    })
    const got = await send().catch((error) => {
      tell(seq, outcomeOfError(error))
      throw error
    })
    tell(seq, outcomeOf(got))
    return got
  }
}

const unavailable = () =>
  new GatewayError('AUDIT_UNAVAILABLE', {
    retryAfter: RETRY_AFTER_SECONDS,
    headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
  })

function unlessOver<Got>(wanted: Promise<Got>, signal: AbortSignal): Promise<Got> {
  return new Promise((resolve, reject) => {
    const over = () => reject(signal.reason)
    signal.addEventListener('abort', over, { once: true })
    wanted.then(resolve, reject).finally(() => signal.removeEventListener('abort', over))
    if (signal.aborted) over()
  })
}
