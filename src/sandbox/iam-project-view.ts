import { descriptionOf, findProject } from './project-book.ts'
import { account, type Project } from './projects.ts'
import { Refusal } from './refusal.ts'
import type { World } from './world.ts'

export const base = 'https://iam.myhuaweicloud.com'

export function viewOf(project: Project, world: World) {
  return {
    domain_id: account.domainId,
    is_domain: false,
    parent_id: project.parentId,
    name: project.name,
    description: descriptionOf(world, project),
    links: { self: selfOf(project) },
    id: project.id,
    enabled: true,
  }
}

export const selfOf = (project: Project) => `${base}/v3/projects/${project.id}`

export function projectWithId(id = '', world: World): Project {
  const project = findProject(world, id)
  if (!project) throw notFoundProject(id)
  return project
}

export function notFoundProject(id: string): Refusal {
  return new Refusal(404, '404', `Could not find project: ${id}.`)
}
