import type { Command } from './cli/command.ts'
import type { Catalog } from './cli/text/en.ts'

/** The commands of the server, as rows; what they take and do is loaded when one of them is called. */
const rows: readonly (readonly [name: string, summary: keyof Catalog['commands']])[] = [
  ['serve', 'serve'],
  ['sandbox', 'sandbox'],
  ['sandbox env', 'sandboxEnv'],
  ['token create', 'tokenCreate'],
  ['token list', 'tokenList'],
  ['token revoke', 'tokenRevoke'],
  ['mcp', 'mcp'],
  ['approve', 'approve'],
  ['audit verify', 'auditVerify'],
]

export const servingCommands: readonly Command[] = rows.map(([name, summary]) => ({
  path: name.split(' '),
  ...(name === 'serve' ? { isUsual: true } : {}),
  summary: (text) => text.commands[summary],
  async parts() {
    await import('./memory-habits.ts') // before what allocates
    return (await import('./cli-serving.ts')).servingParts(name)
  },
}))
