import type { Audit } from './gateway/audit-trail.ts'
import type { Logger } from './gateway/log.ts'
import type { Outside } from './outside.ts'
import type { OfFirst } from './worker-words.ts'
import type { Line } from './workers/line.ts'

/** The first process counts lines, for all. */
const NONE = { lines: 0, failures: 0, owed: 0 }
/** As long as the first process would wait for its own: see `audit/queue.ts`. */
const LAST_OUTCOMES_MS = 250

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
        const enough = new AbortController()
        const told = new Promise<void>((resolve) => {
          allTold = resolve
        })
        await Promise.race([told, outside.sleep(LAST_OUTCOMES_MS, enough.signal).catch(() => {})])
        enough.abort()
      }
      isClosed = true
      await line.ask('heard', undefined)
    },
  }
}
