import other from './data/other-services.json' with { type: 'json' }
import { type Region, regionOf } from './regions.ts'
import type { ServiceName } from './service.ts'

/** What a host name says. Anything that is not Huawei Cloud's says nothing: a bare host. */
export type Host =
  | { kind: 'bare' }
  | { kind: 'unknown' }
  /** A service that Huawei Cloud has, and this sandbox has nothing of. */
  | { kind: 'other'; service: string }
  | { kind: 'service'; service: ServiceName; region: Region | undefined }

const others = new Set(other.hosts)

const services: readonly string[] = ['iam', 'ecs', 'ims', 'vpc', 'evs'] satisfies ServiceName[]

export function readHost(header: string): Host {
  const name = header.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
  const found = /^(?:(.+)\.)?myhuaweicloud\.(?:com|eu)$/.exec(name)
  if (!found) return { kind: 'bare' }
  const [service = '', id, ...more] = (found[1] ?? '').split('.')
  const region = id === undefined ? undefined : regionOf(id)
  if (region && more.length === 0 && others.has(service)) return { kind: 'other', service }
  // Only IAM has a host for all regions together.
  const known =
    services.includes(service) && more.length === 0 && (region || (id === undefined && service === 'iam'))
  return known ? { kind: 'service', service: service as ServiceName, region } : { kind: 'unknown' }
}

export function isLoopback(header: string): boolean {
  const name = header.toLowerCase().replace(/:\d*$/, '')
  return (
    name === 'localhost' ||
    name === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(name) ||
    name.endsWith('.localhost')
  )
}
