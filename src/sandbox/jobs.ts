import type { Outside } from '../outside.ts'
import { newJobId } from './ids.ts'
import { type JobKindName, kindOf } from './job-kinds.ts'
import type { Project } from './projects.ts'

/**
 * How fast work gets done. At once suits unit tests; by poll, code that waits (`polls: 3`: the third look at
 * the job finds it done); by clock, people who want to see it happen. Without `ms` each kind takes its own time.
 */
export type Pace = { by: 'at-once' } | { by: 'poll'; polls: number } | { by: 'clock'; ms?: number }

export const byClock: Pace = { by: 'clock' }

/** What one of the targets of a job goes through. */
export interface JobPart {
  readonly id: string
  readonly serverId?: string
  readonly volumeId?: string
  readonly nicId?: string
  readonly imageId?: string
  /** Set from the beginning when the work cannot succeed; seen by others when the job has ended. */
  readonly failure?: { readonly code: string; readonly reason: string }
  /** What else the kind's `finish` needs: plain data that it alone understands. */
  readonly plan?: Readonly<Record<string, unknown>>
}

export interface Job {
  readonly id: string
  readonly projectId: string
  readonly kind: JobKindName
  readonly begunAt: number
  readonly parts: readonly JobPart[]
  /** A prepaid order that nobody has paid: it stays so, and nothing comes of it. */
  readonly awaitsPayment?: true
  polls: number
  endedAt?: number
}

export type JobStatus = 'INIT' | 'RUNNING' | 'SUCCESS' | 'FAIL' | 'PENDING_PAYMENT'

const INIT_UNTIL = 0.1

/** How far a job is, from 0 to 1; computed when asked, so that there are no timers to leak. */
export function progressOf(job: Job, pace: Pace, now: number): number {
  if (job.endedAt !== undefined) return 1
  if (job.awaitsPayment) return 0
  switch (pace.by) {
    case 'at-once':
      return 1
    case 'poll':
      return pace.polls <= 0 ? 1 : Math.min(1, job.polls / pace.polls)
    case 'clock': {
      const ms = pace.ms ?? kindOf(job.kind).ms
      return ms <= 0 ? 1 : Math.max(0, Math.min(1, (now - job.begunAt) / ms))
    }
  }
}

/** When a job that has just been found done was done: by the clock that may be a while ago. */
export function endOf(job: Job, pace: Pace, now: number): number {
  return pace.by === 'clock' ? Math.min(now, job.begunAt + (pace.ms ?? kindOf(job.kind).ms)) : now
}

export function statusOf(job: Job, pace: Pace, now: number): JobStatus {
  if (job.awaitsPayment) return 'PENDING_PAYMENT'
  if (job.endedAt !== undefined) return job.parts.some((part) => part.failure) ? 'FAIL' : 'SUCCESS'
  return progressOf(job, pace, now) < INIT_UNTIL ? 'INIT' : 'RUNNING'
}

export function newJob(
  outside: Outside,
  project: Project,
  kind: JobKindName,
  parts: readonly Omit<JobPart, 'id'>[],
): Job {
  return {
    id: newJobId(outside),
    projectId: project.id,
    kind,
    begunAt: outside.now(),
    parts: parts.map((part) => ({ id: newJobId(outside), ...part })),
    polls: 0,
  }
}
