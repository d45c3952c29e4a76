import type { InputRow } from './input-row.ts'
import { bodyRows } from './input-rows-body.ts'
import { headerRows } from './input-rows-headers.ts'
import { httpRows } from './input-rows-http.ts'
import { keyRows } from './input-rows-keys.ts'
import { pathRows } from './input-rows-path.ts'
import { socketRows } from './input-rows-sockets.ts'

/** The table of bad inputs, I-01 to I-120: what comes in, and what holds. */
export const inputRows: readonly InputRow[] = [
  ...httpRows,
  ...pathRows,
  ...keyRows,
  ...bodyRows,
  ...headerRows,
  ...socketRows,
]
