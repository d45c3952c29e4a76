import { deserialize, serialize } from 'node:v8'
import type { Seed } from './seed-file.ts'
import { revived } from './snapshots.ts'
import type { State } from './state.ts'

/** What the world began with; a reset goes back to it. */
export interface Story {
  readonly seed?: Seed
}

/** Everything that is to be found again. */
export interface Packed {
  readonly story: Story
  readonly state: State
  readonly snapshots: ReadonlyMap<string, Buffer>
}

export const packed = (everything: Packed): Buffer => serialize(everything)

export function storyIn(bytes: Buffer): { story: Story; state: State; snapshots: Map<string, Buffer> } {
  const { story, state, snapshots } = deserialize(bytes) as Packed
  return { story, state: revived(state), snapshots: new Map(snapshots) }
}

/** Another version of the sandbox has packed this. */
export class OtherShape extends Error {}

/** Which things a world is made of; another version may know more or fewer. */
export function shapeOf(state: State): string {
  const [holdings] = state.holdings.values()
  return [...Object.keys(state), '', ...Object.keys(holdings ?? {})].join(' ')
}
