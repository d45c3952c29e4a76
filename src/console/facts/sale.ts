import type { Flavor } from '../api/schema.ts'

/** The better, the earlier. A word that Huawei Cloud may add stands before what is certainly not to be had. */
const BEST_FIRST = ['promotion', 'normal', 'obt', undefined, 'sellout', 'obt_sellout', 'abandon']
const NOT_TO_BE_HAD = ['sellout', 'obt_sellout', 'abandon']

/** What Huawei Cloud says of the sale of a type: zone by zone, and one word for all that it does not name. */
export interface Sales {
  named: ReadonlyMap<string, string>
  elsewhere: string
}

/** `cond:operation:az` is `zone(state),…`; nothing said at all means on sale. */
export function salesOf({ os_extra_specs: specs = {} }: Flavor): Sales {
  const named = [...(specs['cond:operation:az'] ?? '').matchAll(/([\w-]+)\s*\((\w+)\)/g)]
  return {
    named: new Map(named.map(([, zone = '', state = '']) => [zone, state])),
    elsewhere: specs['cond:operation:status'] ?? 'normal',
  }
}

export const saleIn = ({ named, elsewhere }: Sales, zone: string): string => named.get(zone) ?? elsewhere

/** The best that any of these zones has. */
export function bestSale(sales: Sales, zones: readonly string[]): string {
  const states = zones.map((zone) => saleIn(sales, zone))
  return states.sort((a, b) => rankOf(a) - rankOf(b))[0] ?? sales.elsewhere
}

export const isToBeHad = (state: string): boolean => !NOT_TO_BE_HAD.includes(state)

export const isSoldOut = (state: string): boolean => state === 'sellout' || state === 'obt_sellout'

function rankOf(state: string): number {
  const at = BEST_FIRST.indexOf(state)
  return at < 0 ? BEST_FIRST.indexOf(undefined) : at
}
