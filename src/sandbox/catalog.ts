import { stableHex } from './ids.ts'
import type { Project } from './projects.ts'
import type { Ask } from './service.ts'

interface Entry {
  readonly type: string
  readonly name: string
  readonly host: 'iam' | 'ecs' | 'ims' | 'vpc' | 'evs'
  readonly path: string
}

export const entries: readonly Entry[] = [
  { type: 'identity', name: 'keystone', host: 'iam', path: '/v3' },
  { type: 'iam', name: 'iam', host: 'iam', path: '/v3.0' },
  { type: 'compute', name: 'nova', host: 'ecs', path: '/v2.1/{p}' },
  { type: 'ecs', name: 'ecs', host: 'ecs', path: '/v1/{p}' },
  { type: 'image', name: 'glance', host: 'ims', path: '/v2' },
  { type: 'network', name: 'neutron', host: 'vpc', path: '/v2.0' },
  { type: 'vpc', name: 'vpc', host: 'vpc', path: '/v1/{p}' },
  { type: 'evs', name: 'evs', host: 'evs', path: '/v2/{p}' },
]

const EVERYWHERE = '*'

/** Where the services are. Without a project those that are for all regions. */
export function catalogOf(ask: Ask, project: Project | undefined) {
  return entries
    .filter(({ host }) => host === 'iam' || project?.region)
    .map((entry) => ({
      endpoints: regionsOf(entry, project).map((region) => endpointOf(entry, region, ask, project)),
      id: stableHex(`service ${entry.type}`),
      name: entry.name,
      type: entry.type,
    }))
}

/** IAM is everywhere, and by a regional name too: clients that were told a region look for no other. */
export function regionsOf({ host }: Entry, project: Project | undefined): string[] {
  const regional = project?.region ? [project.region.id] : []
  return host === 'iam' ? [EVERYWHERE, ...regional] : regional
}

function endpointOf({ type, host, path }: Entry, region: string, ask: Ask, project: Project | undefined) {
  return {
    id: stableHex(`endpoint ${region} ${type}`),
    interface: 'public',
    region,
    region_id: region,
    url: baseOf(ask, host, region) + path.replace('{p}', project?.id ?? ''),
  }
}

/** Whoever came by the bare address must find the rest by it, too. */
export function baseOf(ask: Ask, host: Entry['host'], region: string): string {
  if (ask.bareHost) return `http://${ask.header('host')}`
  return `https://${host}${region === EVERYWHERE ? '' : `.${region}`}.myhuaweicloud.com`
}
