import { HuaweiCloudApiError, TIMEOUT } from './error.ts'
import type { Outside } from './outside.ts'

/** How long a call may take, and who may end it sooner. */
export interface Patience {
  /** Aborted when the time is over or a caller's signal is. */
  readonly signal: AbortSignal
  /** Milliseconds left. */
  left(): number
  /** The time begins anew: of a stream it is the longest silence. */
  renew(): void
  /** No time passes until `renew`: the caller is busy with what has come. */
  hold(): void
  end(): void
}

export const NEVER = Number.POSITIVE_INFINITY

/** What a timer takes; a longer one would end at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export function patienceOf(
  ms: number,
  signals: readonly (AbortSignal | undefined)[],
  { now, sleep }: Outside,
): Patience {
  const over = new AbortController()
  const watched = signals.filter((one) => one !== undefined)
  const stop = (event: Event) => over.abort((event.target as AbortSignal).reason)
  for (const one of watched) {
    if (one.aborted) over.abort(one.reason)
    one.addEventListener('abort', stop)
  }
  let until = now() + ms
  const ended = new AbortController()
  const watch = async () => {
    while (now() < until) await sleep(Math.min(until - now(), ms, LONGEST_TIMER_MS), ended.signal)
    over.abort(timeUp(ms))
  }
  if (ms !== NEVER) watch().catch(() => undefined)
  return {
    signal: over.signal,
    left: () => until - now(),
    renew() {
      until = now() + ms
    },
    hold() {
      until = NEVER
    },
    end() {
      for (const one of watched) one.removeEventListener('abort', stop)
      ended.abort()
    },
  }
}

const timeUp = (ms: number) =>
  new HuaweiCloudApiError({
    status: 0,
    reason: TIMEOUT,
    message: `The time for it, ${ms / 1_000} s, is over.`,
  })
