import { ref } from './schema.ts'
import type { Schema } from './types.ts'

/** Shorter ones are easier read where they stand. */
const WORTH_A_NAME = 200

/** Says more by what is in it. */
const ENVELOPE = 'Data'

/**
 * Gives the objects that stand in several places a name, so that the document holds them once: their
 * `title`, or else the field they were first met under.
 */
export function withNames<Document>(
  document: Document,
  taken: readonly string[] = [],
): {
  document: Document
  schemas: Record<string, Schema>
} {
  const found = new Map<string, { times: number; name: string }>()
  eachSchema(document, function count(schema, name): void {
    const text = keyOf(schema)
    const known = found.get(text)
    if (known) known.times += 1
    else if (name === ENVELOPE) within(schema, count)
    else {
      found.set(text, { times: 1, name: typeof schema.title === 'string' ? schema.title : name })
      within(schema, count) // what only stands in a shared object stands there once
    }
  })

  const names = new Map<string, string>()
  const schemas: Record<string, Schema> = {}
  const shared = [...found].filter(([text, { times }]) => times > 1 && text.length >= WORTH_A_NAME)
  for (const [text, { name }] of shared) {
    const free = [name, ...Array.from({ length: 99 }, (_, at) => `${name}${at + 2}`)]
    names.set(text, free.find((candidate) => ![...taken, ...names.values()].includes(candidate)) ?? name)
  }
  const named = (schema: Schema): Schema => {
    const name = names.get(keyOf(schema))
    if (name === undefined) return mapWithin(schema, named)
    const { title: _, ...rest } = schema
    schemas[name] ??= mapWithin(rest, named)
    return ref('schemas', name)
  }
  return { document: mapSchemas(document, (schema) => mapWithin(schema, named)) as Document, schemas }
}

const keyOf = ({ title: _, ...schema }: Schema) => JSON.stringify(schema)

/** `nics` → `Nic`, `addresses` → `Address`. */
export function nameAfter(field: string): string {
  const word = field.replace(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())
  const one = word
    .replace(/ies$/, 'y')
    .replace(/(s|x|z|ch|sh)es$/, '$1')
    .replace(/([^su])s$/, '$1')
  return one.charAt(0).toUpperCase() + one.slice(1)
}

type Visit = (schema: Schema, name: string) => void
type Change = (schema: Schema) => Schema

const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems']
const SINGLE = ['items', 'additionalProperties', 'not']

/** The schemas right inside a schema, each with the field they belong to. */
function within(schema: Schema, visit: Visit, under = 'Value'): void {
  for (const [keyword, value] of Object.entries(schema)) {
    if (typeof value !== 'object' || value === null) continue
    if (keyword === 'properties')
      for (const [name, field] of Object.entries(value)) seen(field as Schema, nameAfter(name), visit)
    if (LISTS.includes(keyword)) for (const one of value as Schema[]) seen(one, under, visit)
    if (SINGLE.includes(keyword)) seen(value as Schema, under, visit)
  }
}

function seen(schema: Schema, name: string, visit: Visit): void {
  if (schema.properties !== undefined) visit(schema, name)
  else within(schema, visit, name)
}

function mapWithin(schema: Schema, change: Change): Schema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (typeof value !== 'object' || value === null) return [keyword, value]
      if (keyword === 'properties') {
        const fields = Object.entries(value).map(([name, field]) => [name, changed(field as Schema, change)])
        return [keyword, Object.fromEntries(fields)]
      }
      if (LISTS.includes(keyword)) return [keyword, (value as Schema[]).map((one) => changed(one, change))]
      if (SINGLE.includes(keyword)) return [keyword, changed(value as Schema, change)]
      return [keyword, value]
    }),
  )
}

const changed = (schema: Schema, change: Change): Schema =>
  schema.properties !== undefined ? change(schema) : mapWithin(schema, change)

/** Whatever stands inside a `schema` of a document; examples are not looked into. */
function eachSchema(node: unknown, visit: Visit): void {
  mapSchemas(node, (schema) => {
    within(schema, visit)
    return schema
  })
}

function mapSchemas(node: unknown, change: Change): unknown {
  if (Array.isArray(node)) return node.map((one) => mapSchemas(one, change))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key === 'example') return [key, value]
      return [key, key === 'schema' ? change(value as Schema) : mapSchemas(value, change)]
    }),
  )
}
