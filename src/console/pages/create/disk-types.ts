/** What a region says of a kind of disk; only what is read here. */
interface VolumeType {
  name?: string
  extra_specs?: Readonly<Record<string, string | undefined>>
}

export interface DiskType {
  name: string
  zones: readonly string[]
  soldOutIn: readonly string[]
}

/** For machines of SAP HANA alone. */
const SPECIAL = ['co-p1', 'uh-l1']

export function diskTypesOf(answer: unknown): readonly DiskType[] {
  const { volume_types: types = [] } = answer as { volume_types?: readonly VolumeType[] }
  return types
    .filter(({ name = '' }) => name !== '' && !SPECIAL.includes(name))
    .map(({ name = '', extra_specs: specs = {} }) => ({
      name,
      zones: listOf(specs['RESKEY:availability_zones']),
      soldOutIn: listOf(specs['os-vendor-extended:sold_out_availability_zones']),
    }))
}

/** In the zone that is chosen, or, where none is, everywhere. */
export function isSoldOut({ zones, soldOutIn }: DiskType, zone: string): boolean {
  if (zone) return soldOutIn.includes(zone) || (zones.length > 0 && !zones.includes(zone))
  return zones.length > 0 && zones.every((one) => soldOutIn.includes(one))
}

const listOf = (text = '') =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)
