import { parseArgs } from 'node:util'
import { auditFlagOptions } from './audit-command.ts'
import { flagOptions } from './help.ts'
import { mcpFlagOptions } from './mcp-flags.ts'
import { nearest } from './nearest.ts'
import { type Flags, SettingsError } from './settings.ts'
import { tokenFlagOptions } from './token-flags.ts'

const otherFlags = { ...tokenFlagOptions, ...auditFlagOptions, ...mcpFlagOptions }

/** What stands on the command line. Fails with {@link SettingsError}. */
export function readArguments(args: string[]) {
  const switches = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
  } as const
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...otherFlags, ...flagOptions, ...switches },
      allowPositionals: true,
    })
    const { help, version, ...given } = values
    const length = ['audit', 'sandbox', 'token'].includes(positionals[0] ?? '') ? 2 : 1
    const command = positionals.slice(0, length).join(' ') || 'serve'
    const words = positionals.slice(length)
    if (words.length > (['token revoke', 'audit verify', 'approve'].includes(command) ? 1 : 0))
      throw new TypeError(`Too many words after '${command}'`)
    const flags: Flags = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === true ? 'on' : String(value)]),
    )
    return { flags, command, words, help, version }
  } catch (error) {
    const [text = ''] = String(error instanceof Error ? error.message : error).split('. ')
    const [, flag] = /Unknown option '--(?:no-)?([\w-]+)/.exec(text) ?? []
    throw new SettingsError([
      `${text}${flag ? meant(flag, Object.keys({ ...flagOptions, ...otherFlags }), '--') : ''}; see --help`,
    ])
  }
}

/** What was probably meant, to be put behind a complaint. */
export function meant(word: string, known: string[], before = ''): string {
  const [best] = nearest(word, known, 1)
  return best ? `; did you mean ${before}${best}?` : ''
}
