import { LAST_OUTCOMES_MS } from './audit/queue.ts'
import type { Audit } from './gateway/audit-trail.ts'
import type { Logger } from './gateway/log.ts'
import { type Outside, within } from './outside.ts'
import type { OfFirst } from './worker-words.ts'
import type { Line } from './workers/line.ts'

/** The first process counts lines, for all. */
const NONE = { lines: 0, failures: 0, owed: 0 }

/** The audit of a worker: the first process writes its lines, and says when an intent is on the disk. */
export function workerAudit(
  line: Line<OfFirst>,
  outside: Pick<Outside, 'sleep'>,
  log: Logger,
): Audit & { close(): Promise<void> } {
  /** Intents whose outcome has not been told. */
  let open = 0
  let allTold = () => {}
  let isClosed = false
  return {
    counts: NONE,
    async intent(fields, signal) {
      const seq = await line.ask('intent', fields, signal)
      open += 1
      return seq
    },
    outcome(intent, fields) {
      open -= 1
      if (isClosed) log.error({ outcomes: 1 }, 'outcomes are missing in the audit file')
      else line.tell('outcome', { intent, fields })
      if (open === 0) allTold()
    },
    async close() {
      if (open > 0) {
        const told = new Promise<void>((resolve) => {
          allTold = resolve
        })
        await within(told, LAST_OUTCOMES_MS, outside)
      }
      isClosed = true
      await line.ask('heard', undefined)
    },
  }
}
