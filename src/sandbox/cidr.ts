/** IPv4 addresses and blocks as numbers. */
export interface Block {
  readonly first: number
  readonly last: number
  readonly bits: number
}

export function readAddress(text: string): number | undefined {
  const parts = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/
    .exec(text)
    ?.slice(1)
    .map(Number)
  if (!parts || parts.some((part) => part > 255)) return undefined
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}

export const writeAddress = (value: number): string =>
  [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')

/** A block whose address is its first one, as `192.168.0.0/20`; undefined for anything else. */
export function readBlock(text: string): Block | undefined {
  const [address = '', bits = '', ...more] = text.split('/')
  const first = readAddress(address)
  if (first === undefined || !/^\d{1,2}$/.test(bits) || Number(bits) > 32 || more.length > 0) return undefined
  const size = 2 ** (32 - Number(bits))
  return first % size === 0 ? { first, last: first + size - 1, bits: Number(bits) } : undefined
}

export const contains = (outer: Block, inner: Block): boolean =>
  inner.first >= outer.first && inner.last <= outer.last

export const overlaps = (a: Block, b: Block): boolean => a.first <= b.last && b.first <= a.last

export const holds = (block: Block, address: number): boolean =>
  address >= block.first && address <= block.last
