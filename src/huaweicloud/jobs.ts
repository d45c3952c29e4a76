import type { Service } from './endpoints.ts'
import { type Operation, operation } from './operation.ts'

const showJob = (service: Service, manual: string): Operation =>
  operation({ name: 'ShowJob', service, method: 'GET', path: '/v1/{project_id}/jobs/{job_id}', manual })

/** The same call on three hosts. Each knows its own jobs only, and answers `Common.0011` for the others'. */
const jobOperations: Readonly<Record<Service, Operation>> = {
  ecs: showJob('ecs', 'https://support.huaweicloud.com/api-ecs/ecs_02_0901.html'),
  ims: showJob('ims', 'https://support.huaweicloud.com/api-ims/ims_03_0905_1.html'),
  evs: showJob('evs', 'https://support.huaweicloud.com/api-evs/'),
}

export function jobOperation(service: Service): Operation {
  const operation = jobOperations[service]
  if (!operation) throw new TypeError(`${service} has no jobs`)
  return operation
}

export const jobServices: readonly Service[] = Object.keys(jobOperations)

export const UNKNOWN_JOB = 'Common.0011'

/** A job as far as we act on it. */
export interface Job {
  status: string
  error_code?: string | null
  fail_reason?: string | null
  entities?: { sub_jobs?: Job[]; server_id?: string; image_id?: string } & Record<string, unknown>
}

/** What no time changes any more; an unpaid order waits for a person, not for us. */
const ENDED = new Set(['SUCCESS', 'FAIL', 'PENDING_PAYMENT'])

export const hasEnded = ({ status }: Job): boolean => ENDED.has(status)
