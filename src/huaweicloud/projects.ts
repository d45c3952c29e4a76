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

/**
 * Asks IAM for the projects called like a region, or for all of them; `listed` needs a permission, `own` does
 * not.
 */
export interface AskIam {
  listed(caller: Caller, region?: string): Promise<Project[]>
  own(caller: Caller, region?: string): Promise<Project[]>
}

export interface AskedRegions {
  readonly ids: readonly string[]
  /** Every one there is. Otherwise each was named, and one that is not opened is not taken from memory. */
  readonly every: boolean
}

export interface Projects {
  /** The id of the project that stands for a region. Fails with {@link NotAskable} where there is none. */
  find(caller: Caller, region: string): Promise<string>
  /** What {@link find} would remember. */
  known(caller: Caller, region: string): string | undefined
  /** The same for one who asks often. */
  remembered(caller: Caller, region: string): () => string | undefined
  /** Forgets what was found with keys that are no longer accepted. */
  forget(caller: Caller, region: string): void
  /** Those of the regions that the account has opened, with their projects' ids: one question for all. */
  opened(caller: Caller, regions: AskedRegions): Promise<Map<string, string>>
}

/** A project never changes its id, yet an account may close a region: ask again now and then. */
const REMEMBERED_MS = 60 * 60_000

/**
 * The whole list for a moment only: asking for it proves the keys before they go to eight regions at once, and it also
 * tells which regions are not opened, which must not be remembered for long.
 */
const ALL_REMEMBERED_MS = 60_000

/**
 * Finds the projects that stand for regions, asking IAM once per key pair, token and region, or once for
 * all regions.
 *
 * Parallel callers share the question. A failed answer is not remembered, and nothing is ever created
 * (the official SDK creates a project when it finds none).
 */
export function buildProjects(iam: AskIam, identify: Identify, outside: Outside, most = 10_000): Projects {
  const one = remembered<string>(outside, REMEMBERED_MS, most)
  const all = remembered<Project[]>(outside, ALL_REMEMBERED_MS, most)
  return {
    find: (caller, region) =>
      one.get(identify(caller, region), async () => {
        const id = regionalProject(await projectsOf(iam, caller, region), region)
        if (id === undefined) throw new NotAskable('region-not-opened', region)
        return id
      }),
    known: (caller, region) => one.known(identify(caller, region)),
    remembered(caller, region) {
      const key = identify(caller, region)
      return () => one.known(key)
    },
    forget(caller, region) {
      one.forget(identify(caller, region))
      all.forget(identify(caller))
    },
    async opened(caller, { ids, every }) {
      const key = identify(caller)
      const ask = async () => among(await all.get(key, () => projectsOf(iam, caller)), ids)
      const isRemembered = all.known(key) !== undefined
      let opened = await ask()
      if (isRemembered && !every && opened.size < ids.length) {
        all.forget(key)
        opened = await ask()
      }
      for (const [region, id] of opened) one.set(identify(caller, region), id)
      return opened
    },
  }
}

function among(projects: readonly Project[], regions: readonly string[]): Map<string, string> {
  const opened = new Map<string, string>()
  for (const region of regions) {
    const id = regionalProject(projects, region)
    if (id !== undefined) opened.set(region, id)
  }
  return opened
}

/** What was answered once, for a while; questions under way are shared. */
function remembered<Value>(outside: Outside, ms: number, most: number) {
  const known = new BoundedMap<{ value: Value; until: number }>(most)
  const asking = new Map<string, Promise<Value>>()
  const set = (key: string, value: Value) => known.set(key, { value, until: outside.elapsed() + ms })
  const fresh = (key: string) => {
    const found = known.get(key)
    return found && found.until > outside.elapsed() ? found : undefined
  }
  return {
    set,
    known: (key: string) => fresh(key)?.value,
    forget: (key: string) => known.delete(key),
    async get(key: string, ask: () => Promise<Value>): Promise<Value> {
      const found = fresh(key)
      if (found) return found.value
      const underWay = asking.get(key)
      if (underWay) return underWay
      const question = ask().then((value) => {
        set(key, value)
        return value
      })
      asking.set(key, question)
      return question.finally(() => asking.delete(key))
    },
  }
}

const projectsOf = (ask: AskIam, caller: Caller, region?: string): Promise<Project[]> =>
  ask.listed(caller, region).catch((error: unknown) => {
    if (isForbidden(error)) return ask.own(caller, region)
    throw error
  })

/** Sub-projects may bear the region's name too; the region's own project hangs directly below the account. */
function regionalProject(projects: readonly Project[], region: string): string | undefined {
  const named = projects.filter(({ name }) => name === region)
  return (named.length > 1 ? named.find((p) => p.parent_id === p.domain_id) : named[0])?.id
}

const isForbidden = (error: unknown) =>
  error instanceof UpstreamFailure && error.failure.kind === 'refused' && error.failure.status === 403
