import type { Flag, FlagValue } from './flag.ts'
import type { House } from './house.ts'
import type { Catalog } from './text/en.ts'

/** What stands behind a command on the line. */
export interface Given {
  readonly words: readonly string[]
  readonly flags: Readonly<Record<string, FlagValue | undefined>>
}

/** What a command takes and does; loaded when it is called. */
export interface Parts {
  /** As in usage: `<id...>`, `[file]`, several separated by blanks. */
  readonly words?: string
  readonly flags: readonly Flag[]
  /** Words that have a flag elsewhere: with it the complaint says more than "unknown". */
  readonly foreignFlags?: readonly string[]
  /** Resolves to the exit code. */
  run(given: Given, house: House): Promise<number>
}

export interface Command {
  /** Its words: `['instances', 'stop']`. */
  readonly path: readonly string[]
  /** What the words before its last do when they stand alone. */
  readonly isUsual?: true
  readonly summary: (text: Catalog) => string
  parts(): Promise<Parts>
}

/** The text of a flag that was given once. */
export const textOf = ({ flags }: Given, name: string): string | undefined => {
  const value = flags[name]
  return typeof value === 'string' ? value : undefined
}

/** All texts of a flag that may be given several times. */
export const textsOf = ({ flags }: Given, name: string): readonly string[] => {
  const value = flags[name]
  return typeof value === 'object' ? value : []
}
