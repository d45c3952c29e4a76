import { ID_FORM, ID_PATTERN } from '../fields.ts'
import type { Schema } from './types.ts'

export const ref = (kind: 'schemas' | 'parameters' | 'headers' | 'responses', name: string) => ({
  $ref: `#/components/${kind}/${name}`,
})

export const idSchema: Schema = { type: 'string', pattern: ID_PATTERN.source, description: ID_FORM }

/**
 * A schema of ours as the document shows it: ids by reference, "or null" as a second type, maps without a
 * pattern. It accepts the same values.
 */
export function plain(schema: unknown): Schema {
  const copy: unknown = JSON.parse(JSON.stringify(schema))
  return tidied(copy) as Schema
}

function tidied(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tidied)
  if (typeof node !== 'object' || node === null) return node
  const schema = node as Schema
  if (schema.pattern === ID_PATTERN.source) {
    return { ...ref('schemas', 'Id'), ...(schema.title ? { description: `${schema.title}.` } : {}) }
  }
  const { anyOf, patternProperties, ...rest } = mapped(schema)
  const nullable = orNull(anyOf)
  const anything = patternProperties && Reflect.get(Object(patternProperties), '^.*$')
  return {
    ...rest,
    ...(nullable ?? (anyOf ? { anyOf } : {})),
    ...(anything ? { additionalProperties: anything } : patternProperties ? { patternProperties } : {}),
  }
}

/** Names of fields are no keywords: a field may well be called `pattern`. */
function mapped(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [
      keyword,
      keyword === 'properties' || keyword === 'patternProperties'
        ? Object.fromEntries(Object.entries(value as Schema).map(([name, field]) => [name, tidied(field)]))
        : tidied(value),
    ]),
  )
}

function orNull(anyOf: unknown): Schema | undefined {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return undefined
  const [other, empty] = anyOf as [Schema, Schema]
  const isSimple = typeof other.type === 'string' && other.enum === undefined && other.const === undefined
  return empty.type === 'null' && isSimple ? { ...other, type: [other.type, 'null'] } : undefined
}
