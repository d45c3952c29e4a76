import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type Approval, approvalsQuery, type Decision, decide } from '../../api/approvals.ts'
import { type ApiError, asApiError } from '../../api/error.ts'

export type End = Decision | 'late' | 'used' | 'gone'

export interface Ended {
  readonly approval: Approval
  readonly end: End
}

const MOST_KEPT = 20

/** Refusals after which it waits no longer. */
const ENDS: Readonly<Record<string, End>> = {
  APPROVAL_LATE: 'late',
  APPROVAL_USED: 'used',
  APPROVAL_UNKNOWN: 'gone',
}

/** What a person decides on, and what became of all that waited while the page was open. */
export function useDecisions(waiting: readonly Approval[]) {
  const client = useQueryClient()
  const [ended, setEnded] = useState<readonly Ended[]>([])
  const last = useRef<readonly Approval[]>([])
  const tell = (approval: Approval, end: End) =>
    setEnded((before) => [{ approval, end }, ...without(before, approval)].slice(0, MOST_KEPT))

  useEffect(() => {
    const gone = last.current.filter(({ id }) => !waiting.some((one) => one.id === id))
    last.current = waiting
    // What was decided here is told already.
    setEnded((before) => {
      const untold = gone.filter((approval) => without(before, approval).length === before.length)
      return [...untold.map((approval) => ({ approval, end: 'gone' as const })), ...before].slice(
        0,
        MOST_KEPT,
      )
    })
  }, [waiting])

  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: ({ approval, decision }: { approval: Approval; decision: Decision }) =>
      decide(approval.id, decision),
    onSuccess: (_, { approval, decision }) => tell(approval, decision),
    onError: (thrown, { approval }) => {
      const end = ENDS[asApiError(thrown).reason]
      if (end) tell(approval, end)
    },
    onSettled: () => client.invalidateQueries({ queryKey: approvalsQuery().queryKey }),
  })
  const failure: ApiError | null = error && asApiError(error)
  return {
    ended,
    decide: (approval: Approval, decision: Decision) => mutate({ approval, decision }),
    /** The one that is being decided. */
    busy: isPending ? variables.approval.id : undefined,
    failureOf: ({ id }: Approval) =>
      failure && !ENDS[failure.reason] && variables?.approval.id === id ? failure : undefined,
  }
}

const without = (all: readonly Ended[], { id }: Approval) => all.filter(({ approval }) => approval.id !== id)
