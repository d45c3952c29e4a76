import fc from 'fast-check'
import type { TSchema } from 'typebox'

/** The part of JSON Schema that our routes are written in. */
interface Schema {
  type?: string
  pattern?: string
  minLength?: number
  enum?: readonly unknown[]
  anyOf?: readonly Schema[]
  minimum?: number
  maximum?: number
  items?: Schema
  minItems?: number
  properties?: Record<string, Schema>
  required?: readonly string[]
  patternProperties?: Record<string, Schema>
}

/** Values that a schema takes. */
export const soundFor = (schema: TSchema): fc.Arbitrary<unknown> => sound(schema as Schema)

function sound(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(sound))
  const { minimum: min = -(2 ** 31), maximum: max = 2 ** 31 } = schema
  switch (schema.type) {
    case 'string':
      return text(schema)
    case 'integer':
      return fc.integer({ min: Math.ceil(min), max: Math.floor(max) })
    case 'number':
      return fc.double({ min, max, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(sound(schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 3 })
    case 'object':
      return object(schema)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

const text = ({ pattern, minLength = 0 }: Schema) =>
  pattern === undefined || pattern.includes('(?') // assertions are more than the library can turn round
    ? fc.oneof(
        fc.string({ minLength, maxLength: 20 }),
        fc.string({ unit: 'grapheme', minLength, maxLength: 8 }),
      )
    : fc.stringMatching(new RegExp(pattern), { maxLength: 64 })

function object({ properties = {}, required = [], patternProperties }: Schema): fc.Arbitrary<unknown> {
  const [others] = Object.values(patternProperties ?? {})
  if (others) return fc.dictionary(fc.string({ minLength: 1, maxLength: 12 }), sound(others), { maxKeys: 3 })
  return fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, sound(schema)])),
    { requiredKeys: [...required] },
  )
}
