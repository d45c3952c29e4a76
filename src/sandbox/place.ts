import type { Scope } from './access.ts'
import type { Host } from './host.ts'
import { findProject } from './project-book.ts'
import { type Project, projectOfRegion } from './projects.ts'
import { staleToken } from './refusal.ts'
import { type Region, regionOf } from './regions.ts'
import type { Found } from './routes.ts'
import type { World } from './world.ts'

/** Where a request is meant to work. */
export interface Place {
  readonly region: Region
  readonly project: Project
}

/**
 * The project a signed request is for: the one in the path, else the one in the header, else the region's own.
 * A token brings its own, and what is stated must be the same. What names a project that is not the caller's,
 * or not in this region, is refused in the service's words.
 */
export function placeOf(
  world: World,
  host: Host,
  { service, params, row }: Found,
  inHeader: string | undefined,
  scope: Scope | undefined,
): Place {
  const hostRegion = host.kind === 'service' ? host.region : undefined
  const fallback = hostRegion ?? regionOf('cn-north-4')
  if (!fallback) throw new Error('no region to fall back on')
  if (service.name === 'iam' || row.open) return { region: fallback, project: projectOfRegion(fallback) }

  const inPath = params.project_id
  const stated = scope ? scope.projectId : (inPath ?? inHeader)
  if (stated === undefined && !scope) return { region: fallback, project: projectOfRegion(fallback) }
  const project = findProject(world, stated ?? '')
  const region = project?.region
  if (!project || !region) throw service.otherProject(inPath ?? stated ?? '')
  if (hostRegion && region !== hostRegion) throw scope ? staleToken() : service.otherProject(project.id)
  for (const id of [inPath, inHeader])
    if (id !== undefined && id !== project.id) throw service.otherProject(id)
  return { region, project }
}
