import type { Command } from './command.ts'
import { ownCommands } from './commands.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { parsed } from './parser.ts'
import { Stop } from './stop.ts'
import { languageOf, textsIn } from './text/language.ts'

export type Around = Omit<House, 'text' | 'language' | 'commands'>

const WIDTH = 100

/** Does what the line says and tells the exit code. What it throws nobody expected. */
export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  serving: readonly Command[],
  version: string,
  around: Around,
): Promise<number> {
  const language = languageOf(args, env)
  const text = await textsIn(language)
  const commands = [...serving, ...ownCommands]
  const { terminal } = around
  try {
    const asked = await parsed(args, { commands, text, version, width: terminal.width ?? WIDTH })
    if ('say' in asked) {
      await terminal.out(asked.say)
      return CODES.done
    }
    return await asked.parts.run(asked.given, { ...around, text, language, commands })
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown
    for (const line of thrown.lines.flatMap((one) => one.split('\n')))
      terminal.err(`huawei-cloud-api: ${line}\n`)
    return thrown.code
  }
}
