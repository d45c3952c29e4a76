import { setMaxListeners } from 'node:events'
import type { JobAsk, JobWatch, SeenJob } from '../huaweicloud/job-watch.ts'
import type { Outside } from '../outside.ts'
import { type Result, resultsOf } from './job-results.ts'
import { withMember } from './list-entries.ts'

/** Waiting for jobs on behalf of one request: it ends with the caller, and with the server. */
export interface JobWaiting {
  /** The job when it has ended, or as it is after `seconds`. */
  until(job: Pick<JobAsk, 'jobId' | 'services'>, seconds: number): Promise<SeenJob>
  /** Each state that differs from the one before. Fails as the watch does; ends with the job. */
  states(job: Pick<JobAsk, 'jobId' | 'services'>): AsyncGenerator<SeenJob>
}

export interface Waiter {
  watch: JobWatch
  ask: Pick<JobAsk, 'caller' | 'region' | 'projectId'>
  /** Aborted when nobody is there any more to wait for: the caller has left, or the server ends. */
  over: AbortSignal
  outside: Outside
  /** Keeps the connection through a long silence. */
  hold(): void
}

export function jobWaiting({ watch, ask, over, outside, hold }: Waiter): JobWaiting {
  return {
    async until(job, seconds) {
      hold()
      const timeUp = new AbortController()
      const stop = new AbortController()
      outside.sleep(seconds * 1_000, stop.signal).then(
        () => timeUp.abort(),
        () => {},
      )
      try {
        return await watch.until({ ...ask, ...job }, AbortSignal.any([over, timeUp.signal]))
      } finally {
        stop.abort()
      }
    },
    async *states(job) {
      const news: (SeenJob | { error: unknown })[] = []
      let wake = Promise.withResolvers<void>()
      const tell = (one: SeenJob | { error: unknown }) => {
        news.push(one)
        wake.resolve()
      }
      const end = () => wake.resolve()
      setMaxListeners(0, over)
      over.addEventListener('abort', end)
      const leave = watch.follow({ ...ask, ...job }, { seen: tell, failed: (error) => tell({ error }) })
      let last: SeenJob | undefined
      try {
        for (;;) {
          const one = news.shift()
          if (one === undefined) {
            if (over.aborted) return
            await wake.promise
            wake = Promise.withResolvers<void>()
          } else if ('error' in one) throw one.error
          else {
            if (!last?.bytes.equals(one.bytes)) yield one
            if (one.ended) return
            last = one
          }
        }
      } finally {
        over.removeEventListener('abort', end)
        leave()
      }
    },
  }
}

/** Huawei's answer, untouched, with the job and what became of each server behind its own fields. */
export function withJob(answer: Buffer, { bytes, job }: SeenJob, subjects: readonly string[]): Buffer {
  const results: Result[] = resultsOf(job, subjects)
  return Buffer.from(
    withMember(answer.toString(), `"job":${bytes.toString()},"results":${JSON.stringify(results)}`),
  )
}

/** What the answer to a call that begins a job says of it. */
export function ticketIn(answer: Buffer): { jobId?: string; serverIds: string[] } {
  const { job_id: jobId, serverIds } = JSON.parse(answer.toString() || '{}') as Record<string, unknown>
  return {
    ...(typeof jobId === 'string' && jobId ? { jobId } : {}),
    serverIds: Array.isArray(serverIds) ? serverIds.filter((id) => typeof id === 'string') : [],
  }
}
