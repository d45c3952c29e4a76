import type { Item, Page } from '../huaweicloud/list-walk.ts'
import { GatewayError } from './errors.ts'
import { parseExactly } from './exact-json.ts'
import { picked } from './list-fields.ts'
import type { ListAsk, SortKey } from './list-options.ts'
import type { Batch } from './list-regions.ts'
import { sorted } from './list-sort.ts'
import { bytesWithMember } from './with-member.ts'

/** A sorted list is held in memory until its last item has come. */
const MOST_SORTED = 20_000

export interface Entry {
  readonly item: Item
  readonly regionId?: string
}

/** Items that came together. */
export interface Piece {
  readonly entries: readonly Entry[]
  /** The other fields of the page they stood in. */
  readonly rest?: Page['rest']
}

export interface Failed {
  readonly regionId: string
  readonly error: unknown
}

/**
 * The items of all batches. Regions that fail are put into `failed`; where none was any good there is nothing to
 * answer, and the first failure is thrown.
 */
export async function* piecesOf(batches: AsyncIterable<Batch>, failed: Failed[]): AsyncGenerator<Piece> {
  let isGood = false
  for await (const batch of batches) {
    if ('error' in batch) {
      failed.push(batch)
      continue
    }
    isGood = true
    const { page, regionId } = batch
    const entries = page.items.map((item) => (regionId === undefined ? { item } : { item, regionId }))
    yield { entries, rest: page.rest }
  }
  const [first] = failed
  if (!isGood && first) throw first.error
}

/** Everything in one piece, in order. */
export async function* sortedPieces(
  pieces: AsyncIterable<Piece>,
  keys: readonly SortKey[],
): AsyncGenerator<Piece> {
  const all: Entry[] = []
  let rest: Page['rest'] | undefined
  for await (const piece of pieces) {
    for (const entry of piece.entries) all.push(entry)
    rest ??= piece.rest
    if (all.length > MOST_SORTED) {
      const description = `holds at most ${MOST_SORTED} items, and there are more: narrow the list, or leave it out`
      throw new GatewayError('INVALID_ARGUMENT', {
        message: `sort ${description}.`,
        violations: [{ field: 'sort', description }],
      })
    }
  }
  yield { entries: sorted(all, keys, read), ...(rest ? { rest } : {}) }
}

const read = ({ item, regionId }: Entry): unknown => ({ ...JSON.parse(item.bytes.toString()), regionId })

/** An item's JSON text: Huawei's own bytes, or the fields asked for, with the region behind them. */
export function bytesOf({ item, regionId }: Entry, { pick }: ListAsk): Buffer[] {
  const own = pick
    ? Buffer.from(JSON.stringify(picked(parseExactly(item.bytes.toString()), pick)))
    : item.bytes
  return regionId === undefined ? [own] : bytesWithMember(own, `"regionId":${JSON.stringify(regionId)}`)
}
