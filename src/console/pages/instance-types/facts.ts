import type { Flavor } from '../../api/schema.ts'
import { type Architecture, architectureOfType } from '../../facts/architecture.ts'
import { familyOf } from '../../facts/family.ts'
import { bestSale, isSoldOut, isToBeHad, saleIn, salesOf } from '../../facts/sale.ts'

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
  architecture: Architecture
  zones: readonly ZoneSale[]
  /** The best that any zone has. */
  sale: string
}

export const isWithdrawn = ({ sale }: TypeRow): boolean => sale === 'abandon'

export const onSaleIn = ({ zones }: TypeRow): readonly string[] =>
  zones.filter(({ state }) => isToBeHad(state)).map(({ zone }) => zone)

export const soldOutIn = ({ zones }: TypeRow): readonly string[] =>
  zones.filter(({ state }) => isSoldOut(state)).map(({ zone }) => zone)

/** Where the zones of the region are not known, those that the type names stand for them. */
export function rowOf(flavor: Flavor, zonesOfRegion: readonly string[]): TypeRow {
  const { id = '', name = id, vcpus = '0', ram = 0, os_extra_specs: specs = {} } = flavor
  const sales = salesOf(flavor)
  const zones = zonesOfRegion.length > 0 ? zonesOfRegion : [...sales.named.keys()]
  return {
    id,
    name,
    vcpus: Number(vcpus),
    memory: ram,
    family: familyOf(flavor),
    kind: specs['ecs:performancetype'] ?? '',
    architecture: architectureOfType(flavor),
    zones: [...zones].sort().map((zone) => ({ zone, state: saleIn(sales, zone) })),
    sale: bestSale(sales, zones),
  }
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
