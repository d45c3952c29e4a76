import type { Pair } from '../wire/signature.ts'
import type { Caller } from './caller.ts'
import type { Language, MadeAttempt } from './signed-message.ts'
import type { RepeatReason } from './why-repeat.ts'

/** A call of an operation, for a caller. */
export interface Ask {
  caller: Caller
  region: string
  /** Asked from IAM when left out. */
  projectId?: string
  /** Values for the other braces of the operation's path. */
  params?: Record<string, string>
  query?: readonly Pair[]
  /** Sent as JSON. */
  body?: unknown
  clientToken?: string
  language?: Language
  /** Ends the call: its reason is {@link DeadlineExceeded} or {@link CallerLeft}. */
  signal: AbortSignal
  /** When the signal will end it at the latest, as `Outside.elapsed` counts. */
  until?: number
  /** Told of each attempt after the first. */
  onRepeat?: (reason: RepeatReason) => void
  /** The first attempt, where it was made already. */
  made?: MadeAttempt
}

/** A request in the caller's own words: its headers, and a body of any kind. */
export interface RawAsk extends Omit<Ask, 'body' | 'clientToken'> {
  headers: Record<string, string>
  unsigned: Record<string, string>
  body?: Uint8Array
}
