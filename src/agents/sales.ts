import type { Item } from './short-list.ts'

const STATUS = 'cond:operation:status'
const ZONES = 'cond:operation:az'

/** The fields of an instance type that say whether it is sold. */
export const SALE_FIELDS = [`os_extra_specs.${STATUS}`, `os_extra_specs.${ZONES}`]

const ON_SALE = new Set(['normal', 'promotion', 'obt'])

/** Zones in which a type can be had: Huawei Cloud names those that differ from what it says of all others. */
export function salesOf({ os_extra_specs: specs }: Item): { onSale: boolean; zones: string[] } {
  const of = (name: string) => String(Reflect.get(Object(specs), name) ?? '')
  const named = [...of(ZONES).matchAll(/([\w-]+)\((\w+)\)/g)]
  const zones = named.flatMap(([, zone = '', state = '']) => (ON_SALE.has(state) ? [zone] : []))
  return { onSale: zones.length > 0 || ON_SALE.has(of(STATUS) || 'normal'), zones }
}
