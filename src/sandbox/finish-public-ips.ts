import type { Holdings } from './holdings.ts'
import type { JobPart } from './jobs.ts'

/** The work was done when the job began; the job only tells of it. */
export function finishPublicIp(): void {}

export function publicIpEntities(_holdings: Holdings, { plan }: JobPart): Record<string, unknown> {
  return { publicip_id: plan?.publicIpId }
}
