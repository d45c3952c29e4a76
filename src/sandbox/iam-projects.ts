import { createProject, updateProject } from './iam-project-changes.ts'
import { base, projectWithId, selfOf, viewOf } from './iam-project-view.ts'
import { projectsIn } from './project-book.ts'
import { account, type Project } from './projects.ts'
import type { Query } from './query.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-iam/iam_06_0001.html and its neighbours. */
export const projectRows: readonly Row[] = [
  { name: 'KeystoneListProjects', method: 'GET', path: '/v3/projects', handle: listProjects },
  { name: 'KeystoneShowProject', method: 'GET', path: '/v3/projects/{project_id}', handle: showProject },
  { name: 'KeystoneCreateProject', method: 'POST', path: '/v3/projects', handle: createProject },
  {
    name: 'KeystoneUpdateProject',
    method: 'PATCH',
    path: '/v3/projects/{project_id}',
    handle: updateProject,
  },
  { name: 'KeystoneListAuthProjects', method: 'GET', path: '/v3/auth/projects', handle: listAuthProjects },
  {
    name: 'KeystoneListProjectsForUser',
    method: 'GET',
    path: '/v3/users/{user_id}/projects',
    handle: listProjectsForUser,
  },
]

function listProjects({ query }: Ask, world: World): Answer {
  const wanted = {
    name: query.get('name'),
    domain: query.get('domain_id'),
    parent: query.get('parent_id'),
    enabled: query.get('enabled'),
  }
  const found = projectsIn(world).filter(
    (project) =>
      (wanted.name === undefined || project.name === wanted.name) &&
      (wanted.domain === undefined || wanted.domain === account.domainId) &&
      (wanted.parent === undefined || project.parentId === wanted.parent) &&
      (wanted.enabled === undefined || wanted.enabled.toLowerCase() === 'true'),
  )
  const { rows, previous, next } = pageOf(found, query)
  const self = linkTo('/v3/projects', query.pairs)
  const projects = rows.map((project) => ({
    ...viewOf(project, world),
    links: { next: null, previous: null, self: selfOf(project) },
  }))
  return ok({ projects, links: { next, previous, self } })
}

/** `page` and `per_page` count only together. */
function pageOf(found: readonly Project[], query: Query) {
  if (query.get('page') === undefined || query.get('per_page') === undefined)
    return { rows: found, previous: null, next: null }
  const page = query.whole('page', 1, 1)
  const size = query.whole('per_page', 1, 1)
  if (page === undefined || size === undefined || size > 5_000)
    throw new Refusal(400, '400', 'Invalid input for field page or per_page.')
  const linkToPage = (number: number) =>
    linkTo(
      '/v3/projects',
      query.pairs.map(([name, value]) => [name, name === 'page' ? String(number) : value] as const),
    )
  return {
    rows: found.slice((page - 1) * size, page * size),
    previous: page > 1 ? linkToPage(page - 1) : null,
    next: page * size < found.length ? linkToPage(page + 1) : null,
  }
}

function showProject({ params }: Ask, world: World): Answer {
  return ok({ project: viewOf(projectWithId(params.project_id, world), world) })
}

function listAuthProjects(_: Ask, world: World): Answer {
  return listOf(world, '/v3/auth/projects')
}

function listProjectsForUser({ params }: Ask, world: World): Answer {
  const id = params.user_id ?? ''
  if (id !== account.userId) throw new Refusal(404, '404', `Could not find user: ${id}.`)
  return listOf(world, `/v3/users/${id}/projects`)
}

function listOf(world: World, path: string): Answer {
  const projects = projectsIn(world).map((project) => viewOf(project, world))
  return ok({ projects, links: { self: base + path, previous: null, next: null } })
}

function linkTo(path: string, pairs: readonly (readonly [string, string])[]): string {
  const query = pairs
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  return `${base}${path}${query && `?${query}`}`
}
