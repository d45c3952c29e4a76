import type { Static, TSchema } from 'typebox'
import { Compile } from './check.ts'
import { invalid, noSuchServer, wrongState } from './ecs-refusals.ts'
import type { Holdings } from './holdings.ts'
import { isFrozen } from './lifetimes.ts'
import { Refusal } from './refusal.ts'
import type { Server } from './servers.ts'
import type { Ask } from './service.ts'
import type { World } from './world.ts'

export interface Target {
  readonly holdings: Holdings
  readonly server: Server
}

/** The server the path names. */
export function targetOf({ project, params }: Ask, world: World): Target {
  const holdings = world.holdings(project)
  return { holdings, server: serverWithId(holdings, params.server_id ?? '') }
}

export function serverWithId(holdings: Holdings, id: string): Server {
  const server = holdings.servers.get(id)
  if (!server) throw noSuchServer(id)
  return server
}

/** The same, for somebody who wants to change it. */
export function managedTargetOf(ask: Ask, world: World): Target {
  const target = targetOf(ask, world)
  refuseUnmanageable(target)
  return target
}

/** What stands in the way of every change: a lock, or a prepaid time that is over. */
export function refuseUnmanageable(target: Target): void {
  const failure = unmanageable(target)
  if (failure) throw new Refusal(400, failure.code, failure.reason)
}

export function unmanageable({
  holdings,
  server,
}: Target): { readonly code: string; readonly reason: string } | undefined {
  if (server.locked) return { code: 'Ecs.0605', reason: 'ECS locked.' }
  if (isFrozen(holdings, server))
    return { code: 'Ecs.0030', reason: `The ECS ${server.id} has expired and is frozen.` }
  return undefined
}

export const refuseState = () => new Refusal(400, wrongState.code, wrongState.reason)

/** Reads a body of one form; says which parameter is wrong, and how. */
export function bodyReader<S extends TSchema>(
  schema: S,
  refusal: (text: string) => Refusal = invalid,
): (ask: Ask) => Static<S> {
  const check = Compile(schema)
  return (ask) => {
    const body = ask.object()
    if (check.Check(body)) return body as Static<S>
    const [error] = check.Errors(body)
    const place = (error?.instancePath ?? '').split('/').filter(Boolean).join('.')
    throw refusal(`The request parameter ${place || 'body'} is invalid: ${error?.message ?? 'unknown'}.`)
  }
}
