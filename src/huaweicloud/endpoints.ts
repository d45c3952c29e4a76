import { nearest } from '../nearest.ts'
import table from './endpoints.json' with { type: 'json' }

/** A service's name as Huawei's SDKs spell it: `ecs`, `ims`, `vpc`, `iam` … */
export type Service = string

export interface Endpoint {
  /** Where to connect: scheme, host and port. */
  readonly origin: string
  /** What the Host header says and the signature covers. */
  readonly host: string
}

/** Base URLs that stand in for the table; the official SDKs' variables fill `one`. */
export interface Overrides {
  /** Every service and region, for every key. */
  readonly everything?: string
  /** Keyed `service/region`, for example `ecs/cn-north-4`; wins over `everything`. */
  readonly one?: ReadonlyMap<string, string>
}

export interface Endpoints {
  /** Every service that is known, those added by overrides last. */
  services(): Service[]
  /** Whether a service is one for all regions, so that it can be asked without naming any. */
  isGlobal(service: Service): boolean
  /** Region ids a service answers in, those added by overrides last. */
  regions(service: Service): string[]
  /** The table's own regions and base URLs, in the order they are shown to people, whatever is overridden. */
  published(service: Service): { id: string; url: string }[]
  knows(service: Service, region: string): boolean
  /** Ids most like a mistyped one, best first. */
  similar(service: Service, region: string): string[]
  /** Undefined when neither the table nor an override has the pair, or sandbox keys come while it is off. */
  find(service: Service, region: string, accessKey: string): Endpoint | undefined
}

interface Row {
  host: string
  regions: string[]
  hosts?: Record<string, string>
}

const services = new Map<Service, Row>(Object.entries(table.services as Record<string, Row>))

/** IAM answers for every region under this name too; the table lacks its younger regional hosts. */
export const GLOBAL_IAM = 'iam.myhuaweicloud.com'

/** Stands for a region where what is asked belongs to none. */
export const GLOBAL = 'global'

/** Access keys of this form belong to the sandbox, as test keys of payment services do. */
export const isSandboxKey = (accessKey: string): boolean => accessKey.startsWith('SANDBOX')

/**
 * Where each service of each region lives: a table with exceptions, not a template, because hosts are
 * irregular (`iam.eu-west-101.myhuaweicloud.eu`) and keys must go to hosts of this table only.
 */
export function buildEndpoints(overrides: Overrides = {}, sandboxOrigin?: string): Endpoints {
  const one = new Map([...(overrides.one ?? [])].map(([key, url]) => [key, endpointAt(url)] as const))
  const everything = overrides.everything === undefined ? undefined : endpointAt(overrides.everything)
  const answering = new Map<Service, Set<string>>()
  for (const [service, row] of services) answering.set(service, new Set(row.regions))
  for (const key of one.keys()) {
    const regions = answering.get(serviceIn(key)) ?? new Set()
    answering.set(serviceIn(key), regions.add(regionIn(key)))
  }
  const regions = (service: Service) => [...(answering.get(service) ?? [])]
  const everywhere = new Set([...answering.values()].flatMap((regions) => [...regions]))
  const knows = (service: Service, region: string) =>
    service === 'iam' ? everywhere.has(region) : (answering.get(service)?.has(region) ?? false)

  return {
    services: () => [...answering.keys()],
    isGlobal,
    regions,
    knows,
    published: (service) =>
      (services.get(service)?.regions ?? []).map((id) => ({ id, url: `https://${publicHost(service, id)}` })),
    similar: (service, region) => nearest(region, regions(service)),
    find: (service, region, accessKey) => {
      const override = one.get(`${service}/${region}`) ?? everything
      if (override) return override
      const host = publicHost(service, region)
      if (!host) return undefined
      if (!isSandboxKey(accessKey)) return { origin: `https://${host}`, host }
      return sandboxOrigin ? { origin: sandboxOrigin, host } : undefined
    },
  }
}

const endpointAt = (url: string): Endpoint => ({ origin: url, host: new URL(url).host })

/** Whether a host is one of the table, where keys of the real cloud go. */
export const isPublicHost = (host: string): boolean => publicHosts().has(host)

let hosts: Set<string> | undefined
function publicHosts(): Set<string> {
  hosts ??= new Set([
    GLOBAL_IAM,
    ...[...services.values()].flatMap((row) =>
      row.regions.map((region) => row.hosts?.[region] ?? row.host.replace('{region}', region)),
    ),
  ])
  return hosts
}

const serviceIn = (key: string) => key.slice(0, key.indexOf('/'))
const regionIn = (key: string) => key.slice(key.indexOf('/') + 1)

function isGlobal(service: Service): boolean {
  const row = services.get(service)
  return service === 'iam' || (row !== undefined && !row.host.includes('{region}'))
}

function publicHost(service: Service, region: string): string | undefined {
  const row = services.get(service)
  if (row?.regions.includes(region)) return row.hosts?.[region] ?? row.host.replace('{region}', region)
  if (service === 'iam') return GLOBAL_IAM
  return region === GLOBAL && isGlobal(service) ? row?.host : undefined
}
