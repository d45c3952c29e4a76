import type { Language, Sdk } from '../judge.ts'

// biome-ignore lint/suspicious/noExplicitAny: whatever earlier answers held that later rows need
export type Kept = Record<string, any>
type Args = Record<string, unknown>
type With = Args | ((kept: Kept) => Args)
/** Looks into an answer's body, keeps what later rows need, and fails on what should not be. */
// biome-ignore lint/suspicious/noExplicitAny: bodies of every shape
type Look = (body: any, kept: Kept) => void

/** One call through an SDK and what must come of it. The rows of a table share one sandbox, in their order. */
export interface Row {
  operation: string
  status: number
  /** Said where the same operation is asked more than once. */
  when?: string
  code?: string
  with?: With
  look?: Look
  /** The answer names a job, which must end in this status. */
  job?: 'SUCCESS' | 'FAIL'
  /** Another SDK than that of the table, for what has to be there first. */
  sdk?: Sdk
  /** The other language’s SDK cannot ask this; the row says why. */
  only?: Language
}

export interface Table {
  sdk: Sdk
  rows: readonly Row[]
}

export const answers = (
  operation: string,
  args: With = {},
  more: Partial<Row> | Look = {},
  status = 200,
): Row => ({
  operation,
  status,
  with: args,
  ...(typeof more === 'function' ? { look: more } : more),
})

/** Asynchronous: 200 with the id of a job that ends well. */
export const works = (operation: string, args: With = {}, more: Partial<Row> = {}): Row => ({
  operation,
  status: 200,
  job: 'SUCCESS',
  with: args,
  ...more,
})

export const refuses = (
  operation: string,
  status: number,
  code: string,
  args: With = {},
  more: Partial<Row> = {},
): Row => ({
  operation,
  status,
  code,
  with: args,
  ...more,
})
