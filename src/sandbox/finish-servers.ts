import type { Holdings } from './holdings.ts'
import type { Job, JobPart } from './jobs.ts'
import { unplugAll } from './ports.ts'
import type { Server, ServerFlavor, Task } from './servers.ts'
import { disksOf } from './volumes.ts'

/** The server a part is about, if it is still busy with just this job. */
export function serverBusyWith(holdings: Holdings, job: Job, part: JobPart): Server | undefined {
  const server = part.serverId === undefined ? undefined : holdings.servers.get(part.serverId)
  return server?.task?.jobId === job.id ? server : undefined
}

/** Ends the task of a server; undefined when it was not this job's, or when the job broke the server. */
export function release(
  holdings: Holdings,
  job: Job,
  part: JobPart,
  at: number,
): { server: Server; task: Task } | undefined {
  const server = serverBusyWith(holdings, job, part)
  const task = server?.task
  if (!server || !task) return undefined
  delete server.task
  server.updated = at
  if (!part.failure) return { server, task }
  server.vmState = 'error'
  server.fault = { message: part.failure.reason, at, details: [{ code: part.failure.code }] }
  return undefined
}

export function finishCreate(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  const done = release(holdings, job, part, at)
  const server = part.serverId === undefined ? undefined : holdings.servers.get(part.serverId)
  if (server)
    for (const { volume } of disksOf(holdings, server)) {
      volume.status = 'in-use'
      volume.updated = at
    }
  if (!done) return
  done.server.vmState = 'active'
  done.server.launched = at
}

export function finishStart(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  const done = release(holdings, job, part, at)
  if (!done) return
  done.server.vmState = 'active'
  delete done.server.fault
}

export function finishStop(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  const done = release(holdings, job, part, at)
  if (done) done.server.vmState = 'stopped'
}

/** The system disk always goes with its server; data disks and a public address only if somebody said so. */
export function finishDelete(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  const done = release(holdings, job, part, at)
  if (!done) return
  const { server, task } = done
  for (const { volume, attachment } of disksOf(holdings, server)) {
    volume.attachments = volume.attachments.filter((each) => each !== attachment)
    if (volume.attachments.length > 0) continue
    if (attachment.bootIndex === 0 || task.deleteVolume || attachment.deleteWithServer)
      holdings.volumes.delete(volume.id)
    else {
      volume.status = 'available'
      volume.updated = at
    }
  }
  holdings.servers.delete(server.id)
  unplugAll(server, holdings, task.deletePublicIp)
  for (const group of holdings.serverGroups.values())
    group.members = group.members.filter((id) => id !== server.id)
}

/** Runs again if it ran before. */
export function finishResize(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  const done = release(holdings, job, part, at)
  if (!done) return
  const { flavor, wasActive } = part.plan as { flavor: ServerFlavor; wasActive: boolean }
  done.server.flavor = flavor
  if (wasActive) done.server.vmState = 'active'
}

export function finishMigrate(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  const done = release(holdings, job, part, at)
  if (done) done.server.moves = (done.server.moves ?? 0) + 1
}
