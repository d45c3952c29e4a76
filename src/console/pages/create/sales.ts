import type { Flavor } from '../../api/schema.ts'
import type { ChosenImage, ChosenType } from './form.ts'
import { fits } from './form.ts'

/** As Huawei Cloud marks a type in a zone; nothing said means that it is on sale. */
export type Sale = 'normal' | 'promotion' | 'obt' | 'sellout' | 'obt_sellout' | 'abandon'

const BEST_FIRST: readonly Sale[] = ['normal', 'promotion', 'obt', 'sellout', 'obt_sellout', 'abandon']

export const isToBeHad = (sale: Sale): boolean => sale === 'normal' || sale === 'promotion' || sale === 'obt'

export const chosenType = (flavor: Flavor): ChosenType => ({
  id: flavor.id ?? flavor.name ?? '',
  vcpus: Number(flavor.vcpus ?? 0),
  ram: flavor.ram ?? 0,
  isArm: flavor.os_extra_specs?.['ecs:instance_architecture'] === 'arm64',
  sales: flavor.os_extra_specs?.['cond:operation:az'] ?? '',
  saleElsewhere: flavor.os_extra_specs?.['cond:operation:status'] ?? 'normal',
})

/** The zone's own entry of `zone(state),…` counts, else the general one. */
export function saleIn({ sales, saleElsewhere }: ChosenType, zone: string): Sale {
  const own = [...sales.matchAll(/([\w-]+)\((\w+)\)/g)].find(([, name]) => name === zone)?.[2]
  return known(own ?? saleElsewhere)
}

/** In one zone, or the best of all where none is chosen. */
export function saleOf(type: ChosenType, zone: string, zones: readonly string[]): Sale {
  if (zone) return saleIn(type, zone)
  if (zones.length === 0) return known(type.saleElsewhere)
  const sales = zones.map((one) => saleIn(type, one))
  return BEST_FIRST.find((sale) => sales.includes(sale)) ?? 'abandon'
}

const known = (text: string): Sale =>
  (BEST_FIRST as readonly string[]).includes(text) ? (text as Sale) : 'normal'

/** `s6` of `s6.large.2`. */
export const familyOf = (id: string): string => id.split('.')[0] ?? id

export interface TypeFilter {
  family: string
  /** Exactly so many; none takes all. */
  vcpus: string
  /** GiB. */
  memory: string
  wanted: string
}

export const NO_FILTER: TypeFilter = { family: '', vcpus: '', memory: '', wanted: '' }

/** Types that fit the image and the filters, the small ones first; what Huawei Cloud has withdrawn is left out. */
export function offered(
  types: readonly ChosenType[],
  image: ChosenImage | undefined,
  filter: TypeFilter,
  zone: string,
  zones: readonly string[],
): readonly ChosenType[] {
  const needle = filter.wanted.trim().toLowerCase()
  return types
    .filter(
      (type) =>
        fits(image, type) &&
        type.id.toLowerCase().includes(needle) &&
        (filter.family === '' || familyOf(type.id) === filter.family) &&
        (filter.vcpus === '' || type.vcpus === Number(filter.vcpus)) &&
        (filter.memory === '' || type.ram === Number(filter.memory) * 1_024) &&
        saleOf(type, zone, zones) !== 'abandon',
    )
    .sort((a, b) => a.vcpus - b.vcpus || a.ram - b.ram || (a.id < b.id ? -1 : 1))
}
