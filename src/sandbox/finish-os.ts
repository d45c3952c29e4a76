import type { RebuildPlan } from './ecs-os.ts'
import { release } from './finish-servers.ts'
import type { Holdings } from './holdings.ts'
import type { Job, JobPart } from './jobs.ts'
import { disksOf } from './volumes.ts'

/** The server stays what it is, on a new system disk as large as the old one; it is started then. */
export function finishRebuild(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  const done = release(holdings, job, part, at)
  if (!done) return
  const { server } = done
  const plan = part.plan as unknown as RebuildPlan
  const old = disksOf(holdings, server).find(({ attachment }) => attachment.bootIndex === 0)
  if (old) {
    const { volume, attachment } = old
    holdings.volumes.delete(volume.id)
    holdings.volumes.set(plan.volumeId, {
      ...volume,
      id: plan.volumeId,
      created: at,
      updated: at,
      imageId: plan.imageId,
      attachments: [{ ...attachment, id: plan.volumeId, attachedAt: at }],
    })
    server.volumeIds = server.volumeIds.map((id) => (id === volume.id ? plan.volumeId : id))
  }
  server.imageId = plan.imageId
  server.system = plan.system
  server.keyName = plan.keyName
  server.userData = plan.userData
  server.vmState = 'active'
  delete server.fault
}
