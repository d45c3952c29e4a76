import { expect } from 'vitest'
import { answers, type Kept, type Row } from './row.ts'

const pair = { key: 'env', value: 'contract' }

/**
 * The life of a tag, which every service tells alike but for names: of one thing, as `things` says its operations,
 * `id` the path's parameter and `kept` where an earlier row kept its id.
 */
export function tagRows(thing: string, resource: string, id: string, kept: string, things: string): Row[] {
  const of = (more: object) => (seen: Kept) => ({ [id]: seen[kept], ...more })
  return [
    answers(`Create${resource}Tag`, of({ body: { tag: pair } }), {}, 204),
    answers(`Show${thing}Tags`, of({}), ({ tags }) => expect(tags).toEqual([pair])),
    answers(
      `BatchCreate${thing}Tags`,
      of({ body: { action: 'create', tags: [{ key: 'team', value: 'a' }] } }),
      {},
      204,
    ),
    answers(`List${thing}Tags`, {}, ({ tags }) =>
      expect(tags).toContainEqual({ key: 'team', values: ['a'] }),
    ),
    answers(
      `List${things}ByTags`,
      { body: { action: 'filter', limit: 10, offset: 0, tags: [{ key: 'team', values: ['a'] }] } },
      ({ resources, total_count }, seen) => {
        expect(total_count).toBe(1)
        expect(resources[0].resource_id).toBe(seen[kept])
      },
    ),
    answers(`Delete${thing}Tag`, of({ key: 'env' }), {}, 204),
  ]
}
