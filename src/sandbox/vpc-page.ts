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

const MOST = 2_000

/** The third version says where the page lies among the others; the last one has no next marker. */
export function pageWithInfo<Row extends { id: string }>(
  rows: readonly Row[],
  query: Query,
  code: string,
): { page: readonly Row[]; page_info: Record<string, string | number> } {
  const limit = query.whole('limit', MOST)
  if (limit === undefined || limit > MOST) throw new Refusal(400, code, 'The limit is invalid.')
  const page = pageAfterMarker(rows, query, code).slice(0, limit)
  const [first] = page
  const last = page.at(-1)
  const page_info = {
    ...(first ? { previous_marker: first.id } : {}),
    current_count: page.length,
    ...(last && last !== rows.at(-1) ? { next_marker: last.id } : {}),
  }
  return { page, page_info }
}
