import { valueAt } from './list-fields.ts'
import type { SortKey } from './list-options.ts'

/**
 * Orders items by several fields. Numbers count as numbers, also where Huawei writes them as texts
 * (`"vcpus":"16"`), and stand before all else, which goes by code unit, so that the order is the same
 * everywhere; what has no value comes last.
 */
export function sorted<Entry>(
  entries: readonly Entry[],
  keys: readonly SortKey[],
  read: (entry: Entry) => unknown,
): Entry[] {
  return entries
    .map((entry) => {
      const value = read(entry)
      return { entry, by: keys.map(({ path }) => valueAt(value, path)) }
    })
    .sort((a, b) => {
      for (const [index, { descends }] of keys.entries()) {
        const order = compare(a.by[index], b.by[index], descends)
        if (order !== 0) return order
      }
      return 0
    })
    .map(({ entry }) => entry)
}

function compare(a: unknown, b: unknown, descends: boolean): number {
  const [hasA, hasB] = [hasValue(a), hasValue(b)]
  if (!hasA || !hasB) return Number(hasB) - Number(hasA)
  return descends ? ascending(b, a) : ascending(a, b)
}

const hasValue = (value: unknown) => value !== undefined && value !== null && value !== ''

function ascending(a: unknown, b: unknown): number {
  const [x, y] = [asNumber(a), asNumber(b)]
  if (x !== undefined && y !== undefined) return order(x, y)
  if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1
  return order(asText(a), asText(b))
}

/** A difference would be no number between two that are infinite. */
const order = <T extends number | string>(a: T, b: T) => (a < b ? -1 : Number(a > b))

const asNumber = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
