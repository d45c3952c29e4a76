import { type Target, unmanageable } from './ecs-target.ts'
import type { Holdings } from './holdings.ts'
import { conflict, forbidden } from './nova-manner.ts'
import { readingOf, type Server } from './servers.ts'
import type { Ask } from './service.ts'
import type { World } from './world.ts'

/** An action and what it is asked for. */
export interface Deed {
  readonly ask: Ask
  readonly world: World
  readonly holdings: Holdings
  readonly server: Server
  /** What stands under the name of the action. */
  readonly wanted: unknown
}

/** A lock, or a prepaid time that is over. */
export function refuseUnmanageable(target: Target): void {
  const { id, locked } = target.server
  if (locked) throw conflict(`Instance ${id} is locked`)
  const failure = unmanageable(target)
  if (failure) throw forbidden(failure.reason)
}

export function wrongState(name: string, server: Server): Error {
  const what = server.task ? `task_state ${readingOf(server, 0).taskState}` : `vm_state ${server.vmState}`
  return conflict(`Cannot '${name}' instance ${server.id} while it is in ${what}`)
}
