import type { OperationName } from '../../packages/client/src/index.ts'
import type { Flag } from './flag.ts'
import type { Catalog } from './text/en.ts'

/** Calls that are answered at once. */
export type CallName = Exclude<OperationName, 'followJob'>

/** A column of a table: its heading, and where in an item it stands, inner fields behind dots. */
export type Column = readonly [heading: string, path: string]

/** A flag that fills a field of the call. */
export interface FieldFlag extends Flag {
  readonly field: string
  /** What a switch sets it to; true if left out. */
  readonly sets?: string
  readonly isRequired?: true
}

/** A command that is one call of the API. */
export interface ApiRow {
  readonly path: readonly string[]
  /** What the noun does alone. */
  readonly isUsual?: true
  readonly operation: CallName
  readonly summary: (text: Catalog) => string
  /** A list takes what all lists take, and its items are what is told of it. */
  readonly isList?: true
  /** Where in the answer that stands which it is about. */
  readonly holds?: string
  readonly columns: readonly Column[]
  /** What its word fills: one id, or those of several servers. */
  readonly word?: { readonly usage: string; readonly field: string }
  readonly fields?: readonly FieldFlag[]
  /** There is no region to it. */
  readonly isGlobal?: true
  readonly needsNoKeys?: true
  readonly isWrite?: true
  /** Begins a job, which may be waited for. */
  readonly hasJob?: true
  /** Whoever is in front of it is asked first; others must have said yes. */
  readonly question?: (text: Catalog, count: number) => string
}
