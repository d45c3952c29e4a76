import type { Job, Result } from './schema.ts'

interface Entities {
  sub_jobs?: unknown
  server_id?: unknown
  image_id?: unknown
  errorcode_message?: unknown
}

const entitiesOf = ({ entities }: Job): Entities =>
  typeof entities === 'object' && entities !== null ? entities : {}

/** The parts of a batch, one for each instance; none for a job about one thing. */
function partsOf(job: Job): readonly Job[] {
  const { sub_jobs: parts } = entitiesOf(job)
  return Array.isArray(parts) ? parts.filter((part) => typeof part === 'object' && part !== null) : []
}

/** What has become, so far, of each of the instances that a job is for; of those it names where none are given. */
export function resultsOf(job: Job, ids: readonly string[] = []): readonly Result[] {
  const parts = partsOf(job)
  const byId = new Map(parts.flatMap((part) => namedIn(part).map((id) => [id, part] as const)))
  const nameless = parts.filter((part) => namedIn(part).length === 0)
  const subjects = ids.length > 0 ? ids : [...namedIn(job), ...byId.keys()]
  return subjects.map((id) => {
    const part = byId.get(id) ?? (parts.length > 0 ? nameless.shift() : undefined) ?? job
    return outcome(id, part)
  })
}

const namedIn = (job: Job): string[] => {
  const { server_id, image_id } = entitiesOf(job)
  return [server_id, image_id].filter((id): id is string => typeof id === 'string' && id !== '')
}

function outcome(id: string, job: Job): Result {
  if (job.status === 'SUCCESS') return { id, ok: true }
  if (job.status !== 'FAIL') return { id, ok: null }
  const message = job.fail_reason ?? entitiesOf(job).errorcode_message
  return {
    id,
    ok: false,
    ...(job.error_code ? { code: job.error_code } : {}),
    ...(typeof message === 'string' && message ? { message } : {}),
  }
}
