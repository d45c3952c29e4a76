import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { asApiError } from '../../api/error.ts'
import { ErrorState } from '../../parts/error-state.tsx'

/** Something done to the sandbox; all that is shown of it is asked anew. `everything` where the whole world changed. */
export function useDoor<T>(
  act: (given: T) => Promise<unknown>,
  { everything = false, onDone }: { everything?: boolean; onDone?: () => void } = {},
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: act,
    onSuccess: () => {
      onDone?.()
      return client.invalidateQueries(everything ? {} : { queryKey: ['sandbox'] })
    },
  })
}

export function DoorError({ of }: { of: Pick<UseMutationResult<unknown, Error, never>, 'error'> }) {
  return of.error && <ErrorState error={asApiError(of.error)} isInline />
}
