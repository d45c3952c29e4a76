import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useRef } from 'react'
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
  // A query without data forgets its error while it is tried again; what is shown of it stays until the outcome is known.
  const last = useRef<Error | null>(null)
  if (error || data !== undefined) last.current = error
  const failed = last.current && (
    <ErrorState
      error={asApiError(last.current)}
      onRetry={() => void refetch()}
      isInline={data !== undefined}
    />
  )
  if (data === undefined) return failed || (isPending ? (loading ?? <LoadingState />) : null)
  return (
    <>
      {failed}
      {children(data)}
    </>
  )
}
