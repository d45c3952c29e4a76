import { type Project, projects, projectWithId } from './projects.ts'
import { regionOf } from './regions.ts'
import type { World } from './world.ts'

/** A project that somebody made or changed, in place of the one the account was born with if there is one. */
export interface ProjectEntry {
  readonly id: string
  readonly name: string
  readonly regionId: string | undefined
  readonly parentId: string
  readonly description: string
}

/** In the order in which they came to be. */
export function projectsIn(world: World): Project[] {
  const entries = world.projectBook
  const born = projects.map((project) => entries.get(project.id) ?? project)
  const made = [...entries.values()].filter(({ id }) => !projectWithId(id))
  return [...born, ...made].map((each) => ('regionId' in each ? projectOf(each) : each))
}

export function findProject(world: World, id: string): Project | undefined {
  const entry = world.projectBook.get(id)
  return entry ? projectOf(entry) : projectWithId(id)
}

export const descriptionOf = (world: World, { id }: Project): string =>
  world.projectBook.get(id)?.description ?? ''

function projectOf({ id, name, regionId, parentId }: ProjectEntry): Project {
  const region = regionId === undefined ? undefined : regionOf(regionId)
  return { id, name, parentId, ...(region ? { region } : {}) }
}
