import Type, { type Static } from 'typebox'
import { Compile } from './check.ts'
import type { Refusal } from './refusal.ts'

const Number_ = Type.Optional(
  Type.Union([Type.String({ pattern: '^\\d{1,6}$' }), Type.Integer({ minimum: 0 })]),
)
const Wanted = Type.Optional(
  Type.Array(Type.Object({ key: Type.String(), values: Type.Optional(Type.Array(Type.String())) })),
)
const Body = Type.Object({
  action: Type.Union([Type.Literal('filter'), Type.Literal('count')]),
  limit: Number_,
  offset: Number_,
  tags: Wanted,
  tags_any: Wanted,
  not_tags: Wanted,
  not_tags_any: Wanted,
  without_any_tag: Type.Optional(Type.Boolean()),
  matches: Type.Optional(Type.Array(Type.Object({ key: Type.String(), value: Type.String() }))),
})
const check = Compile(Body)

export type TagFilter = Omit<Static<typeof Body>, 'limit' | 'offset'> & { limit: number; offset: number }

/** The search by tags that all services have alike. */
export function readTagFilter(body: unknown, refuse: (reason: string) => Refusal): TagFilter {
  if (!check.Check(body)) {
    const [error] = check.Errors(body)
    const place = (error?.instancePath ?? '').slice(1) || 'body'
    throw refuse(`The request parameter ${place} is invalid: ${error?.message ?? 'unknown'}.`)
  }
  if (body.matches?.some(({ key }) => key !== 'resource_name'))
    throw refuse('matches knows resource_name only.')
  const limit = Number(body.limit ?? 1_000)
  if (limit < 1 || limit > 1_000) throw refuse('limit must be from 1 to 1000.')
  return { ...body, limit, offset: Number(body.offset ?? 0) }
}

type Tags = readonly { readonly key: string; readonly value: string }[]
type Wish = { readonly key: string; readonly values?: readonly string[] | undefined }

/** Of the values of one key any will do; no values at all mean the key alone. */
export function isTagged(filter: TagFilter, name: string, tags: Tags): boolean {
  const has = ({ key, values = [] }: Wish) =>
    tags.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value)))
  const { tags: all = [], tags_any = [], not_tags = [], not_tags_any = [], matches = [] } = filter
  return (
    all.every(has) &&
    (tags_any.length === 0 || tags_any.some(has)) &&
    (not_tags.length === 0 || !not_tags.every(has)) &&
    !not_tags_any.some(has) &&
    (!filter.without_any_tag || tags.length === 0) &&
    matches.every(({ value }) => name.includes(value))
  )
}
