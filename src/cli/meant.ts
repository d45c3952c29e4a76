import { nearest } from '../nearest.ts'
import type { Catalog } from './text/en.ts'

/** What a mistyped word probably was, to be put behind a complaint; nothing where none is like it. */
export function meant(word: string, known: Iterable<string>, { parser }: Catalog): string {
  const [best] = nearest(word, known, 1)
  return best === undefined ? '' : parser.meant(best)
}
