import { changeClock, showClock } from './control-clock.ts'
import { addFault, dropFault, dropFaults, listFaults } from './control-faults.ts'
import { setPace } from './control-pace.ts'
import { type Asked, json, nothing, refuse } from './control-replies.ts'
import { dropSnapshot, goBack, listSnapshots, takeSnapshot } from './control-snapshots.ts'
import { entriesAfter } from './events.ts'
import type { Heard } from './front.ts'
import { isLoopback } from './host.ts'
import type { Reply } from './reply.ts'
import type { Snapshots } from './snapshots.ts'
import type { KeptWorld } from './world.ts'

/** What can be asked; a name in braces is handed over. */
const rows: Record<string, (asked: Asked) => Reply> = {
  'POST reset': ({ world }) => {
    world.reset()
    return nothing
  },
  'GET world': ({ world }) => json({ ...world.count(), pace: world.pace }),
  'PUT pace': setPace,
  'GET clock': showClock,
  'PUT clock': changeClock,
  'GET faults': listFaults,
  'POST faults': addFault,
  'DELETE faults': dropFaults,
  'DELETE faults/{name}': dropFault,
  'GET snapshots': listSnapshots,
  'POST snapshots/{name}': takeSnapshot,
  'POST snapshots/{name}/restore': goBack,
  'DELETE snapshots/{name}': dropSnapshot,
  'GET events': showEvents,
}

/** Method and place of each, for docs/sandbox.md. */
export const doors: readonly string[] = Object.keys(rows)

/**
 * What the real cloud cannot do, all of it under one prefix and unsigned. Pages in browsers must not get
 * here: those send Origin or Sec-Fetch-Site, or come under a name of their own that points to loopback.
 */
export function control(request: Heard, body: Buffer, world: KeptWorld, snapshots: Snapshots): Reply {
  const { host = '', origin, 'sec-fetch-site': fetchSite } = request.headers
  if (!isLoopback(host) || origin !== undefined || fetchSite !== undefined)
    return refuse(403, 'SANDBOX.FORBIDDEN', 'Only programs on this machine may ask this.')

  const [path = '', query = ''] = (request.url ?? '').slice('/_sandbox/'.length).split('?')
  const [first = '', name, ...rest] = path.split('/').map(decoded)
  const place = [first, ...(name === undefined ? [] : ['{name}']), ...rest].join('/')
  const row = rows[`${request.method} ${place}`]
  if (!row) return refuse(404, 'SANDBOX.UNKNOWN', `There are ${Object.keys(rows).join(', ')}.`)
  return row({ name: name ?? '', query: new URLSearchParams(query), body, world, snapshots })
}

const MOST_EVENTS = 1_000

function showEvents({ query, world }: Asked): Reply {
  const after = Number(query.get('after') ?? 0)
  const limit = Number(query.get('limit') ?? MOST_EVENTS)
  if (!Number.isSafeInteger(after) || after < 0 || !Number.isSafeInteger(limit) || limit < 1)
    return refuse(400, 'SANDBOX.INVALID_EVENTS', 'after is the number of an event, limit how many at most.')
  const { state } = world
  world.catchUp()
  return json({
    events: entriesAfter(state, after, Math.min(limit, MOST_EVENTS)),
    first: state.log[0]?.number ?? state.number + 1,
    last: state.number,
  })
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
