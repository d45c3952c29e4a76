import { QueryClient } from '@tanstack/react-query'
import { whenLeaving } from '../session/store.ts'
import { forgetCalls } from './calls.ts'
import { ApiError } from './error.ts'

const MOST_TRIES = 2

/**
 * Only what may be repeated is, and not what says for how long to wait or that the line is lost: there the page shows a
 * countdown, and goes on by itself.
 */
function mayRetry(failures: number, error: unknown): boolean {
  if (!(error instanceof ApiError) || !error.retryable || failures >= MOST_TRIES) return false
  return error.status >= 500 && (error.retryAfter ?? 0) <= 2
}

export const retryDelay = (failures: number, error: unknown): number =>
  error instanceof ApiError && error.retryAfter ? error.retryAfter * 1_000 : 400 * 2 ** failures

export const queryClient: QueryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: mayRetry,
      retryDelay,
      staleTime: 15_000,
      gcTime: 5 * 60_000,
      // A server on this machine answers without a network, too.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})

whenLeaving(() => {
  void queryClient.cancelQueries()
  queryClient.clear()
  forgetCalls()
})
