import { call } from './call.ts'
import { HuaweiCloudApiError, jsonOf, unreadable } from './error.ts'
import { eventsIn } from './events.ts'
import { askedOf, type Params, rowOf } from './operation.ts'
import { NEVER, patienceOf } from './patience.ts'
import { isProblem, problemIn } from './refusal.ts'
import type { Job } from './schema.ts'
import type { CallOptions, Setup } from './setup.ts'
import { streamed } from './stream.ts'

const COME_BACK_MS = 2_000
/** Whatever a server asks for: neither at once again and again, nor never. */
const SHORTEST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
const MOST_LOST_LINES = 5

/** Each state of a job, until it has ended. A line that is lost is taken up again where it broke. */
export async function* followJob(
  setup: Setup,
  params: Params,
  options: CallOptions = {},
): AsyncGenerator<Job> {
  const asked = askedOf(rowOf('followJob'), params)
  let lastId: string | undefined
  let comeBackMs = COME_BACK_MS
  for (let lost = 0; ; ) {
    let failure: unknown = unreadable('The events of the job ended before it did.')
    const headers = { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}) }
    const lines = streamed(setup, { ...asked, headers }, options)
    try {
      for await (const { event, data, id, retry } of eventsIn(lines)) {
        lastId = id ?? lastId
        comeBackMs = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, retry ?? comeBackMs))
        const told = jsonOf(data)
        if (event === 'error' && isProblem(told)) throw problemIn(told, setup)
        if (event === 'error' || typeof told !== 'object' || told === null)
          throw unreadable('An event tells of no job.')
        lost = 0
        yield told as Job
        if (hasEnded(told as Job)) return
      }
    } catch (thrown) {
      if (!isLost(thrown)) throw thrown
      failure = thrown
    }
    lost += 1
    if (lost > MOST_LOST_LINES) throw failure
    await pause(setup, comeBackMs, options)
  }
}

export interface JobProgress {
  readonly job: Job
  /** How many of its parts have ended, one for each instance; of a job without parts, itself. */
  readonly ended: number
  readonly parts: number
}

export interface WaitForJobOptions extends CallOptions {
  /** Told of each state that the job comes to. */
  readonly onProgress?: ((progress: JobProgress) => void) | undefined
}

const LONGEST_MS = 600_000
/** Seconds that an answer waits where events do not get through. */
const POLL_SECONDS = 20
const MOST_FAILED_POLLS = 5

/** Waits until a job has ended, well (`SUCCESS`) or not (`FAIL`), for ten minutes unless `timeoutMs` says otherwise. */
export async function waitForJob(
  setup: Setup,
  params: Params,
  { onProgress, timeoutMs = LONGEST_MS, ...options }: WaitForJobOptions = {},
): Promise<Job> {
  const patience = patienceOf(timeoutMs, [options.signal, setup.defaults.signal], setup.outside)
  const inTime = { ...options, signal: patience.signal }
  try {
    let last: Job | undefined
    for await (const job of states(setup, params, inTime)) {
      if (JSON.stringify(job) !== JSON.stringify(last)) onProgress?.(progressOf(job))
      last = job
    }
    return last ?? {}
  } finally {
    patience.end()
  }
}

/** Over events, or by asking again and again where those do not get through. */
async function* states(setup: Setup, params: Params, options: CallOptions): AsyncGenerator<Job> {
  try {
    yield* followJob(setup, params, options)
    return
  } catch (thrown) {
    // What is refused is refused to a poll as well.
    if (!isLost(thrown)) throw thrown
  }
  for (let failed = 0; ; ) {
    try {
      const job = (await call(setup, 'showJob', { ...params, wait: POLL_SECONDS }, options)) as Job
      failed = 0
      yield job
      if (hasEnded(job)) return
    } catch (thrown) {
      failed += 1
      if (!isLost(thrown) || failed > MOST_FAILED_POLLS) throw thrown
    }
    await pause(setup, COME_BACK_MS, options)
  }
}

const hasEnded = ({ status }: Job): boolean => status === 'SUCCESS' || status === 'FAIL'

/** Nobody refused anything: the line broke, or whoever stands between failed for the moment. */
const isLost = (thrown: unknown): boolean =>
  thrown instanceof HuaweiCloudApiError && (thrown.retryable || thrown.status >= 500 || thrown.status === 0)

function progressOf(job: Job): JobProgress {
  const { sub_jobs } = Object(job.entities)
  const parts: readonly Job[] = Array.isArray(sub_jobs) && sub_jobs.length > 0 ? sub_jobs : [job]
  return { job, ended: parts.filter(hasEnded).length, parts: parts.length }
}

const pause = ({ outside, defaults }: Setup, ms: number, { signal }: CallOptions) => {
  const patience = patienceOf(NEVER, [signal, defaults.signal], outside)
  return outside.sleep(ms, patience.signal).finally(patience.end)
}
