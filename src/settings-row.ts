import type { TSchema } from 'typebox'

/** One setting. */
export interface Row {
  /** Without dashes; rows without one are set by the environment only. */
  flag?: string
  /** The first that is set counts. */
  env: readonly string[]
  schema: TSchema
  /** Text to value; undefined when it makes no sense. Left out: the text itself. */
  read?: (text: string) => unknown
  /** Undefined: off, or decided by other settings, as `shown` says. */
  default?: unknown
  /** How the default is written in help and documents, where it is not its own text. */
  shown?: string
  /** `--flag` alone means on. */
  isSwitch?: true
  help: string
}

export const row = <const Given extends Row>(settings: Given) => settings
