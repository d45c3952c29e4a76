import type { Job } from '../huaweicloud/jobs.ts'

/** What became of one instance that a call was for. */
export interface Result {
  id: string
  /** Null while it is not known. */
  ok: boolean | null
  /** Huawei's own, of the part of the job that failed. */
  code?: string
  message?: string
}

/**
 * Results for the ids a call was for, in their order; for those that the job names where the call named none. A batch
 * has a sub-job for each server; a job for one thing names it itself.
 */
export function resultsOf(job: Job, subjects: readonly string[]): Result[] {
  const parts = partsOf(job)
  const byId = new Map<string, Job>()
  for (const part of parts) for (const id of namedIn(part)) byId.set(id, part)
  // A server that was never made has no id in its sub-job: what is left over on both sides belongs together.
  const nameless = parts.filter((part) => namedIn(part).length === 0)
  const ids = subjects.length > 0 ? subjects : [...namedIn(job), ...byId.keys()]
  return ids.map((id) =>
    outcome(id, byId.get(id) ?? (parts.length > 0 ? nameless.shift() : undefined) ?? job),
  )
}

/** Whatever Huawei may write there, only objects are parts of a job. */
function partsOf({ entities }: Job): Job[] {
  const parts: unknown = entities?.sub_jobs
  return Array.isArray(parts) ? parts.filter((part) => typeof part === 'object' && part !== null) : []
}

const namedIn = ({ entities }: Job): string[] =>
  [entities?.server_id, entities?.image_id].filter((id) => typeof id === 'string' && id !== '') as string[]

function outcome(id: string, { status, error_code, fail_reason, entities }: Job): Result {
  if (status === 'SUCCESS') return { id, ok: true }
  if (status !== 'FAIL') return { id, ok: null }
  const message = fail_reason ?? entities?.errorcode_message
  return {
    id,
    ok: false,
    ...(error_code ? { code: error_code } : {}),
    ...(typeof message === 'string' && message ? { message } : {}),
  }
}
