import { GAP, type Pair } from '../huaweicloud/cloud.ts'
import { ID_PATTERN } from './fields.ts'

/** What of a URL may differ: one part of the path, or the value of one parameter. It stands as it is in what is asked. */
export interface Gap {
  readonly in: 'path' | 'query'
  /** What stands before and behind it. */
  readonly before: string
  readonly after: string
  /** What stands in it now. */
  readonly value: string
  /** The parameter's name, as written. */
  readonly name?: string
}

/** Means the same with and without encoding. */
const PLAIN_VALUE = /^[\w.-]{1,128}$/

/** Whether what stands in a gap may be sent as it is. */
export const isPlain = (gap: Gap['in'], value: string): boolean =>
  (gap === 'path' ? ID_PATTERN : PLAIN_VALUE).test(value)

/** What `url` has in the gap. */
export const inGap = ({ before, after }: Pick<Gap, 'before' | 'after'>, url: string): string =>
  url.slice(before.length, url.length - after.length)

/** Undefined where two URLs differ in more, or elsewhere, than in the value of one parameter. */
export function valueGap(one: string, url: string): Gap | undefined {
  const most = Math.min(one.length, url.length)
  let start = 0
  while (start < most && one[start] === url[start]) start += 1
  let end = 0
  while (end < most - start && one.at(-1 - end) === url.at(-1 - end)) end += 1
  // Out to all of the value: it may begin, or end, with what the other has there too.
  const from = url.lastIndexOf('=', start - 1) + 1
  const next = url.indexOf('&', url.length - end)
  const after = next < 0 ? '' : url.slice(next)
  const gap = { before: url.slice(0, from), after }
  // Only the first question mark begins the query; a later one belongs to a value.
  const [, name] = /^[^?]*\?(?:.*&)?([\w.-]+)=$/.exec(gap.before) ?? []
  const value = inGap(gap, url)
  const isOnly = one.startsWith(gap.before) && one.endsWith(after) && isPlain('query', inGap(gap, one))
  return name && isOnly && isPlain('query', value) ? { in: 'query', ...gap, value, name } : undefined
}

/** The pairs with a gap where the value stands, if it stands there as it was given. */
export function withGap(query: readonly Pair[], { name, value }: Gap): readonly Pair[] | undefined {
  const named = query.filter((pair) => pair[0] === name)
  if (named.length !== 1 || named[0]?.[1] !== value) return undefined
  return query.map((pair): Pair => (pair[0] === name ? [pair[0], GAP] : pair))
}

/** Whether a gap is in no more places than it should be: a caller may write what stands for it, too. */
export const hasGaps = (asked: unknown, count: number): boolean =>
  JSON.stringify(asked).split(GAP).length - 1 === count
