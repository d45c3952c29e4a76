import { type Filed, readWish, writeAnswer } from './agents/approval-files.ts'
import { factLines, headline } from './agents/elicitation.ts'
import { approvalFolder } from './mcp-command.ts'
import type { Outside } from './outside.ts'
import { type Settings, SettingsError } from './settings.ts'
import type { Said } from './token-commands.ts'

const DONE = 0
const REFUSED = 3
const NOT_FOUND = 4

/** A person at a keyboard. */
export interface Terminal {
  /** Undefined where there is none: what a program could answer is no approval. */
  readonly ask?: (question: string) => Promise<string>
}

export interface ApproveCommand {
  readonly words: readonly string[]
  readonly settings: Settings
  readonly outside: Pick<Outside, 'now'>
  readonly terminal: Terminal
}

/** Shows what an agent wants done, and takes a person's yes or no. */
export async function approveCommand(command: ApproveCommand): Promise<Said> {
  const { words, settings, outside, terminal } = command
  const [id = ''] = words
  if (!id) throw new SettingsError(['approve needs the id that the agent told; it stands in its preview'])
  const folder = approvalFolder(settings)
  if (folder === undefined)
    throw new SettingsError(['there is no home folder to keep approvals in: set --token-file'])
  if (!terminal.ask) throw new SettingsError(['approve asks a person: run it in a terminal'])
  const wish = readWish(folder, id)
  if (!wish)
    return { code: NOT_FOUND, notes: ['Nothing with this id waits for an approval on this machine.'] }
  const isLate = () => outside.now() >= wish.expires
  if (isLate()) return late
  const word = wordFor(wish)
  const answer = await terminal.ask(`${pageOf(wish)}\n\nTo approve, type ${word}. Anything else declines: `)
  if (isLate()) return late
  const approves = answer.trim() === word
  const isFirst = writeAnswer(folder, id, { approves, digest: wish.digest })
  if (!isFirst) return { code: REFUSED, notes: ['It was decided already.'] }
  return approves
    ? { code: DONE, out: 'Approved, once. The agent may carry it out now.\n' }
    : { code: REFUSED, out: 'Declined.\n' }
}

const late: Said = {
  code: REFUSED,
  notes: ['It is more than two minutes old. The agent can make another preview.'],
}

const pageOf = ({ client, shown, expires }: Filed) =>
  [
    headline(shown),
    `asked by ${client}; good until ${new Date(expires).toISOString()}`,
    'Names and texts below come from the cloud.',
    '',
    factLines(shown),
  ].join('\n')

/** What is typed without reading is no approval: the name of the one there is, or how many they are. */
function wordFor({ shown: { count, facts } }: Filed): string {
  if (count > 1) return String(count)
  const { instance, instances = [instance] } = facts
  const [only] = Array.isArray(instances) ? instances : []
  const { name, id } = Object(only)
  const isPlain = typeof name === 'string' && /^[\w. -]{1,64}$/.test(name) && name.trim() === name
  return isPlain ? name : String(id ?? count)
}
