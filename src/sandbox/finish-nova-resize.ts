import { release } from './finish-servers.ts'
import type { Holdings } from './holdings.ts'
import type { Job, JobPart } from './jobs.ts'
import type { ServerFlavor } from './servers.ts'

/** The server has its new size, and keeps the old in mind until somebody says that it is well. */
export function finishNovaResize(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  const done = release(holdings, job, part, at)
  if (!done) return
  const { flavor, wasActive } = part.plan as { flavor: ServerFlavor; wasActive: boolean }
  done.server.resizedFrom = { flavor: done.server.flavor, wasActive }
  done.server.flavor = flavor
  done.server.vmState = 'resized'
}

export function finishRevertResize(holdings: Holdings, job: Job, part: JobPart, at: number): void {
  const done = release(holdings, job, part, at)
  const before = done?.server.resizedFrom
  if (!done || !before) return
  done.server.flavor = before.flavor
  done.server.vmState = before.wasActive ? 'active' : 'stopped'
  delete done.server.resizedFrom
}
