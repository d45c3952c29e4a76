import { type Outside, within } from '../outside.ts'
import { AuditFileError, whyOf } from './audit-file-error.ts'
import type { Commit, Due, Fields } from './group-commit.ts'

export interface AuditQueue {
  /**
   * Resolves to the line's number once it is on the disk. Fails where it cannot be: nothing may be done then. When the
   * signal comes before the line is handed to the disk, there will be none.
   */
  intent(fields: Fields, signal?: AbortSignal): Promise<number>
  /** Written when it can be, and kept until then. */
  outcome(intent: number, fields: Fields): void
  readonly counts: Counts
  /** Waits a moment for outcomes that are still to come, and writes all that is left. */
  close(): Promise<void>
}

export interface Counts {
  /** Lines written. */
  readonly lines: number
  /** Attempts to write that failed. */
  readonly failures: number
  /** Outcomes that are not on the disk yet. */
  readonly owed: number
}

export interface Report {
  /** Said once, however many attempts fail. */
  failing(why: string): void
  recovered(): void
  /** The server ends, and these cannot be written. */
  lost(outcomes: number): void
}

interface Waiting extends Due {
  /** Of an intent; an outcome has nobody waiting for it. */
  readonly settle?: { resolve(seq: number): void; reject(error: unknown): void }
}

const RETRY_MS = 1_000
/** Longer than any disk takes that works, and short enough for the callers: their requests are held meanwhile. */
const LONGEST_COMMIT_MS = 2_000
/** More have never come together while a disk that works was busy. */
const MOST_INTENTS = 1_000
/** Connections to Huawei are cut by then, so each write under way has failed or is about to. */
export const LAST_OUTCOMES_MS = 250

/**
 * Lines in the order they were told. Whatever has gathered while the disk was busy is committed together. After a
 * failure each new intent is an attempt of its own, so the first that succeeds ends the refusing; owed outcomes are
 * tried again by themselves and go before it.
 */
export function auditQueue(
  commit: Commit,
  closeFile: () => Promise<void>,
  outside: Outside,
  report: Report,
): AuditQueue {
  let waiting = new Set<Waiting>()
  /** Of those that wait. */
  let intents = 0
  /** When the commit under way was begun. */
  let busySince: number | undefined
  let working: Promise<void> | undefined
  let isFailing = false
  let isClosed = false
  const counts = { lines: 0, failures: 0, owed: 0 }
  /** Intents whose outcome has not been told. */
  let open = 0
  let allTold: (() => void) | undefined
  let retry: AbortController | undefined

  const dueNow = (fields: Fields): Due => ({ time: new Date(outside.now()).toISOString(), fields })

  function add(one: Waiting): void {
    waiting.add(one)
    if (one.settle) intents += 1
    retry?.abort()
    working ??= work()
  }

  async function work(): Promise<void> {
    do {
      const batch = [...waiting]
      waiting = new Set()
      intents = 0
      busySince = outside.elapsed()
      try {
        const numbers = await commit(batch)
        settle(batch, numbers)
      } catch (error) {
        busySince = undefined
        const owed = fail(batch, error)
        waiting = new Set([...owed, ...waiting])
        const isNews = () => waiting.size > owed.length
        // Also afterwards: even a pause that is none lets others run.
        if (!isNews() && !(await pause()) && !isNews()) break
      }
    } while (waiting.size > 0)
    busySince = undefined
    working = undefined
  }

  /** Why an intent would only wait in vain. */
  function jam(): Error | undefined {
    if (busySince !== undefined && outside.elapsed() - busySince > LONGEST_COMMIT_MS)
      return new AuditFileError('the disk does not answer')
    return intents >= MOST_INTENTS ? new AuditFileError('the disk is too slow') : undefined
  }

  /** Kept until it is on the disk, or refused, or its caller gives it up in time. */
  function enlist(fields: Fields, signal?: AbortSignal): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    const one: Waiting = { ...dueNow({ kind: 'intent', ...fields }), settle: { resolve, reject } }
    const giveUp = () => {
      if (!waiting.delete(one)) return
      intents -= 1
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', giveUp, { once: true })
    add(one)
    return promise.finally(() => signal?.removeEventListener('abort', giveUp))
  }

  function settle(batch: readonly Waiting[], numbers: readonly number[]): void {
    counts.lines += batch.length
    if (isFailing) report.recovered()
    isFailing = false
    batch.forEach(({ settle }, index) => {
      if (settle) open += 1
      else counts.owed -= 1
      settle?.resolve(numbers[index] ?? 0)
    })
  }

  /** Refuses the intents and gives back the outcomes. */
  function fail(batch: readonly Waiting[], error: unknown): Waiting[] {
    counts.failures += 1
    if (!isFailing) report.failing(whyOf(error))
    isFailing = true
    for (const { settle } of batch) settle?.reject(error)
    return batch.filter(({ settle }) => !settle)
  }

  /** Until it is time to try again, or there is news; false where trying again makes no sense. */
  async function pause(): Promise<boolean> {
    if (waiting.size === 0 || isClosed) return false
    retry = new AbortController()
    await outside.sleep(RETRY_MS, retry.signal).catch(() => {})
    retry = undefined
    return true
  }

  return {
    counts,
    async intent(fields, signal) {
      if (isClosed) throw new Error('closed')
      signal?.throwIfAborted()
      const jammed = jam()
      if (jammed) fail([], jammed)
      if (jammed) throw jammed
      return enlist(fields, signal)
    },
    outcome(intent, fields) {
      open -= 1
      counts.owed += 1
      if (isClosed) report.lost(1)
      else add(dueNow({ kind: 'outcome', intent, ...fields }))
      if (open === 0) allTold?.()
    },
    async close() {
      if (open > 0) {
        const told = new Promise<void>((resolve) => {
          allTold = resolve
        })
        await within(told, LAST_OUTCOMES_MS, outside)
      }
      isClosed = true
      retry?.abort()
      await working
      if (waiting.size > 0) report.lost(waiting.size)
      waiting = new Set()
      await closeFile()
    },
  }
}
