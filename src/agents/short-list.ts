import Type from 'typebox'
import type { Told, Use } from './tool.ts'

const USUAL = 20
const MOST = 200

/** What every list takes beside its own. */
export const listFields = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MOST, description: `Items at once, ${USUAL} if left out.` }),
  ),
  from: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Where to go on: `nextFrom` of the last answer.' }),
  ),
  fields: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 128 }), {
      maxItems: 20,
      description: 'Further fields of the items, by the names of Huawei Cloud.',
    }),
  ),
}

export type Item = Readonly<Record<string, unknown>>

export interface Listed {
  readonly path: string
  /** Where the answer has the items. */
  readonly items: string
  /** Facts that are told unasked. */
  readonly facts: readonly string[]
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly keeps?: (item: Item) => boolean
  /** What an item is told as, where its own form is long-winded. */
  readonly brief?: (item: Item) => Item
  readonly more: { limit?: number; from?: number; fields?: string[]; regionId?: string }
}

/** All there are are counted, and a few of them told. */
export async function shortList(
  { path, items, facts, query = {}, keeps = () => true, brief = (item) => item, more }: Listed,
  { call, manners }: Use,
): Promise<Told> {
  const { limit = USUAL, from = 0, fields = [], regionId = manners.regionId } = more
  const value = await call({
    method: 'GET',
    path,
    query: { ...query, regionId, all: true, fields: [...new Set([...facts, ...fields])].join(',') },
  })
  const found = (Array.isArray(value[items]) ? value[items] : []).filter(keeps)
  const told = found.slice(from, from + limit).map(brief)
  const isMore = from + told.length < found.length
  return {
    data: {
      total: found.length,
      [items]: told,
      ...(isMore ? { nextFrom: from + told.length } : {}),
      ...(isFilled(value.errors) ? { errors: value.errors } : {}),
    },
    ...(isMore ? { next: 'There are more: call again with from, or narrow it down.' } : {}),
  }
}

/** Whether a text is in another, however it is written. */
export const contains = (text: unknown, part: string | undefined): boolean =>
  part === undefined ||
  String(text ?? '')
    .toLowerCase()
    .includes(part.toLowerCase())

const isFilled = (value: unknown): value is unknown[] => Array.isArray(value) && value.length > 0
