import { bestSale, saleIn } from '../../facts/sale.ts'
import { type ChosenImage, type ChosenType, fits } from './chosen.ts'

/** In one zone, or the best of all where none is chosen. */
export const saleOf = ({ sales }: ChosenType, zone: string, zones: readonly string[]): string =>
  zone ? saleIn(sales, zone) : bestSale(sales, zones)

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
        (filter.family === '' || type.family === filter.family) &&
        (filter.vcpus === '' || type.vcpus === Number(filter.vcpus)) &&
        (filter.memory === '' || type.ram === Number(filter.memory) * 1_024) &&
        saleOf(type, zone, zones) !== 'abandon',
    )
    .sort((a, b) => a.vcpus - b.vcpus || a.ram - b.ram || (a.id < b.id ? -1 : 1))
}
