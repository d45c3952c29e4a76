import { type Job, type JobKind, type JobPart, type JobStatus, statusOf } from './jobs.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

const types: Record<JobKind, { whole: string; part: string }> = {
  create: { whole: 'createServer', part: 'createSingleServer' },
  delete: { whole: 'deleteServer', part: 'deleteSingleServer' },
  start: { whole: 'bulkStartServer', part: 'startServer' },
  stop: { whole: 'bulkStopServer', part: 'stopServer' },
  reboot: { whole: 'bulkRebootServer', part: 'rebootServer' },
}

/** Each host knows its own jobs only; where no host says which service is meant, every store is asked. */
export function showJob({ project, params, service, bareHost }: Ask, world: World): Answer {
  const id = params.job_id ?? ''
  const job = world.look(id)
  if (!job || job.projectId !== project.id || !(bareHost || job.service === service))
    throw new Refusal(400, 'Common.0011', `Failed to query system tasks: job ${id} does not exist.`)
  const status = statusOf(job, world.pace, world.outside.now())
  return ok({
    job_id: job.id,
    job_type: types[job.kind].whole,
    status,
    ...timesOf(job),
    ...failureOf(job, status),
    entities: status === 'INIT' || status === 'PENDING_PAYMENT' ? {} : entitiesOf(job, status),
  })
}

function entitiesOf(job: Job, status: JobStatus) {
  return { sub_jobs_total: job.parts.length, sub_jobs: job.parts.map((part) => partOf(job, part, status)) }
}

function partOf(job: Job, part: JobPart, whole: JobStatus) {
  const { failure } = part
  const ended = whole === 'SUCCESS' || whole === 'FAIL'
  return {
    job_id: part.id,
    job_type: types[job.kind].part,
    status: ended ? (failure ? 'FAIL' : 'SUCCESS') : whole,
    ...timesOf(job),
    error_code: ended && failure ? failure.code : null,
    fail_reason: ended && failure ? failure.reason : null,
    entities: {
      server_id: part.serverId,
      ...(ended && failure ? { errorcode_message: failure.reason } : {}),
    },
  }
}

/** The whole says that parts have failed, the parts say of what. */
function failureOf(job: Job, status: JobStatus) {
  if (status !== 'FAIL') return { error_code: null, fail_reason: null }
  const failed = job.parts.filter((part) => part.failure)
  const codes = [...new Set(failed.map((part) => part.failure?.code))].join(', ')
  return {
    error_code: 'Common.0021',
    fail_reason: `${failed.length} of ${job.parts.length} sub jobs failed: ${codes}`,
  }
}

function timesOf(job: Job) {
  return {
    begin_time: new Date(job.begunAt).toISOString(),
    end_time: job.endedAt === undefined ? '' : new Date(job.endedAt).toISOString(),
  }
}
