import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import { CallerLeft, DeadlineExceeded } from '../huaweicloud/why-failed.ts'
import type { Outside } from '../outside.ts'
import type { Violation } from './errors.ts'

export interface Deadlines {
  /** Seconds. */
  read: number
  write: number
  /** For each region, where several are asked. */
  region: number
}

export interface Limit {
  readonly signal: AbortSignal
  /** When the signal ends it at the latest, as `Outside.elapsed` counts. */
  readonly until: number
  end(): void
}

/** What is wrong with the time that a caller gives us. */
export function timeoutViolations(headers: IncomingHttpHeaders): Violation[] {
  const asked = headers['x-request-timeout']
  if (asked === undefined) return []
  return /^\d{1,6}(?:\.\d{1,3})?$/.test(String(asked)) && Number(asked) > 0
    ? []
    : [{ field: 'X-Request-Timeout', description: 'must be a number of seconds above 0' }]
}

/** Seconds this request may take: ours, or less if the caller says so. */
export const secondsFor = (headers: IncomingHttpHeaders, most: number): number =>
  Math.min(Number(headers['x-request-timeout'] ?? most), most)

/**
 * One deadline over everything a request does, and the caller's leaving. A read ends with its caller; a
 * write that may be under way is let finish, so that its outcome is known. `ending` is the server's last call.
 */
export function deadline(
  response: ServerResponse,
  seconds: number,
  endsWithCaller: boolean,
  outside: Pick<Outside, 'elapsed'>,
  ending?: AbortSignal,
): Limit {
  const controller = new AbortController()
  const timeUp = () => controller.abort(new DeadlineExceeded())
  const calls = ending && callsUntil(ending)
  calls?.add(timeUp)
  // Where time ran out before, on the quick way, what came of it is no sign of how Huawei Cloud is.
  if (ending?.aborted || seconds <= 0) timeUp()
  // Node takes longer waits than 24.8 days for none.
  const timer = seconds > 0 && Number.isFinite(seconds) ? setTimeout(timeUp, seconds * 1_000) : undefined
  const left = () => {
    if (!response.writableFinished) controller.abort(new CallerLeft())
  }
  if (endsWithCaller) response.once('close', left)
  return {
    signal: controller.signal,
    until: outside.elapsed() + seconds * 1_000,
    end: () => {
      clearTimeout(timer)
      calls?.delete(timeUp)
      response.off('close', left)
    },
  }
}

const untilSignal = new WeakMap<AbortSignal, Set<() => void>>()

/** Called when the signal comes. A set, since a signal goes through all of its listeners to let go of one. */
function callsUntil(signal: AbortSignal): Set<() => void> {
  const known = untilSignal.get(signal)
  if (known) return known
  const made = new Set<() => void>()
  untilSignal.set(signal, made)
  signal.addEventListener('abort', () => {
    for (const call of made) call()
  })
  return made
}

export type Limiter = <T>(act: (signal: AbortSignal, until: number) => Promise<T>) => Promise<T>

/** Ends each act with `outer`; and all acts together may take so long. What lies between them costs nothing. */
export function budget(ms: number, outer: AbortSignal, outside: Outside): Limiter {
  let left = ms
  return async (act) => {
    const own = new AbortController()
    const began = outside.elapsed()
    const timer = setTimeout(() => own.abort(new DeadlineExceeded()), Math.max(0, left))
    try {
      return await act(AbortSignal.any([outer, own.signal]), began + Math.max(0, left))
    } finally {
      clearTimeout(timer)
      left -= outside.elapsed() - began
    }
  }
}
