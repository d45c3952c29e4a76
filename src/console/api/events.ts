import { EventSourceParserStream } from 'eventsource-parser/stream'
import { chunksOf } from './chunks-of.ts'
import { send } from './client.ts'
import { ApiError, isProblem, networkLost, problemError } from './error.ts'
import { calls, type Job } from './schema.ts'

export interface JobRef {
  jobId: string
  regionId: string
  service?: 'ecs' | 'ims' | 'evs'
}

const COME_BACK_MS = 2_000
const MOST_LOST_LINES = 5

/** Each state of a job, until it has ended. A line that is lost is taken up again where it broke. */
export async function* jobEvents(
  { jobId, regionId, service }: JobRef,
  signal: AbortSignal,
): AsyncGenerator<Job> {
  const path = calls.followJob.path.replace('{jobId}', encodeURIComponent(jobId))
  let lastId: string | undefined
  let comeBackMs = COME_BACK_MS
  for (let lost = 0; ; lost += 1) {
    try {
      const answer = await send('GET', path, {
        query: { regionId, service },
        headers: { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}) },
        signal,
      })
      if (answer.status === 204 || !answer.body) return
      const onRetry = (ms: number) => {
        comeBackMs = ms
      }
      const parser = new EventSourceParserStream({ onRetry })
      const events = answer.body.pipeThrough(
        new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>,
      )
      for await (const { event, id, data } of chunksOf(events.pipeThrough(parser))) {
        lastId = id ?? lastId
        const told: unknown = JSON.parse(data)
        if (event === 'error') throw isProblem(told) ? problemError(told) : networkLost(told)
        lost = 0
        yield told as Job
        if (hasEnded(told as Job)) return
      }
    } catch (thrown) {
      signal.throwIfAborted()
      const error = thrown instanceof ApiError ? thrown : networkLost(thrown)
      if (!error.isNetworkLost || lost >= MOST_LOST_LINES) throw error
    }
    await pause(comeBackMs, signal)
  }
}

export const hasEnded = ({ status }: Job): boolean => status === 'SUCCESS' || status === 'FAIL'

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
