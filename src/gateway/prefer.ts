import type { IncomingHttpHeaders } from 'node:http'
import type { Violation } from './errors.ts'

/** Longest wait for a job, in seconds. */
export const LONGEST_WAIT = 300

/** One of a list; a comma within quotes does not end it. */
const PREFERENCE = /(?:"(?:[^"\\]|\\.)*"|[^,"])+/g

const WAIT = /^wait\s*=\s*(?:"([^"]*)"|([^\s;]*))\s*(?:;.*)?$/i

/**
 * The text of `wait` in a `Prefer` header (RFC 7240: a list, of which the first of a name counts, and of which all that
 * we do not know is ignored).
 */
function waitIn({ prefer }: IncomingHttpHeaders): string | undefined {
  const preferences = [prefer ?? []].flat().flatMap((line) => line.match(PREFERENCE) ?? [])
  for (const preference of preferences) {
    const found = WAIT.exec(preference.trim())
    if (found) return found[1] ?? found[2] ?? ''
  }
  return undefined
}

/** Seconds that the caller would wait for a job; undefined when the answer is to come at once. */
export function waitOf(headers: IncomingHttpHeaders): number | undefined {
  const wait = waitIn(headers)
  return wait === undefined ? undefined : Number(wait)
}

export function waitViolations(headers: IncomingHttpHeaders): Violation[] {
  const wait = waitIn(headers)
  if (wait === undefined || (/^\d{1,3}$/.test(wait) && Number(wait) <= LONGEST_WAIT)) return []
  return [{ field: 'Prefer', description: `must have wait as whole seconds from 0 to ${LONGEST_WAIT}` }]
}
