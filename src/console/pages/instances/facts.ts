import type { Regional } from '../../api/list.ts'
import type { Server } from '../../api/schema.ts'

export type Instance = Regional<Server>

/** Ids are told apart by their region too: two regions may use the same one. */
export const keyOf = ({ regionId, id }: Instance): string => `${regionId}/${id}`

export const nameOf = ({ name, id = '' }: Server): string => name || id

export function addressesOf(server: Server, kind: 'fixed' | 'floating'): readonly string[] {
  return Object.values(server.addresses ?? {})
    .flat()
    .filter((address) => address['OS-EXT-IPS:type'] === kind)
    .flatMap(({ addr }) => addr ?? [])
}

export const vcpusOf = ({ flavor }: Server): number | undefined => numberOf(flavor?.vcpus)

/** In MiB. */
export const memoryOf = ({ flavor }: Server): number | undefined => numberOf(flavor?.ram)

export const flavorOf = ({ flavor }: Server): string => flavor?.name ?? flavor?.id ?? ''

export const imageOf = ({ metadata, image }: Server): string => metadata?.image_name ?? image?.id ?? ''

/** Huawei marks instances with tags of its own, which nobody chose. */
export const tagsOf = ({ tags }: Server): readonly string[] =>
  (tags ?? []).filter((tag) => !tag.startsWith('__'))

export const zoneOf = (server: Server): string => server['OS-EXT-AZ:availability_zone'] ?? ''

export const groupsOf = ({ security_groups: groups }: Server): readonly string[] =>
  (groups ?? []).flatMap(({ name, id }) => name ?? id ?? [])

const CHARGING = { '0': 'payPerUse', '1': 'yearly', '2': 'spot' } as const

export function chargingOf({ metadata }: Server): (typeof CHARGING)[keyof typeof CHARGING] | undefined {
  const mode = metadata?.charging_mode
  return mode === '0' || mode === '1' || mode === '2' ? CHARGING[mode] : undefined
}

/** What the search looks in. */
export const searchedIn = (server: Instance): string =>
  [
    server.name,
    server.id,
    server.regionId,
    server.description,
    ...Object.values(server.addresses ?? {})
      .flat()
      .map(({ addr }) => addr),
    flavorOf(server),
    imageOf(server),
    ...tagsOf(server),
  ].join(' ')

function numberOf(text: string | undefined): number | undefined {
  const number = Number(text)
  return text === undefined || text === '' || Number.isNaN(number) ? undefined : number
}
