import type { FaultRow } from './fault-row.ts'
import { answerRows } from './fault-rows-answer.ts'
import { bodyRows } from './fault-rows-body.ts'
import { connectRows } from './fault-rows-connect.ts'
import { parsedRows } from './fault-rows-parsed.ts'
import { rawRows } from './fault-rows-raw.ts'
import { refusalRows } from './fault-rows-refusal.ts'
import { slowRows } from './fault-rows-slow.ts'

/** The table of faults, F-01 to F-60, as far as one call tells: what goes wrong, and what holds. */
export const faultRows: readonly FaultRow[] = [
  ...connectRows,
  ...answerRows,
  ...slowRows,
  ...bodyRows,
  ...parsedRows,
  ...refusalRows,
  ...rawRows,
]
