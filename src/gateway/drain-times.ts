/** The part of its time after which whoever still works is told to come to an end. */
const LAST_CALL = 0.9
/** So long at least an answer takes to be written and sent. */
const LEAST_GAP_MS = 50
/** Of the grace, for closing what is behind the connections; less where there is not that much. */
const CLOSING_MS = 300
const CLOSING_PART = 0.1

/** When it is told so, and when what is left is cut. Milliseconds from when nobody new is taken. */
export function drainTimes(graceMs: number): { lastCallMs: number; cutMs: number } {
  const cutMs = Math.max(LEAST_GAP_MS, graceMs - Math.min(CLOSING_MS, graceMs * CLOSING_PART))
  return { lastCallMs: Math.min(cutMs * LAST_CALL, cutMs - LEAST_GAP_MS), cutMs }
}
