import { type QueryKey, queryOptions } from '@tanstack/react-query'
import { type Listed, listed } from './list.ts'

type Operation = Parameters<typeof listed>[0]

/**
 * A list over one, several or all regions as a query. The first time it grows while regions answer; later the old items
 * stay until the new ones are whole.
 */
export function listQuery<T>(
  operation: Operation,
  regions: readonly string[],
  more: { query?: Readonly<Record<string, string | undefined>>; staleTime?: number } = {},
) {
  const regionId = regions.length === 0 ? '*' : regions.join(',')
  const queryKey: QueryKey = [operation, regionId, more.query ?? {}]
  return queryOptions<Listed<T>>({
    queryKey,
    ...(more.staleTime === undefined ? {} : { staleTime: more.staleTime }),
    queryFn: async ({ signal, client }) => {
      const isFirst = client.getQueryData<Listed<T>>(queryKey) === undefined
      let last: Listed<T> | undefined
      for await (const seen of listed<T>(operation, { ...more.query, regionId }, signal)) {
        last = seen
        if (isFirst && !seen.isWhole) client.setQueryData(queryKey, seen)
      }
      if (!last) throw new TypeError('a list ended before it began')
      return last
    },
    // Thousands of items need no comparing one by one.
    structuralSharing: false,
  })
}
