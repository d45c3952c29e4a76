import type { UseQueryResult } from '@tanstack/react-query'
import { type ApiError, asApiError } from '../../api/error.ts'
import type { Listed } from '../../api/list.ts'
import type { Server } from '../../api/schema.ts'
import { type Tally, tallyOf } from './tally.ts'

/** What is known of one region so far. */
export interface RegionRow {
  regionId: string
  /** Nothing while it has not answered. */
  tally: Tally | undefined
  /** Why there is nothing, or nothing newer. */
  error: ApiError | undefined
  /** Where its list ends before its end. */
  cut: ApiError | 'too-many' | undefined
  isAsking: boolean
  retry: () => void
}

const tallies = new WeakMap<Listed<Server>, Tally>()

export function rowOf(
  regionId: string,
  { data, error, isFetching, refetch }: UseQueryResult<Listed<Server>>,
): RegionRow {
  return {
    regionId,
    tally: data && onceTallied(data),
    error: error ? asApiError(error) : data?.failures[0]?.error,
    cut: data?.cut,
    isAsking: isFetching,
    retry: () => void refetch(),
  }
}

function onceTallied(list: Listed<Server>): Tally {
  const tally = tallies.get(list) ?? tallyOf(list.items)
  tallies.set(list, tally)
  return tally
}

/** The error of all, where nothing at all came and every region says the same. */
export function commonError(rows: readonly RegionRow[]): ApiError | undefined {
  const first = rows[0]?.error
  const isCommon = rows.every(
    ({ tally, error }) =>
      tally === undefined && error?.status === first?.status && error?.reason === first?.reason,
  )
  return isCommon ? first : undefined
}
