import type { Given } from './command.ts'
import { CODES } from './exit-codes.ts'
import type { House } from './house.ts'
import { Stop } from './stop.ts'

/** Goes on only with a yes: of the line, or of who sits in front of it. Fails with {@link Stop}. */
export async function confirm(
  question: string,
  about: readonly string[],
  command: string,
  given: Given,
  { terminal, text }: House,
): Promise<void> {
  if (given.flags.yes) return
  if (!terminal.asks) throw new Stop(CODES.usage, text.confirm.needsYes(command), text.confirm.sayYes)
  const answer = await terminal.ask(`${question} ${about.join(' ')} ${text.confirm.choice} `)
  if (answer?.trim().toLowerCase().startsWith(text.confirm.yes)) return
  throw new Stop(CODES.refused, text.confirm.no)
}
