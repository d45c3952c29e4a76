import { release } from './finish-servers.ts'
import { settle } from './finish-volumes.ts'
import type { Holdings } from './holdings.ts'
import { inOrder } from './images.ts'
import type { Job, JobPart } from './jobs.ts'

export interface ImagePlan {
  readonly name: string
  readonly size: string
  readonly task: string
  /** The images that the whole job makes. */
  readonly all: readonly string[]
}

const planOf = (part: JobPart): ImagePlan => part.plan as unknown as ImagePlan

export function finishImage(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  release(holdings, job, part, at)
  const volume = holdings.volumes.get(part.volumeId ?? '')
  if (volume?.status === 'uploading') settle(volume, at)
  const own = holdings.images.get(part.imageId ?? '')
  if (!own) return
  const time = `${new Date(at).toISOString().slice(0, 19)}Z`
  own.view = inOrder({
    ...own.view,
    status: 'active',
    active_at: time,
    updated_at: time,
    __image_size: planOf(part).size,
    checksum: 'd41d8cd98f00b204e9800998ecf8427e',
  })
}

/** Percents are fractions here. */
export function imageEntities(holdings: Holdings, part: JobPart, progress: number): Record<string, unknown> {
  const { name, task, all } = planOf(part)
  return {
    image_id: part.imageId,
    image_name: name,
    process_percent: Math.round(progress * 100) / 100,
    current_task: task,
    results:
      progress >= 1
        ? all.map((image_id) => ({ image_id, project_id: holdings.project.id, status: 'success' }))
        : [],
  }
}
