import { visible } from './agents/as-data.ts'
import { factLines, headline } from './agents/elicitation.ts'
import { type ApprovalPlace, gatewayPlace, localPlace, type Waiting } from './approve-places.ts'
import { approvalFolder, keysOf } from './mcp-command.ts'
import type { Outside } from './outside.ts'
import type { ProfilePlaces } from './profile-places.ts'
import { type Flags, type Settings, SettingsError } from './settings.ts'
import type { Said } from './token-commands.ts'

const DONE = 0
const REFUSED = 3
const NOT_FOUND = 4
const UNREACHABLE = 5

/** A person at a keyboard. */
export interface Terminal {
  /** Undefined where there is none: what a program could answer is no approval. */
  readonly ask?: (question: string) => Promise<string>
}

export interface ApproveCommand {
  readonly flags: Flags
  readonly words: readonly string[]
  readonly settings: Settings
  readonly places: ProfilePlaces
  readonly outside: Outside
  readonly terminal: Terminal
}

/** Shows what an agent wants done, and takes a person's yes or no. */
export async function approveCommand(command: ApproveCommand): Promise<Said> {
  const [id = ''] = command.words
  const { ask } = command.terminal
  if (!id) throw new SettingsError(['approve needs the id that the agent told; it stands in its preview'])
  if (!ask) throw new SettingsError(['approve asks a person: run it in a terminal'])
  const place = await placeOf(command)
  try {
    return await decided(id, place, ask, command.outside)
  } catch (error) {
    const why = error instanceof Error ? visible(error.message) : 'unknown'
    return { code: UNREACHABLE, notes: [`The gateway did not answer as it should: ${why}`] }
  }
}

async function placeOf(command: ApproveCommand): Promise<ApprovalPlace> {
  const { gateway } = command.flags
  if (gateway !== undefined) {
    if (!URL.canParse(gateway)) throw new SettingsError(['--gateway must be a URL, as https://host:port'])
    return gatewayPlace(gateway, await keysOf(command))
  }
  const folder = approvalFolder(command.settings)
  if (folder === undefined)
    throw new SettingsError(['there is no home folder to keep approvals in: set --token-file'])
  return localPlace(folder)
}

async function decided(
  id: string,
  place: ApprovalPlace,
  ask: NonNullable<Terminal['ask']>,
  outside: Outside,
): Promise<Said> {
  const waiting = await place.find(id)
  if (!waiting)
    return {
      code: NOT_FOUND,
      notes: ['Nothing with this id waits there. `mcp` keeps its own; --gateway URL asks a gateway.'],
    }
  const isLate = () => outside.now() >= waiting.expires
  if (isLate()) return late
  const word = wordFor(waiting)
  const answer = await ask(`${pageOf(waiting)}\n\nTo approve, type ${word}. Anything else declines: `)
  if (isLate()) return late
  const approves = answer.trim() === word
  const refused = await place.decide(waiting, approves)
  if (refused) return { code: REFUSED, notes: [visible(refused)] }
  return approves
    ? { code: DONE, out: 'Approved, once. The agent may carry it out now.\n' }
    : { code: REFUSED, out: 'Declined.\n' }
}

const late: Said = {
  code: REFUSED,
  notes: ['It is more than two minutes old. The agent can make another preview.'],
}

const pageOf = ({ client, shown, expires }: Waiting) =>
  [
    headline(shown),
    `asked by ${visible(client)}; good until ${new Date(expires).toISOString()}`,
    'Names and texts below come from the cloud.',
    '',
    factLines(shown),
  ].join('\n')

/** What is typed without reading is no approval: the name of the one there is, or how many they are. */
function wordFor({ shown: { count, facts } }: Waiting): string {
  if (count > 1) return String(count)
  const { instance, instances = [instance] } = facts
  const [only] = Array.isArray(instances) ? instances : []
  const { name, id } = Object(only)
  const isPlain = typeof name === 'string' && /^[\w. -]{1,64}$/.test(name) && name.trim() === name
  return isPlain ? name : String(id ?? count)
}
