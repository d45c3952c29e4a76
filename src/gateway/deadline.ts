import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { CallerLeft, DeadlineExceeded } from '../huaweicloud/why-failed.ts'
import { GatewayError } from './errors.ts'

export interface Deadlines {
  /** Seconds. */
  read: number
  write: number
}

/** Seconds this request may take: ours, or less if the caller says so. */
export function secondsFor(headers: IncomingHttpHeaders, most: number): number {
  const asked = headers['x-request-timeout']
  if (asked === undefined) return most
  const seconds = Number(asked)
  if (typeof asked !== 'string' || !/^\d{1,6}(\.\d{1,3})?$/.test(asked) || seconds <= 0) {
    const violations = [{ field: 'X-Request-Timeout', description: 'must be a number of seconds above 0' }]
    throw new GatewayError('INVALID_ARGUMENT', {
      message: 'X-Request-Timeout must be a number of seconds above 0',
      violations,
    })
  }
  return Math.min(seconds, most)
}

/**
 * One deadline over everything a request does, and the caller's leaving. A read ends with its caller; a
 * write that may be under way is let finish, so that its outcome is known.
 */
export function deadline(response: ServerResponse, seconds: number, endsWithCaller: boolean) {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(new DeadlineExceeded()), seconds * 1_000)
  const left = () => {
    if (!response.writableFinished) controller.abort(new CallerLeft())
  }
  if (endsWithCaller) response.once('close', left)
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer)
      response.off('close', left)
    },
  }
}
