import type { Approvals } from './gateway/approvals.ts'
import type { OfFirst } from './worker-words.ts'
import type { Line } from './workers/line.ts'

/** What waits for a person's yes is kept by the first process: any worker may be asked, and any may be told. */
export const workerApprovals = (line: Line<OfFirst>): Approvals => ({
  ask: (wish) => line.ask('approvalAsk', wish),
  list: (whose) => line.ask('approvalList', whose),
  decide: (decision) => line.ask('approvalDecide', decision),
  use: (what) => line.ask('approvalUse', what),
  ended: (which, signal) => line.ask('approvalEnded', which, signal),
})
