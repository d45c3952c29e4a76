import { queryOptions } from '@tanstack/react-query'
import { call } from './client.ts'
import { asApiError } from './error.ts'
import { listQuery } from './list-query.ts'
import type {
  Flavor,
  Image,
  Operations,
  Publicip,
  SecurityGroup,
  Server,
  Subnet,
  Volume,
  Vpc,
} from './schema.ts'

export type Zone = NonNullable<Operations['listAvailabilityZones']['answer']['availabilityZoneInfo']>[number]
export type Keypair = NonNullable<Operations['listKeypairs']['answer']['keypairs']>[number]

const HOUR = 3_600_000
const MINUTES_5 = 300_000

/** Ids of all regions that this server knows for a service. */
export const regionsQuery = (service: 'ecs' | 'ims' | 'vpc' = 'ecs') =>
  queryOptions({
    queryKey: ['listRegions', service],
    queryFn: async ({ signal }) => {
      const { regions } = await call('listRegions', { query: { regionType: service }, signal })
      return regions.map(({ Id }) => Id)
    },
    staleTime: HOUR,
  })

/**
 * Ids of the regions that these keys may ask: those that the account has opened, or those of the token. In the order of
 * the table of regions.
 */
export const openedRegionsQuery = () =>
  queryOptions({
    queryKey: ['openedRegions'],
    queryFn: async ({ signal, client }) => {
      const known = await client.ensureQueryData(regionsQuery())
      const opened = await openedNames(signal)
      return known.filter((id) => opened.has(id))
    },
    staleTime: MINUTES_5,
  })

async function openedNames(signal: AbortSignal): Promise<ReadonlySet<string>> {
  try {
    const { projects = [] } = await call('listProjects', { query: { all: true, fields: 'id,name' }, signal })
    return new Set(projects.flatMap(({ name }) => name ?? []))
  } catch (thrown) {
    // A token of some regions may not ask for the account; its refusal names them.
    const { regions } = asApiError(thrown).metadata
    if (regions === undefined) throw thrown
    return new Set(regions.split(/[\s,]+/))
  }
}

/** Of all lists: no regions means all that are open. */
type Regions = readonly string[]

export const instancesQuery = (regions: Regions) => listQuery<Server>('listInstances', regions)
export const imagesQuery = (regions: Regions, query: Readonly<Record<string, string | undefined>> = {}) =>
  listQuery<Image>('listImages', regions, { query, staleTime: MINUTES_5 })
export const instanceTypesQuery = (regions: Regions) =>
  listQuery<Flavor>('listInstanceTypes', regions, { staleTime: MINUTES_5 })
export const vpcsQuery = (regions: Regions) => listQuery<Vpc>('listVpcs', regions)
export const subnetsQuery = (regions: Regions) => listQuery<Subnet>('listSubnets', regions)
export const securityGroupsQuery = (regions: Regions) =>
  listQuery<SecurityGroup>('listSecurityGroups', regions)
export const publicIpsQuery = (regions: Regions) => listQuery<Publicip>('listPublicIps', regions)
export const volumesQuery = (regions: Regions) => listQuery<Volume>('listVolumes', regions)
export const keypairsQuery = (regions: Regions) => listQuery<Keypair>('listKeypairs', regions)
export const zonesQuery = (regions: Regions) =>
  listQuery<Zone>('listAvailabilityZones', regions, { staleTime: HOUR })

export const instanceQuery = (regionId: string, instanceId: string) =>
  queryOptions({
    queryKey: ['showInstance', regionId, instanceId],
    queryFn: ({ signal }) => call('showInstance', { path: { instanceId }, query: { regionId }, signal }),
  })

export const instanceVolumesQuery = (regionId: string, instanceId: string) =>
  queryOptions({
    queryKey: ['listInstanceVolumes', regionId, instanceId],
    queryFn: async ({ signal }) => {
      const answer = await call('listInstanceVolumes', { path: { instanceId }, query: { regionId }, signal })
      return answer.volumeAttachments ?? []
    },
  })

export const resizeTypesQuery = (regionId: string, instanceId: string) =>
  queryOptions({
    queryKey: ['listResizeTypes', regionId, instanceId],
    queryFn: async ({ signal }) => {
      const query = { regionId, all: true } as const
      const { flavors } = await call('listResizeTypes', { path: { instanceId }, query, signal })
      return flavors ?? []
    },
  })

export const instanceTagsQuery = (regionId: string, instanceId: string) =>
  queryOptions({
    queryKey: ['listInstanceTags', regionId, instanceId],
    queryFn: async ({ signal }) => {
      const answer = await call('listInstanceTags', { path: { instanceId }, query: { regionId }, signal })
      return answer.tags ?? []
    },
  })

export const quotasQuery = (regionId: string, service: 'ecs' | 'ims' | 'vpc' | 'evs' = 'ecs') =>
  queryOptions({
    queryKey: ['showQuotas', regionId, service],
    queryFn: ({ signal }) => call('showQuotas', { query: { regionId, service }, signal }),
  })
