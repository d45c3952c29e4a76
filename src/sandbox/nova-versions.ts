import { baseOf } from './catalog.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'

/** https://support.huaweicloud.com/api-ecs/ecs_02_0001.html */
export const novaVersionRows: readonly Row[] = [
  { name: 'NovaListVersions', method: 'GET', path: '/', open: true, handle: listVersions },
  { name: 'NovaShowVersion', method: 'GET', path: '/v2.1', open: true, handle: showVersion },
  { name: 'NovaShowVersion', method: 'GET', path: '/v2.1/', open: true, handle: showVersion },
]

function listVersions(ask: Ask): Answer {
  return ok({ versions: [versionOf(ask)] })
}

function showVersion(ask: Ask): Answer {
  const mediaType = { base: 'application/json', type: 'application/vnd.openstack.compute+json;version=2.1' }
  return ok({ version: { ...versionOf(ask), 'media-types': [mediaType] } })
}

function versionOf(ask: Ask) {
  return {
    id: 'v2.1',
    status: 'CURRENT',
    version: '2.1',
    min_version: '2.1',
    updated: '2013-07-23T11:33:21Z',
    links: [{ rel: 'self', href: `${baseOf(ask, 'ecs', ask.region.id)}/v2.1/` }],
  }
}
