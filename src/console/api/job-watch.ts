import { call } from './client.ts'
import { type ApiError, asApiError } from './error.ts'
import { hasEnded, type JobRef, jobEvents, pause } from './events.ts'
import type { Job } from './schema.ts'

export interface JobSeen {
  job: Job | undefined
  /** How it is followed; `lost` when nothing more will be heard of it, and `error` says why. */
  by: 'events' | 'polling' | 'ended' | 'lost'
  error: ApiError | undefined
}

/** A browser keeps six lines to a server; the other jobs are asked for now and then. */
const MOST_LINES = 3
const POLL_MS = 2_000
const MOST_FAILED_POLLS = 5
let lines = 0

/** Follows a job until it has ended or `signal` ends it. */
export async function watchJob(
  ref: JobRef,
  signal: AbortSignal,
  tell: (seen: JobSeen) => void,
): Promise<void> {
  let job: Job | undefined
  try {
    for await (const seen of states(ref, signal)) {
      job = seen.job ?? job
      tell(seen)
    }
    tell({ job, by: 'ended', error: undefined })
  } catch (thrown) {
    if (!signal.aborted) tell({ job, by: 'lost', error: asApiError(thrown) })
  }
}

async function* states(ref: JobRef, signal: AbortSignal): AsyncGenerator<JobSeen> {
  if (lines < MOST_LINES) {
    lines += 1
    try {
      for await (const job of jobEvents(ref, signal)) {
        yield { job, by: 'events', error: undefined }
        if (hasEnded(job)) return
      }
    } catch (thrown) {
      const { status, isNetworkLost } = asApiError(thrown)
      // What is refused is refused to a poll as well; only a line that does not hold is worth another way.
      if (!isNetworkLost && status < 500) throw thrown
    } finally {
      lines -= 1
    }
  }
  yield* polled(ref, signal)
}

async function* polled({ jobId, regionId, service }: JobRef, signal: AbortSignal): AsyncGenerator<JobSeen> {
  for (let failed = 0; ; ) {
    try {
      const query = { regionId, ...(service ? { service } : {}) }
      const job = await call('showJob', { path: { jobId }, query, signal })
      failed = 0
      yield { job, by: 'polling', error: undefined }
      if (hasEnded(job)) return
    } catch (thrown) {
      signal.throwIfAborted()
      const error = asApiError(thrown)
      failed += 1
      if (!error.retryable || failed > MOST_FAILED_POLLS) throw error
      yield { job: undefined, by: 'polling', error }
    }
    await pause(POLL_MS, signal)
  }
}
