import type { Intake } from './intake.ts'
import { ticketIn, withJob } from './job-waiting.ts'
import type { Call, Outcome, Route } from './route.ts'

/**
 * Waits for the job that a call began, if its caller prefers so. The call has been carried out by then: when the
 * job cannot be looked at, Huawei's answer goes out as it came, without `Preference-Applied`.
 */
export async function waitedFor(
  outcome: Outcome,
  { job }: Route,
  { wait, fields }: Intake,
  call: Pick<Call<never>, 'jobs'>,
): Promise<Outcome> {
  if (!job || wait === undefined || !('answer' in outcome)) return outcome
  const { body } = outcome.answer
  if (!Buffer.isBuffer(body)) return outcome
  const { jobId, serverIds } = ticketIn(body)
  if (jobId === undefined) return outcome
  const seen = await call.jobs.until({ jobId, services: [job.service] }, wait).catch(() => undefined)
  if (!seen) return outcome
  const subjects = job.subjects?.(fields as never) ?? serverIds
  return {
    ...outcome,
    answer: { ...outcome.answer, body: withJob(body, seen, subjects) },
    headers: { ...outcome.headers, 'preference-applied': `wait=${wait}` },
  }
}
