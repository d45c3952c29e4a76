import type { Column } from '../api-row.ts'
import { safeJson } from './safe-text.ts'
import { columnsOf, inside, table } from './table.ts'

export const FORMS = ['table', 'json', 'yaml', 'ndjson'] as const
export type Form = (typeof FORMS)[number]

export interface Shown {
  /** The whole answer. */
  readonly value: unknown
  /** Where in it the items are; undefined: it is one thing. */
  readonly holds?: string | undefined
  readonly columns: readonly Column[]
}

/** Data as it goes to stdout. */
export async function written(form: Form, { value, holds, columns }: Shown): Promise<string> {
  if (form === 'json') return `${safeJson(value, 2)}\n`
  if (form === 'yaml') return (await import('./yaml.ts')).yamlOf(value)
  const held = holds === undefined ? value : inside(value, holds)
  const items = Array.isArray(held) ? held : [held]
  if (form === 'ndjson') return items.map((item) => `${safeJson(item)}\n`).join('')
  if (items.length > 0 && items.every((item) => typeof item !== 'object' || item === null))
    return items.map((item) => `${table([{ item }], [['', 'item']]).trim()}\n`).join('')
  if (!Array.isArray(held) && columns.length === 0) return table(pairsOf(held), PAIR)
  const used = columns.length > 0 ? columns : columnsOf(items)
  return used.length > 0 ? table(items, used) : ''
}

const PAIR: readonly Column[] = [
  ['NAME', 'name'],
  ['VALUE', 'value'],
]

/** One thing without columns of its own: what is in it, a line each. */
function pairsOf(value: unknown, before = ''): { name: string; value: unknown }[] {
  return Object.entries(Object(value)).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? pairsOf(inner, `${before}${name}.`)
      : [{ name: `${before}${name}`, value: inner }],
  )
}
