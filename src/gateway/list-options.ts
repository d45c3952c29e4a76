import type { IncomingHttpHeaders } from 'node:http'
import Type, { type TObject, type TSchema } from 'typebox'
import { nearest } from '../nearest.ts'
import type { Violation } from './errors.ts'

const NAME = '[^,\\s-][^,\\s]{0,127}'

/** More would be work for us and of no use to anybody: an order of nine fields is that of eight. */
const MOST_SORTED_BY = 8
const MOST_FIELDS = 64

/** What every list takes beside its own parameters. Any of them means that Huawei's answer is read. */
export const listOptions = {
  all: Type.Optional(
    Type.Boolean({ description: 'true follows all pages and answers one list, each item once.' }),
  ),
  fields: Type.Optional(
    Type.String({
      pattern: `^${NAME}(?:,${NAME}){0,${MOST_FIELDS - 1}}$`,
      description: `up to ${MOST_FIELDS} names of fields, separated by commas, inner ones with dots: id,flavor.vcpus`,
    }),
  ),
  sort: Type.Optional(
    Type.String({
      pattern: `^-?${NAME}(?:,-?${NAME}){0,${MOST_SORTED_BY - 1}}$`,
      description: `up to ${MOST_SORTED_BY} names of fields to sort by, separated by commas, with - before those that descend`,
    }),
  ),
}

export interface SortKey {
  readonly path: string
  readonly descends: boolean
}

/** How a list is to be answered, when not as it comes. */
export interface ListAsk {
  readonly all: boolean
  /** Nothing but these fields of each item. */
  readonly pick?: readonly string[]
  readonly sort?: readonly SortKey[]
  /** One item a line. */
  readonly lines: boolean
}

/** Undefined where nothing is asked for that needs reading: then Huawei's bytes pass untouched. */
export function listAskOf(
  { all, fields, sort }: Readonly<Record<string, unknown>>,
  headers: IncomingHttpHeaders,
  severalRegions: boolean,
): ListAsk | undefined {
  const lines = wantsLines(headers.accept)
  const isPlain = all !== true && fields === undefined && sort === undefined && !lines && !severalRegions
  if (isPlain) return undefined
  return {
    all: all === true,
    lines,
    ...(typeof fields === 'string' ? { pick: fields.split(',') } : {}),
    ...(typeof sort === 'string' ? { sort: sort.split(',').map(sortKey) } : {}),
  }
}

/** Whether NDJSON is among what is accepted, and not with a weight of 0 (RFC 9110, section 12.5.1). */
const wantsLines = (accept = '') =>
  accept
    .split(',')
    .some(
      (range) =>
        /^\s*application\/x-ndjson\s*(?:;|$)/i.test(range) && !/;\s*q=0(?:\.0*)?\s*(?:;|$)/i.test(range),
    )

const sortKey = (name: string): SortKey =>
  name.startsWith('-') ? { path: name.slice(1), descends: true } : { path: name, descends: false }

/** Names in `fields` and `sort` that these items do not have. */
export function unknownFields(
  { fields, sort }: Readonly<Record<string, unknown>>,
  item: TObject,
  severalRegions: boolean,
): Violation[] {
  const known = [...Object.keys(item.properties), ...(severalRegions ? ['regionId'] : [])]
  const check = (field: string, paths: readonly string[]) =>
    paths.slice(0, MOST_FIELDS).flatMap((path, index) => {
      if (paths.indexOf(path) < index)
        return [{ field: `${field}[${index}]`, description: 'is given more than once' }]
      if (path === '' || (severalRegions && path === 'regionId') || has(item, path)) return []
      const [best] = nearest(path, known, 1)
      const hint = best ? `; did you mean ${best}?` : `: they have ${known.join(', ')}`
      return [{ field: `${field}[${index}]`, description: `is no field of these items${hint}` }]
    })
  return [
    ...(typeof fields === 'string' ? check('fields', fields.split(',')) : []),
    ...(typeof sort === 'string'
      ? check(
          'sort',
          sort.split(',').map((name) => sortKey(name).path),
        )
      : []),
  ]
}

/** Whether a path leads anywhere, as far as the schema tells; below what is not described, everywhere. */
function has(schema: TSchema, path: string): boolean {
  const { type, properties, patternProperties, additionalProperties } = inner(schema)
  if (!properties && !patternProperties) return type === undefined || type === 'object'
  const dot = path.indexOf('.')
  const step = dot < 0 ? path : path.slice(0, dot)
  const below = properties && Object.hasOwn(properties, step) ? properties[step] : undefined
  if (below) return dot < 0 || has(below, path.slice(dot + 1))
  return (
    typeof additionalProperties === 'object' ||
    Object.keys(patternProperties ?? {}).some((pattern) => new RegExp(pattern).test(step))
  )
}

interface Described {
  type?: string
  properties?: Record<string, TSchema>
  patternProperties?: Record<string, TSchema>
  additionalProperties?: unknown
}

/** The object behind a list or a "this or null". */
function inner(schema: TSchema): Described {
  const { items, anyOf } = schema as { items?: TSchema; anyOf?: TSchema[] }
  if (items) return inner(items)
  const said = anyOf?.filter((member) => (member as Described).type !== 'null')
  const object = said?.find((member) => 'properties' in inner(member)) ?? said?.[0]
  return (object ? inner(object) : schema) as Described
}
