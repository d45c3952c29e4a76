import { deserialize, serialize } from 'node:v8'
import { setTime } from './clock.ts'
import type { Holdings } from './holdings.ts'
import { projectWithId } from './projects.ts'
import type { State } from './state.ts'
import type { KeptWorld } from './world.ts'

const MOST = 20

interface Picture {
  readonly takenAt: number
  readonly state: State
}

/** Pictures of the world under names, to which it can go back as often as wanted. */
export interface Snapshots {
  /** False when there are too many. */
  take(name: string): boolean
  /** Time goes on from when the picture was taken: the world does not know that it was elsewhere. */
  goBack(name: string): boolean
  drop(name: string): boolean
  names(): string[]
  all(): ReadonlyMap<string, Buffer>
}

export function buildSnapshots(world: KeptWorld, pictures = new Map<string, Buffer>()): Snapshots {
  return {
    take(name) {
      if (pictures.size >= MOST && !pictures.has(name)) return false
      const picture: Picture = { takenAt: world.outside.now(), state: world.state }
      pictures.set(name, serialize(picture))
      return true
    },
    goBack(name) {
      const bytes = pictures.get(name)
      if (!bytes) return false
      const { takenAt, state } = deserialize(bytes) as Picture
      world.replace(revived(state))
      setTime(world.state.clock, takenAt, world.callersNow())
      return true
    },
    drop: (name) => pictures.delete(name),
    names: () => [...pictures.keys()],
    all: () => pictures,
  }
}

/** What was copied along with the world but is the same for all worlds is itself again. */
export function revived(state: State): State {
  for (const [id, holdings] of state.holdings)
    state.holdings.set(id, { ...holdings, project: projectWithId(id) ?? holdings.project } satisfies Holdings)
  return state
}
