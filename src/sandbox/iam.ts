import { account, type Project, projects } from './projects.ts'
import { Refusal } from './refusal.ts'
import { type Region, regionOf, regions } from './regions.ts'
import { type Answer, type Ask, ok, type Service } from './service.ts'

/** https://support.huaweicloud.com/api-iam/iam_06_0001.html and its neighbours. */
export const iam: Service = {
  name: 'iam',
  rows: [
    { name: 'KeystoneListProjects', method: 'GET', path: '/v3/projects', handle: listProjects },
    { name: 'KeystoneShowProject', method: 'GET', path: '/v3/projects/{project_id}', handle: showProject },
    { name: 'KeystoneListAuthProjects', method: 'GET', path: '/v3/auth/projects', handle: listAuthProjects },
    { name: 'KeystoneListAuthDomains', method: 'GET', path: '/v3/auth/domains', handle: listAuthDomains },
    { name: 'KeystoneListRegions', method: 'GET', path: '/v3/regions', handle: listRegions },
    { name: 'KeystoneShowRegion', method: 'GET', path: '/v3/regions/{region_id}', handle: showRegion },
  ],
  contentType: 'application/json;charset=UTF-8',
  shape: ({ status, message }) => ({ error: { code: status, message, title: titles[status] ?? 'Error' } }),
  otherProject: notFoundProject,
  unreadable: () => new Refusal(400, '400', 'The request body is invalid'),
}

const titles: Record<number, string> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
}
const base = 'https://iam.myhuaweicloud.com'

function listProjects({ query }: Ask): Answer {
  const wanted = {
    name: query.get('name'),
    domain: query.get('domain_id'),
    parent: query.get('parent_id'),
    enabled: query.get('enabled'),
  }
  const found = projects.filter(
    (project) =>
      (wanted.name === undefined || project.name === wanted.name) &&
      (wanted.domain === undefined || wanted.domain === account.domainId) &&
      (wanted.parent === undefined || project.parentId === wanted.parent) &&
      (wanted.enabled === undefined || wanted.enabled.toLowerCase() === 'true'),
  )
  const { rows, previous, next } = pageOf(found, query)
  const self = linkTo('/v3/projects', query.pairs)
  return ok({ projects: rows.map(itemOf), links: { next, previous, self } })
}

/** `page` and `per_page` count only together. */
function pageOf(found: readonly Project[], query: Ask['query']) {
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

function itemOf(project: Project) {
  return { ...plainItemOf(project), links: { next: null, previous: null, self: selfOf(project) } }
}

function plainItemOf(project: Project) {
  return {
    domain_id: account.domainId,
    is_domain: false,
    parent_id: project.parentId,
    name: project.name,
    description: '',
    links: { self: selfOf(project) },
    id: project.id,
    enabled: true,
  }
}

const selfOf = (project: Project) => `${base}/v3/projects/${project.id}`

function showProject({ params }: Ask): Answer {
  const id = params.project_id ?? ''
  const project = projects.find((each) => each.id === id)
  if (!project) throw notFoundProject(id)
  return ok({ project: plainItemOf(project) })
}

function notFoundProject(id: string): Refusal {
  return new Refusal(404, '404', `Could not find project: ${id}.`)
}

function listAuthProjects(): Answer {
  return ok({
    projects: projects.map(plainItemOf),
    links: { self: `${base}/v3/auth/projects`, previous: null, next: null },
  })
}

function listAuthDomains(): Answer {
  const { domainId, domainName } = account
  const domain = {
    description: '',
    enabled: true,
    id: domainId,
    links: { self: `${base}/v3/domains/${domainId}` },
    name: domainName,
  }
  return ok({ domains: [domain], links: { self: `${base}/v3/auth/domains`, previous: null, next: null } })
}

function listRegions(): Answer {
  return ok({
    regions: regions.map(regionItemOf),
    links: { self: `${base}/v3/regions`, previous: null, next: null },
  })
}

function showRegion({ params }: Ask): Answer {
  const id = params.region_id ?? ''
  const region = regionOf(id)
  if (!region) throw new Refusal(404, '404', `Could not find region: ${id}.`)
  return ok({ region: regionItemOf(region) })
}

function regionItemOf(region: Region) {
  return {
    parent_region_id: null,
    description: '',
    links: { self: `${base}/v3/regions/${region.id}` },
    type: 'public',
    id: region.id,
    locales: { 'zh-cn': region.zh, 'en-us': region.en },
  }
}

function linkTo(path: string, pairs: readonly (readonly [string, string])[]): string {
  const query = pairs
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  return `${base}${path}${query && `?${query}`}`
}
