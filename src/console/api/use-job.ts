import { useEffect, useState } from 'react'
import type { JobRef } from './events.ts'
import { type JobSeen, watchJob } from './job-watch.ts'

const NOTHING_YET: JobSeen = { job: undefined, by: 'events', error: undefined }

/** One job while it runs: over server-sent events, or by asking now and then where those do not get through. */
export function useJob(ref: JobRef | undefined): JobSeen {
  const [seen, setSeen] = useState(NOTHING_YET)
  const { jobId, regionId, service } = ref ?? {}
  useEffect(() => {
    setSeen(NOTHING_YET)
    if (jobId === undefined || regionId === undefined) return
    const over = new AbortController()
    void watchJob({ jobId, regionId, ...(service ? { service } : {}) }, over.signal, setSeen)
    return () => over.abort()
  }, [jobId, regionId, service])
  return seen
}
