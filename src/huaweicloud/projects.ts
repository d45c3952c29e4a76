import type { Outside } from '../outside.ts'
import { BoundedMap } from './bounded-map.ts'
import type { Caller, Identify } from './caller.ts'
import { NotAskable, UpstreamFailure } from './failure.ts'

export interface Project {
  id: string
  name: string
  domain_id: string
  parent_id: string
}

/** Asks IAM for the projects called like a region; `listed` needs a permission, `own` does not. */
export interface AskIam {
  listed(caller: Caller, region: string): Promise<Project[]>
  own(caller: Caller, region: string): Promise<Project[]>
}

export type FindProject = (caller: Caller, region: string) => Promise<string>

/** A project never changes its id, yet an account may close a region: ask again now and then. */
const REMEMBERED_MS = 60 * 60_000

/**
 * Finds the id of the project that stands for a region, asking IAM once per key pair, token and region.
 *
 * Parallel callers share the question. A failed answer is not remembered, and nothing is ever created
 * (the official SDK creates a project when it finds none).
 */
export function projectFinder(ask: AskIam, identify: Identify, outside: Outside, most = 10_000): FindProject {
  const known = new BoundedMap<{ id: string; until: number }>(most)
  const asking = new Map<string, Promise<string>>()
  return async (caller, region) => {
    const key = identify(caller, region)
    const remembered = known.get(key)
    if (remembered && remembered.until > outside.elapsed()) return remembered.id
    const underWay = asking.get(key)
    if (underWay) return underWay
    const question = projectOf(ask, caller, region).then((id) => {
      known.set(key, { id, until: outside.elapsed() + REMEMBERED_MS })
      return id
    })
    asking.set(key, question)
    return question.finally(() => asking.delete(key))
  }
}

async function projectOf(ask: AskIam, caller: Caller, region: string): Promise<string> {
  const found = await ask.listed(caller, region).catch((error: unknown) => {
    if (isForbidden(error)) return ask.own(caller, region)
    throw error
  })
  // Sub-projects may bear the region's name too; the region's own project hangs directly below the account.
  const named = found.filter(({ name }) => name === region)
  const project = named.length > 1 ? named.find((p) => p.parent_id === p.domain_id) : named[0]
  if (!project) throw new NotAskable('region-not-opened', region)
  return project.id
}

const isForbidden = (error: unknown) =>
  error instanceof UpstreamFailure && error.failure.kind === 'refused' && error.failure.status === 403
