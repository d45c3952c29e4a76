import { baseOf } from './catalog.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'

/** https://support.huaweicloud.com/api-iam/iam_19_0001.html; clients ask this before they have a token. */
export const versionRows: readonly Row[] = [
  { name: 'KeystoneListVersions', method: 'GET', path: '/', open: true, handle: listVersions },
  { name: 'KeystoneShowVersion', method: 'GET', path: '/v3', open: true, handle: showVersion },
  { name: 'KeystoneShowVersion', method: 'GET', path: '/v3/', open: true, handle: showVersion },
]

function listVersions(ask: Ask): Answer {
  return ok({ versions: { values: [versionOf(ask)] } }, 300)
}

function showVersion(ask: Ask): Answer {
  return ok({ version: versionOf(ask) })
}

function versionOf(ask: Ask) {
  return {
    'media-types': [{ type: 'application/vnd.openstack.identity-v3+json', base: 'application/json' }],
    links: [{ rel: 'self', href: `${baseOf(ask, 'iam', '*')}/v3/` }],
    id: 'v3.6',
    updated: '2016-04-04T00:00:00Z',
    status: 'stable',
  }
}
