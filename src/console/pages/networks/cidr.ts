export interface Range {
  /** As a whole number. */
  first: number
  last: number
  /** 24 of /24. */
  bits: number
}

/** An IPv4 address as a whole number. */
export function addressOf(text: string): number | undefined {
  const parts = text.trim().split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

export const addressText = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')

/** `10.0.0.0/16`; undefined where it is none, or its address is not the first of the range. */
export function rangeOf(text: string): Range | undefined {
  const [, address = '', length = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text.trim()) ?? []
  const first = addressOf(address)
  const bits = Number(length)
  if (first === undefined || length === '' || bits > 32) return
  const size = 2 ** (32 - bits)
  return first % size === 0 ? { first, last: first + size - 1, bits } : undefined
}

export const isWithin = (inner: Range, outer: Range): boolean =>
  inner.first >= outer.first && inner.last <= outer.last

export const overlaps = (a: Range, b: Range): boolean => a.first <= b.last && b.first <= a.last

/** The first address that hosts may have, which is the usual gateway. */
export function gatewayOf(cidr: string): string {
  const range = rangeOf(cidr)
  return range && range.bits <= 30 ? addressText(range.first + 1) : ''
}

/** The first /24 of a range (or all of a smaller one) that nothing in it overlaps; empty where none is left. */
export function freeRange(cidr: string, taken: readonly string[]): string {
  const outer = rangeOf(cidr)
  if (!outer) return ''
  const others = taken.flatMap((one) => rangeOf(one) ?? [])
  const bits = Math.max(24, outer.bits)
  const size = 2 ** (32 - bits)
  let first = outer.first
  while (first + size - 1 <= outer.last) {
    const range = { first, last: first + size - 1, bits }
    const hit = others.find((other) => overlaps(range, other))
    if (!hit) return `${addressText(first)}/${bits}`
    first = Math.ceil((hit.last + 1) / size) * size
  }
  return ''
}
