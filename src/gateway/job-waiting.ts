import { setMaxListeners } from 'node:events'
import type { JobAsk, JobWatch, SeenJob } from '../huaweicloud/job-watch.ts'
import { CallerLeft } from '../huaweicloud/why-failed.ts'
import type { Outside } from '../outside.ts'
import { GatewayError } from './errors.ts'

/** Waiting for jobs on behalf of one request: it ends with the caller, and with the server. */
export interface JobWaiting {
  /** The job when it has ended, or as it is after `seconds`; with 0, as it is. */
  until(job: Pick<JobAsk, 'jobId' | 'services'>, seconds: number): Promise<SeenJob>
  /**
   * Each state that differs from the one before; ends with the job. Fails as the watch does, and until there is a
   * first state also with what could be tried again.
   */
  states(job: Pick<JobAsk, 'jobId' | 'services'>): AsyncGenerator<SeenJob>
}

export interface Waiter {
  watch: JobWatch
  ask: Omit<JobAsk, 'jobId' | 'services'>
  /** Aborted when nobody is there any more to wait for: the caller has left, or the server ends. */
  over: AbortSignal
  outside: Outside
  /** Keeps the connection through a long silence, until the function it returns is called. */
  hold(): () => void
  /** Says that the request only waits, until the function it returns is called. */
  rests(): () => void
}

export function jobWaiting({ watch, ask, over, outside, hold, rests }: Waiter): JobWaiting {
  const ended = () =>
    new GatewayError(over.reason instanceof CallerLeft ? 'CLIENT_LEFT' : 'SHUTTING_DOWN', {
      headers: { 'retry-after': '1' },
    })
  return {
    async until(job, seconds) {
      if (seconds === 0) return watch.once({ ...ask, ...job })
      const letGo = hold()
      const wake = rests()
      const timeUp = new AbortController()
      const stop = new AbortController()
      outside.sleep(seconds * 1_000, stop.signal).then(
        () => timeUp.abort(),
        () => {},
      )
      try {
        return await watch.until({ ...ask, ...job }, AbortSignal.any([over, timeUp.signal]))
      } catch (error) {
        throw over.aborted ? ended() : error
      } finally {
        stop.abort()
        wake()
        letGo()
      }
    },
    async *states(job) {
      const news: (SeenJob | { error: unknown })[] = []
      let last: SeenJob | undefined
      let wake = Promise.withResolvers<void>()
      const tell = (one: SeenJob | { error: unknown }) => {
        news.push(one)
        wake.resolve()
      }
      const stop = () => wake.resolve()
      const rise = rests()
      setMaxListeners(0, over)
      over.addEventListener('abort', stop)
      const leave = watch.follow(
        { ...ask, ...job },
        {
          seen(seen) {
            if (last?.bytes.equals(seen.bytes)) return
            last = seen
            tell(seen)
          },
          failed: (error) => tell({ error }),
          troubled(error) {
            if (!last) tell({ error })
          },
        },
      )
      try {
        for (;;) {
          const one = news.shift()
          if (one === undefined) {
            if (over.aborted && !last) throw ended()
            if (over.aborted) return
            await wake.promise
            wake = Promise.withResolvers<void>()
          } else if ('error' in one) throw one.error
          else {
            yield one
            if (one.ended) return
          }
        }
      } finally {
        over.removeEventListener('abort', stop)
        leave()
        rise()
      }
    },
  }
}
