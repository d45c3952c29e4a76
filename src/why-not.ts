import { CannotStart } from './cannot-start.ts'
import { shownError } from './gateway/log.ts'

/** Why it could not start, a line each. */
export function whyNot(error: unknown): string[] {
  if (error instanceof CannotStart) return error.message.split('\n')
  return [`Unexpected error, please report it: ${JSON.stringify(shownError(error))}`]
}
