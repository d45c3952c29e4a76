import { createHash } from 'node:crypto'
import type { SeenJob } from '../huaweicloud/job-watch.ts'
import { type Outside, within } from '../outside.ts'

/** Proxies close what is silent for a minute. */
const COMMENT_MS = 15_000

/** Milliseconds after which a reader that lost the line comes back. */
const RETRY_MS = 2_000

/**
 * A state's name is made of the state alone: a reader that comes back with it, here or to another server, is told what
 * has changed since, and nothing twice.
 */
export const eventId = ({ bytes }: SeenJob): string =>
  createHash('sha256').update(bytes).digest('base64url').slice(0, 22)

export interface EventSettings {
  /** The last one that the reader was told before it lost the line. */
  lastEventId?: string
  /** The JSON text of an error answer. */
  shown: (error: unknown) => string
  outside: Outside
}

/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) of a job's states. */
export async function* jobEvents(
  first: SeenJob,
  states: AsyncGenerator<SeenJob>,
  { lastEventId, shown, outside }: EventSettings,
): AsyncGenerator<string> {
  yield `retry: ${RETRY_MS}\n\n`
  if (eventId(first) !== lastEventId) yield stateEvent(first)
  let next = states.next()
  try {
    for (;;) {
      const step = await within(next, COMMENT_MS, outside)
      if (step?.done) return
      if (step) next = states.next()
      yield step ? stateEvent(step.value) : ': waiting\n\n'
    }
  } catch (error) {
    yield event('error', shown(error))
  } finally {
    await states.return(undefined)
  }
}

const stateEvent = (seen: SeenJob) => event('job', seen.bytes.toString(), eventId(seen))

function event(name: string, data: string, id?: string): string {
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}`)
  return `${[`event: ${name}`, ...(id === undefined ? [] : [`id: ${id}`]), ...lines].join('\n')}\n\n`
}
