import type { Pair } from '../wire/signature.ts'

/** Decoded pairs as sent. A `+` stays a plus: signers write a space as `%20`. Throws on broken percents. */
export function readQuery(text: string): Pair[] {
  if (text === '') return []
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part): Pair => {
      const at = part.indexOf('=')
      return at < 0
        ? [decodeURIComponent(part), '']
        : [decodeURIComponent(part.slice(0, at)), decodeURIComponent(part.slice(at + 1))]
    })
}

export class Query {
  readonly pairs: readonly Pair[]

  constructor(pairs: readonly Pair[]) {
    this.pairs = pairs
  }

  /** The first value; an empty one counts as not given. */
  get(name: string): string | undefined {
    return this.pairs.find((pair) => pair[0] === name)?.[1] || undefined
  }

  all(name: string): string[] {
    return this.pairs.filter((pair) => pair[0] === name).map((pair) => pair[1])
  }

  /** A whole number at least `least`; `otherwise` when not given; undefined when it is none. */
  whole(name: string, otherwise: number, least = 0): number | undefined {
    const text = this.get(name)
    if (text === undefined) return otherwise
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    return value >= least ? value : undefined
  }
}
