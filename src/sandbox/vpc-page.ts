import type { Query } from './query.ts'
import { Refusal } from './refusal.ts'

/** All rows without a limit; with one, so many after the marker. The answer does not say whether more come. */
export function pageAfterMarker<Row extends { id: string }>(
  rows: readonly Row[],
  query: Query,
  code: string,
): readonly Row[] {
  const limit = query.whole('limit', rows.length)
  if (limit === undefined) throw new Refusal(400, code, 'The limit is invalid.')
  const marker = query.get('marker')
  const at = marker === undefined ? -1 : rows.findIndex(({ id }) => id === marker)
  if (marker !== undefined && at < 0) throw new Refusal(400, code, 'The marker is invalid.')
  return rows.slice(at + 1, at + 1 + limit)
}
