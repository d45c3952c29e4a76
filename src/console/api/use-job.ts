import { useEffect, useState } from 'react'
import type { JobRef } from './events.ts'
import { type JobSeen, watchJob } from './job-watch.ts'

const NOTHING_YET: JobSeen = { job: undefined, by: 'events', error: undefined }

/** One job while it runs: over server-sent events, or by asking now and then where those do not get through. */
export function useJob(ref: JobRef | undefined): JobSeen {
  const jobs = useJobs(ref ? [ref] : [])
  return (ref && jobs.get(ref.jobId)) ?? NOTHING_YET
}

/** Several jobs at once, by their ids. */
export function useJobs(refs: readonly JobRef[]): ReadonlyMap<string, JobSeen> {
  const [seen, setSeen] = useState<ReadonlyMap<string, JobSeen>>(new Map())
  const key = JSON.stringify(refs.map(({ jobId, regionId, service }) => ({ jobId, regionId, service })))
  useEffect(() => {
    const over = new AbortController()
    setSeen(new Map())
    for (const ref of JSON.parse(key) as JobRef[]) {
      void watchJob(ref, over.signal, (told) => setSeen((before) => new Map(before).set(ref.jobId, told)))
    }
    return () => over.abort()
  }, [key])
  return seen
}
