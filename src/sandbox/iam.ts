import { notFoundProject } from './iam-project-view.ts'
import { projectRows } from './iam-projects.ts'
import { serviceRows } from './iam-services.ts'
import { temporaryKeyRows } from './iam-temporary-keys.ts'
import { tokenRows } from './iam-tokens.ts'
import { userRows } from './iam-users.ts'
import { versionRows } from './iam-versions.ts'
import { account } from './projects.ts'
import { Refusal } from './refusal.ts'
import { type Region, regionOf, regions } from './regions.ts'
import { type Answer, type Ask, ok, type Service } from './service.ts'

/** https://support.huaweicloud.com/api-iam/iam_02_0001.html and its neighbours. */
export const iam: Service = {
  name: 'iam',
  rows: [
    ...versionRows,
    ...tokenRows,
    ...temporaryKeyRows,
    ...projectRows,
    ...userRows,
    ...serviceRows,
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
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
}
const base = 'https://iam.myhuaweicloud.com'

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
