import type { Flag } from '../flag.ts'

/** A command as a shell is to know it. */
export interface CommandWords {
  readonly path: readonly string[]
  readonly summary: string
  readonly flags: readonly (Omit<Flag, 'help'> & { readonly help: string })[]
}

export const PROGRAM = 'huawei-cloud-api'

/** What may stand behind the words so far, for each of them: `'instances' → list show …`. */
export function nextWords(commands: readonly CommandWords[]): Map<string, Map<string, string>> {
  const next = new Map<string, Map<string, string>>()
  for (const { path, summary } of commands) {
    for (const [depth, word] of path.entries()) {
      const before = path.slice(0, depth).join(' ')
      const words = next.get(before) ?? new Map<string, string>()
      const isWhole = depth === path.length - 1
      if (isWhole || !words.has(word)) words.set(word, isWhole ? summary : '')
      next.set(before, words)
    }
  }
  return next
}

/** Flags that have choices, whatever the command. */
export function choicesOf(commands: readonly CommandWords[]): Map<string, readonly string[]> {
  return new Map(
    commands.flatMap(({ flags }) =>
      flags.flatMap(({ name, short, choices }) =>
        choices ? [[`--${name}`, choices] as const, ...(short ? [[`-${short}`, choices] as const] : [])] : [],
      ),
    ),
  )
}
