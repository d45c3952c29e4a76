import type { Schema } from './types.ts'

/** A field as a table shows it: `nics[].subnetId`, what it is, what it means. */
export interface FieldRow {
  name: string
  required: boolean
  type: string
  meaning: string
}

/** All fields of an object, inner ones after their owner. Named shapes are told elsewhere, once. */
export function fieldRows(schema: Schema, before = ''): FieldRow[] {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(properties).flatMap(([name, field]) => [
    {
      name: `${before}${name}`,
      required: required.includes(name),
      type: typeOf(field),
      meaning: meaningOf(field),
    },
    ...innerRows(field, `${before}${name}`),
  ])
}

function innerRows(schema: Schema, name: string): FieldRow[] {
  const { items, anyOf, oneOf } = schema as { items?: Schema; anyOf?: Schema[]; oneOf?: Schema[] }
  if (items) return innerRows(items, `${name}[]`)
  const ways = anyOf ?? oneOf
  if (ways) return ways.flatMap((way) => innerRows(way, name))
  return schema.properties ? fieldRows(schema, `${name}.`) : []
}

/** In a few words, with links to named shapes. */
export function typeOf(schema: Schema): string {
  const { $ref, type, items, anyOf, oneOf, additionalProperties } = schema
  if (typeof $ref === 'string') return named($ref.split('/').at(-1) ?? '')
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => `\`${value}\``).join(', ')
  const ways = (anyOf ?? oneOf) as Schema[] | undefined
  if (ways) return [...new Set(ways.map(typeOf))].join(' or ')
  if (Array.isArray(schema.prefixItems) && items)
    return `${schema.prefixItems.map(typeOf).join(', ')}, then any of ${typeOf(items as Schema)}`
  if (items) return `${typeOf(items as Schema)}[]`
  if (type === 'object' && typeof additionalProperties === 'object')
    return `map of ${typeOf(additionalProperties as Schema)}`
  return [type ?? 'any'].flat().join(' or ')
}

const named = (name: string) => (name === 'Id' ? 'id' : `[${name}](#${name.toLowerCase()})`)

const meaningOf = ({ description, items }: Schema): string => {
  const said = description ?? (items as Schema | undefined)?.description
  return typeof said === 'string' ? said.replaceAll(/\s*\n\s*/g, ' ') : ''
}

export function fieldTable(rows: readonly FieldRow[], head = 'field'): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line([head, 'type', 'meaning']),
    '|---|---|---|',
    ...rows.map(({ name, required, type, meaning }) =>
      line([`\`${name}\`${required ? ' \\*' : ''}`, cell(type), cell(meaning)]),
    ),
  ].join('\n')
}

const cell = (text: string) => text.replaceAll('|', '\\|')
