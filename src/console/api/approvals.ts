import { queryOptions } from '@tanstack/react-query'
import { askValue } from './client.ts'

/** What an agent wants done; its times are milliseconds since 1970. */
export interface Approval {
  readonly id: string
  /** The gateway token that the agent came with; without one it came with the keys themselves. */
  readonly tokenId?: string
  readonly client: string
  readonly asked: number
  readonly expires: number
  readonly shown: {
    readonly action: 'create' | 'stop' | 'reboot' | 'terminate'
    readonly regionId: string
    readonly count: number
    readonly facts: Readonly<Record<string, unknown>>
  }
}

export type Decision = 'approve' | 'decline'

const PATH = '/api/approvals'
const OFTEN_MS = 3_000

/** What waits for these keys. Two minutes are short, so it is asked for again and again, also behind another tab. */
export const approvalsQuery = () =>
  queryOptions({
    queryKey: ['approvals'],
    queryFn: async ({ signal }) => {
      const { approvals } = (await askValue('GET', PATH, { signal })) as { approvals: readonly Approval[] }
      return approvals.toSorted((a, b) => b.asked - a.asked)
    },
    staleTime: 0,
    refetchInterval: ({ state }) => (state.error ? false : OFTEN_MS),
    refetchIntervalInBackground: true,
  })

export const decide = (id: string, decision: Decision): Promise<unknown> =>
  askValue('POST', PATH, { body: { id, decision } })
