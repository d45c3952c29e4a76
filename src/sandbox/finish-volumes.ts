import type { Holdings } from './holdings.ts'
import type { Job, JobPart } from './jobs.ts'
import type { Volume } from './volumes.ts'

const volumeOf = (holdings: Holdings, part: JobPart): Volume | undefined =>
  holdings.volumes.get(part.volumeId ?? '')

/** What it is while nothing happens to it. */
export function settle(volume: Volume, at: number): void {
  volume.status = volume.attachments.length > 0 ? 'in-use' : 'available'
  volume.updated = at
}

export function finishAttach(holdings: Holdings, _job: Job, part: JobPart, at: number): void {
  const volume = volumeOf(holdings, part)
  if (volume?.status === 'attaching') settle(volume, at)
}

export function finishDetach(holdings: Holdings, _job: Job, part: JobPart, at: number): void {
  const volume = volumeOf(holdings, part)
  if (!volume) return
  volume.attachments = volume.attachments.filter(({ serverId }) => serverId !== part.serverId)
  const server = holdings.servers.get(part.serverId ?? '')
  if (server) server.volumeIds = server.volumeIds.filter((id) => id !== volume.id)
  settle(volume, at)
}

export function finishCreateVolume(holdings: Holdings, _job: Job, part: JobPart, at: number): void {
  const volume = volumeOf(holdings, part)
  if (volume?.status === 'creating') settle(volume, at)
}

export function finishExtendVolume(holdings: Holdings, _job: Job, part: JobPart, at: number): void {
  const volume = volumeOf(holdings, part)
  if (!volume) return
  volume.size = Number(part.plan?.size)
  settle(volume, at)
}

export function finishDeleteVolume(holdings: Holdings, _job: Job, part: JobPart): void {
  holdings.volumes.delete(part.volumeId ?? '')
}

export function volumeEntities(holdings: Holdings, part: JobPart): Record<string, unknown> {
  const volume = volumeOf(holdings, part)
  return {
    volume_id: part.volumeId,
    ...(volume ? { name: volume.name, size: volume.size, volume_type: volume.type } : {}),
  }
}
