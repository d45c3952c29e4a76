import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ApiError, asApiError } from '../../api/error.ts'

/** A write that the lists of networks and the quotas are asked anew after, even when its outcome is not known. */
export function useWrite<V>(write: (given: V) => Promise<unknown>, onDone: () => void) {
  const client = useQueryClient()
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: write,
    onSuccess: onDone,
    onSettled: () => {
      for (const name of ['listVpcs', 'listSubnets', 'listSecurityGroups', 'showQuotas']) {
        void client.invalidateQueries({ queryKey: [name] })
      }
    },
  })
  const failure: ApiError | null = error && asApiError(error)
  return {
    mutate,
    reset,
    isBusy: isPending,
    error: failure,
    saidOf: (field: string) => failure?.fieldViolations.find((one) => one.field === field)?.description,
  }
}
