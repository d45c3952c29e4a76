import { createHash } from 'node:crypto'

export interface Chance {
  /** A number in [0, 1). */
  random(): number
  uuid(): string
}

/** Chance that comes out the same for the same text: the generator is sfc32, seeded with the text's hash. */
export function chanceFrom(text: string): Chance {
  const seed = createHash('sha256').update(text).digest()
  let [a, b, c, d] = [0, 4, 8, 12].map((at) => seed.readUInt32LE(at)) as [number, number, number, number]

  const next = () => {
    const sum = (a + b + d) >>> 0
    d = (d + 1) >>> 0
    a = (b ^ (b >>> 9)) >>> 0
    b = (c + (c << 3)) >>> 0
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0
    return sum
  }
  // The first few still show the seed.
  for (let round = 0; round < 12; round++) next()

  return {
    random: () => next() / 2 ** 32,
    uuid() {
      const hex = [next(), next(), next(), next()].map((word) => word.toString(16).padStart(8, '0')).join('')
      const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16)
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
    },
  }
}
