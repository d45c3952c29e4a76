import type { Failure } from './failure.ts'

/** Whoever asks for more than a day has mistaken something. */
const MOST_SECONDS = 86_400

/**
 * Seconds that a refusal asks us to stay away, in whichever of its two forms (RFC 9110, 10.2.3); a date counts from the
 * one on the answer, so that our own clock plays no part. Undefined when it says nothing, or nothing that makes sense.
 */
export function secondsAsked(failure: Failure): number | undefined {
  if (failure.kind !== 'refused') return undefined
  const text = failure.retryAfter?.trim() ?? ''
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (dateIn(text) - dateIn(failure.date)) / 1_000
  return seconds >= 0 && seconds <= MOST_SECONDS ? seconds : undefined
}

/** The form that HTTP writes dates in. */
const dateIn = (text = '') => (/^[A-Z][a-z]{2}, .+ GMT$/.test(text) ? Date.parse(text) : Number.NaN)
