import { NotAskable, UpstreamFailure } from '../huaweicloud/failure.ts'
import type { SeenJob } from '../huaweicloud/job-watch.ts'
import { GatewayError } from './errors.ts'
import type { Intake } from './intake.ts'
import { resultsOf } from './job-results.ts'
import { type Logger, shownError } from './log.ts'
import type { Call, Outcome, Route } from './route.ts'
import { withMember } from './with-member.ts'

/**
 * Waits for the job that a call began, if its caller prefers so. The call has been carried out by then, and its answer
 * must not be lost: whatever keeps us from looking at the job, Huawei's answer goes out as it came, without
 * `Preference-Applied`.
 */
export async function waitedFor(
  outcome: Outcome,
  { job }: Route,
  { wait, fields }: Intake,
  call: Pick<Call<never>, 'jobs'>,
  log: Logger,
): Promise<Outcome> {
  if (!job || wait === undefined || !('answer' in outcome)) return outcome
  const { body } = outcome.answer
  if (!Buffer.isBuffer(body)) return outcome
  try {
    const { jobId, serverIds } = ticketIn(body)
    if (jobId === undefined) return outcome
    const seen = await call.jobs.until({ jobId, services: [job.service] }, wait)
    const subjects = job.subjects?.(fields as never) ?? serverIds
    return {
      ...outcome,
      answer: { ...outcome.answer, body: withJob(body, seen, subjects) },
      headers: { ...outcome.headers, 'preference-applied': `wait=${wait}` },
    }
  } catch (error) {
    if (!isExpected(error))
      log.error({ error: shownError(error) }, 'unexpected error while waiting for a job')
    return outcome
  }
}

const isExpected = (error: unknown) =>
  error instanceof UpstreamFailure ||
  error instanceof NotAskable ||
  error instanceof GatewayError ||
  error instanceof SyntaxError

/** Huawei's answer, untouched, with the job and what became of each server behind its own fields. */
const withJob = (answer: Buffer, { bytes, job }: SeenJob, subjects: readonly string[]): Buffer =>
  Buffer.from(
    withMember(
      answer.toString(),
      `"job":${bytes.toString()},"results":${JSON.stringify(resultsOf(job, subjects))}`,
    ),
  )

/** What the answer to a call that begins a job says of it. */
function ticketIn(answer: Buffer): { jobId?: string; serverIds: string[] } {
  const { job_id: jobId, serverIds } = JSON.parse(answer.toString() || '{}') as Record<string, unknown>
  return {
    ...(typeof jobId === 'string' && jobId ? { jobId } : {}),
    serverIds: Array.isArray(serverIds) ? serverIds.filter((id) => typeof id === 'string') : [],
  }
}
