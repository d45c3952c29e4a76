import type { Command, Parts } from '../command.ts'
import { type CommandWords, SHELLS } from '../completion-scripts.ts'
import { CODES } from '../exit-codes.ts'
import type { House } from '../house.ts'

const shells: Record<string, (commands: readonly CommandWords[]) => string> = SHELLS

export const completionCommands: readonly Command[] = Object.keys(shells).map((shell) => ({
  path: ['completion', shell],
  summary: () => shell,
  parts: async (): Promise<Parts> => ({ flags: [], run: (_, house) => run(shell, house) }),
}))

async function run(shell: string, { commands, terminal, text }: House): Promise<number> {
  const words = await Promise.all(
    commands.map(async ({ path, isUsual, summary, parts }): Promise<CommandWords[]> => {
      const flags = (await parts()).flags.map((flag) => ({ ...flag, help: flag.help(text) }))
      const own = { path, summary: summary(text), flags }
      return isUsual && path.length > 1 ? [own, { ...own, path: path.slice(0, -1) }] : [own]
    }),
  )
  await terminal.out(shells[shell]?.(words.flat()) ?? '')
  return CODES.done
}
