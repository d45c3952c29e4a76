import type { IncomingHttpHeaders } from 'node:http'
import Type, { type TObject, type TSchema } from 'typebox'
import { nearest } from '../nearest.ts'
import type { Violation } from './errors.ts'

const NAMES = '[^,\\s]{1,128}'

/** What every list takes beside its own parameters. Any of them means that Huawei's answer is read. */
export const listOptions = {
  all: Type.Optional(
    Type.Boolean({ description: 'true follows all pages and answers one list, each item once.' }),
  ),
  fields: Type.Optional(
    Type.String({
      pattern: `^${NAMES}(?:,${NAMES})*$`,
      description: 'names of fields, separated by commas, inner ones with dots: id,flavor.vcpus',
    }),
  ),
  sort: Type.Optional(
    Type.String({
      pattern: `^-?${NAMES}(?:,-?${NAMES})*$`,
      description: 'names of fields to sort by, separated by commas, with - before those that descend',
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
  const lines = /(?:^|,)\s*application\/x-ndjson\s*(?:;|,|$)/i.test(headers.accept ?? '')
  const isPlain = all !== true && fields === undefined && sort === undefined && !lines && !severalRegions
  if (isPlain) return undefined
  return {
    all: all === true,
    lines,
    ...(typeof fields === 'string' ? { pick: fields.split(',') } : {}),
    ...(typeof sort === 'string' ? { sort: sort.split(',').map(sortKey) } : {}),
  }
}

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
    paths.flatMap((path, index) => {
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
