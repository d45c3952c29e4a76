import Type, { type TObject } from 'typebox'
import type { Operation } from '../../huaweicloud/operation.ts'
import { noFields } from '../fields.ts'
import { type List, passesOn, type Route, route } from '../route.ts'

/** What a list says of itself; the rest is the same for all lists. */
export interface ListRow extends Pick<Route, 'path' | 'name' | 'tag' | 'summary'> {
  operation: Operation
  item: TObject
  /** Where the path has names in braces: how they are said in Huawei's. */
  asked?: NonNullable<List['asked']>
  narrowedBy?: string
  more?: Partial<Pick<Route, 'needs' | 'description' | 'example' | 'fields' | 'cached'>>
}

/** A list of Huawei's, passed on: its parameters go in as they are, its answer comes out as it is. */
export function listRoute({ operation, item, asked, narrowedBy, more, ...row }: ListRow): Route {
  const { listing, service } = operation
  if (!listing) throw new TypeError(`${operation.name} is no list`)
  return route({
    method: 'GET',
    scope: 'read',
    needs: 'regional',
    service,
    fields: noFields,
    list: { operation, item, ...(asked ? { asked } : {}), ...(narrowedBy ? { narrowedBy } : {}) },
    value: Type.Object({ [listing.items]: Type.Array(item) }),
    example: {},
    ...row,
    ...more,
    ...passesOn(({ passed, fields }) => {
      const { query = [], ...path } = asked?.(fields as Record<string, string>) ?? {}
      return { operation, ...path, query: [...query, ...passed] }
    }),
  })
}
