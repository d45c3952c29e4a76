import type { Caller } from './caller.ts'
import type { Service } from './endpoints.ts'
import { UpstreamFailure } from './failure.ts'
import { hasEnded, type Job, jobOperation, UNKNOWN_JOB } from './jobs.ts'
import { mayPass } from './may-pass.ts'
import type { Operation } from './operation.ts'
import type { Language } from './signed-message.ts'
import type { Answer } from './transport.ts'
import { readAnswer } from './whole-body.ts'

export interface JobAsk {
  caller: Caller
  region: string
  projectId?: string
  language?: Language
  jobId: string
  /** Asked in turn until one knows the job. */
  services: readonly Service[]
}

/** A job as one look found it. */
export interface SeenJob {
  /** Huawei's own text. */
  readonly bytes: Buffer
  readonly job: Job
  readonly ended: boolean
  readonly service: Service
  readonly requestId?: string
}

/** How long one look may take; `until` as `Outside.elapsed` counts. */
export interface Look {
  signal: AbortSignal
  until: number
}

type Call = (
  operation: Operation,
  ask: Omit<JobAsk, 'jobId' | 'services'> & { params: Record<string, string> } & Look,
) => Promise<Answer>

/** Looks at a job once. Fails with {@link UpstreamFailure} or {@link NotAskable}. */
export async function lookAtJob(
  call: Call,
  { jobId, services, ...ask }: JobAsk,
  look: Look,
): Promise<SeenJob> {
  const { answer, service } = await firstThatKnows(services, (service) =>
    call(jobOperation(service), { ...ask, params: { job_id: jobId }, ...look }),
  )
  const reading = { operation: jobOperation(service), region: ask.region, signal: look.signal }
  const { requestId } = answer
  return readAnswer(answer, reading, (bytes) => {
    const job = jobIn(bytes)
    return { bytes, job, ended: hasEnded(job), service, ...(requestId ? { requestId } : {}) }
  })
}

/** Asks the services in turn; the first one's word counts when none knows the job. */
export async function firstThatKnows(
  services: readonly Service[],
  ask: (service: Service) => Promise<Answer>,
): Promise<{ answer: Answer; service: Service }> {
  let first: unknown
  for (const service of services) {
    try {
      return { answer: await ask(service), service }
    } catch (error) {
      if (!isUnknownJob(error)) throw error
      first ??= error
    }
  }
  throw first
}

const isUnknownJob = (error: unknown) =>
  error instanceof UpstreamFailure &&
  error.failure.kind === 'refused' &&
  error.failure.refusal.code === UNKNOWN_JOB

/** Whether the next look may do better: what made no sense once may do so in a second, and a look does no harm. */
export const mayPassLater = (error: unknown): boolean =>
  error instanceof UpstreamFailure && (error.failure.kind === 'nonsense' || mayPass(error.failure))

function jobIn(bytes: Buffer): Job {
  const job: unknown = JSON.parse(bytes.toString())
  if (typeof job !== 'object' || job === null || typeof Reflect.get(job, 'status') !== 'string')
    throw new SyntaxError('a job has a status')
  return job as Job
}
