import type { Flavor } from '../../api/schema.ts'

export interface ZoneSale {
  zone: string
  /** `normal`, `promotion`, `sellout`, `obt`, `obt_sellout` or `abandon`. */
  state: string
}

/** An instance type with what people choose it by. */
export interface TypeRow {
  id: string
  name: string
  vcpus: number
  /** In MiB. */
  memory: number
  /** `s6`, as Huawei writes the generation. */
  family: string
  /** `computingv3` and the like. */
  kind: string
  architecture: 'x86' | 'ARM'
  zones: readonly ZoneSale[]
  /** The best that any zone has. */
  sale: string
}

/** The better, the earlier. */
const ORDER = ['promotion', 'normal', 'obt', 'sellout', 'obt_sellout', 'abandon']

export const isOnSale = (state: string): boolean =>
  state === 'normal' || state === 'promotion' || state === 'obt'

export const isWithdrawn = ({ sale }: TypeRow): boolean => sale === 'abandon'

export const onSaleIn = ({ zones }: TypeRow): readonly string[] =>
  zones.filter(({ state }) => isOnSale(state)).map(({ zone }) => zone)

export const soldOutIn = ({ zones }: TypeRow): readonly string[] =>
  zones.filter(({ state }) => state.endsWith('sellout')).map(({ zone }) => zone)

/** A zone that a type does not name has what the type says of all. */
export function rowOf(flavor: Flavor, zonesOfRegion: readonly string[]): TypeRow {
  const { id = '', name = id, vcpus = '0', ram = 0, os_extra_specs: specs = {} } = flavor
  const elsewhere = specs['cond:operation:status'] ?? 'normal'
  const named = new Map(
    [...(specs['cond:operation:az'] ?? '').matchAll(/([\w-]+)\((\w+)\)/g)].map(
      ([, zone = '', state = '']) => [zone, state] as const,
    ),
  )
  for (const zone of zonesOfRegion) if (!named.has(zone)) named.set(zone, elsewhere)
  const zones = [...named]
    .map(([zone, state]) => ({ zone, state }))
    .sort((a, b) => (a.zone < b.zone ? -1 : 1))
  return {
    id,
    name,
    vcpus: Number(vcpus),
    memory: ram,
    family: specs['ecs:generation'] ?? name.split('.')[0] ?? '',
    kind: specs['ecs:performancetype'] ?? '',
    architecture: specs['ecs:instance_architecture']?.startsWith('arm') ? 'ARM' : 'x86',
    zones,
    sale: bestOf(zones.length > 0 ? zones.map(({ state }) => state) : [elsewhere]),
  }
}

function bestOf(states: readonly string[]): string {
  return ORDER.find((state) => states.includes(state)) ?? states[0] ?? 'normal'
}

/** As they stand in the address; empty where there is no bound. Memory in GiB. */
export interface Bounds {
  vcpusFrom: string
  vcpusTo: string
  memoryFrom: string
  memoryTo: string
}

export function within(rows: readonly TypeRow[], bounds: Bounds): readonly TypeRow[] {
  const fits = (value: number, from: string, to: string) =>
    !(Number(from) > value) && !(to !== '' && Number(to) < value)
  return rows.filter(
    ({ vcpus, memory }) =>
      fits(vcpus, bounds.vcpusFrom, bounds.vcpusTo) &&
      fits(memory / 1_024, bounds.memoryFrom, bounds.memoryTo),
  )
}
