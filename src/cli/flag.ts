import type { Catalog } from './text/en.ts'

/** One flag of a command. */
export interface Flag {
  /** Without dashes. */
  readonly name: string
  readonly short?: string
  /** What stands for its value in help; a flag without one is a switch. */
  readonly value?: string
  /** The value may be left out; given, it is joined with `=`. */
  readonly isOptional?: true
  /** May be given several times. */
  readonly isMany?: true
  readonly choices?: readonly string[]
  readonly help: (text: Catalog) => string
}

export type FlagValue = string | true | readonly string[]
