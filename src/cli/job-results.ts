import type { Job } from '../../packages/client/src/index.ts'

/** What became of one of those that a write was for. */
export interface Result {
  readonly id: string
  readonly ok: boolean
  readonly code?: string
  readonly message?: string
}

/** A batch has a sub-job for each; a job for one thing is its own. */
export function resultsOf(job: Job, ids: readonly string[]): Result[] {
  const { sub_jobs } = Object(job.entities)
  const parts: readonly Job[] = Array.isArray(sub_jobs) && sub_jobs.length > 0 ? sub_jobs : [job]
  return parts.map((part, at) => {
    const { server_id, image_id } = Object(part.entities)
    const { status, error_code, fail_reason } = part
    return {
      id: String(server_id ?? image_id ?? ids[at] ?? ''),
      ok: status === 'SUCCESS',
      ...(error_code ? { code: error_code } : {}),
      ...(fail_reason ? { message: fail_reason } : {}),
    }
  })
}
