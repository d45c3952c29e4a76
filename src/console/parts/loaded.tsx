import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { asApiError } from '../api/error.ts'
import { ErrorState } from './error-state.tsx'
import { LoadingState } from './loading-state.tsx'

interface Props<T> {
  query: UseQueryResult<T>
  children: (data: T) => ReactNode
  loading?: ReactNode
}

/** What a query holds; its skeleton before, and what went wrong in its place, or above what there is already. */
export function Loaded<T>({ query, children, loading }: Props<T>) {
  const { data, error, isPending, refetch } = query
  const failed = error && (
    <ErrorState error={asApiError(error)} onRetry={() => void refetch()} isInline={data !== undefined} />
  )
  if (data === undefined) return failed || (isPending ? (loading ?? <LoadingState />) : null)
  return (
    <>
      {failed}
      {children(data)}
    </>
  )
}
