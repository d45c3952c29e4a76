import type { Holdings } from './holdings.ts'
import { kindOf } from './job-kinds.ts'
import { type Job, type JobPart, type JobStatus, progressOf, statusOf } from './jobs.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

/** Each host knows its own jobs only; where no host says which service is meant, every store is asked. */
export function showJob({ project, params, service, bareHost }: Ask, world: World): Answer {
  const id = params.job_id ?? ''
  const job = world.look(id)
  if (!job || job.projectId !== project.id || !(bareHost || kindOf(job.kind).service === service))
    throw new Refusal(400, 'Common.0011', `Failed to query system tasks: job ${id} does not exist.`)
  return ok(jobView(job, world.holdings(project), world))
}

export function jobView(job: Job, holdings: Holdings, world: World) {
  const now = world.outside.now()
  const status = statusOf(job, world.pace, now)
  return {
    job_id: job.id,
    job_type: kindOf(job.kind).type,
    status,
    ...timesOf(job),
    ...failureOf(job, status),
    entities: entitiesOf(job, status, holdings, progressOf(job, world.pace, now)),
  }
}

function entitiesOf(job: Job, status: JobStatus, holdings: Holdings, progress: number) {
  if (status === 'PENDING_PAYMENT') return {}
  const [only] = job.parts
  if (kindOf(job.kind).partType === undefined)
    return only ? targetOf(job, only, hasEnded(status), holdings, progress) : {}
  if (status === 'INIT') return {}
  return {
    sub_jobs_total: job.parts.length,
    sub_jobs: job.parts.map((part) => partOf(job, part, status, holdings, progress)),
  }
}

function partOf(job: Job, part: JobPart, whole: JobStatus, holdings: Holdings, progress: number) {
  const ended = hasEnded(whole)
  const failure = ended ? part.failure : undefined
  return {
    job_id: part.id,
    job_type: kindOf(job.kind).partType,
    status: ended ? (failure ? 'FAIL' : 'SUCCESS') : whole,
    ...timesOf(job),
    error_code: failure?.code ?? null,
    fail_reason: failure?.reason ?? null,
    entities: targetOf(job, part, ended, holdings, progress),
  }
}

function targetOf(job: Job, part: JobPart, ended: boolean, holdings: Holdings, progress: number) {
  const { serverId, volumeId, nicId, imageId, failure } = part
  const shown = kindOf(job.kind).entities?.(holdings, part, progress) ?? {
    ...(serverId === undefined ? {} : { server_id: serverId }),
    ...(volumeId === undefined ? {} : { volume_id: volumeId }),
    ...(nicId === undefined ? {} : { nic_id: nicId }),
    ...(imageId === undefined ? {} : { image_id: imageId }),
  }
  return { ...shown, ...(ended && failure ? { errorcode_message: failure.reason } : {}) }
}

/** The whole says that parts have failed, the parts say of what; without parts the whole says it itself. */
function failureOf(job: Job, status: JobStatus) {
  if (status !== 'FAIL') return { error_code: null, fail_reason: null }
  const failures = job.parts.flatMap(({ failure }) => failure ?? [])
  if (kindOf(job.kind).partType === undefined)
    return { error_code: failures[0]?.code ?? null, fail_reason: failures[0]?.reason ?? null }
  const codes = [...new Set(failures.map(({ code }) => code))].join(', ')
  return {
    error_code: 'Common.0021',
    fail_reason: `${failures.length} of ${job.parts.length} sub jobs failed: ${codes}`,
  }
}

const hasEnded = (status: JobStatus) => status === 'SUCCESS' || status === 'FAIL'

function timesOf(job: Job) {
  return {
    begin_time: new Date(job.begunAt).toISOString(),
    end_time: job.endedAt === undefined ? '' : new Date(job.endedAt).toISOString(),
  }
}
