import { changedSince, record, sizesOf } from './events.ts'
import { finish, type Holdings } from './holdings.ts'
import { endOf, type Job, progressOf } from './jobs.ts'
import { dueTime, type Turn, turn } from './lifetimes.ts'
import type { Server } from './servers.ts'
import type { State } from './state.ts'

interface Happening {
  readonly at: number
  /** Decides between things of the same moment, so that nothing depends on when somebody looked. */
  readonly key: string
  /** What follows from it, and when. */
  happen(): Happening[]
}

/**
 * Lets happen what is due by `now`: jobs that end, servers whose time is over. In the order in which it came,
 * as if somebody had watched all the time, so that it makes no difference how often anybody asks.
 */
export function passTime(state: State, among: Iterable<Holdings>, now: number): void {
  const due: Happening[] = []
  for (const holdings of among) {
    for (const job of holdings.running)
      if (progressOf(job, state.pace, now) >= 1) due.push(endOfJob(state, holdings, job, now))
    for (const id of holdings.lifetimes.keys()) due.push(...nextTurn(state, holdings, id, 0))
  }
  // Latest first: the next one is taken from the end.
  const queue = due.filter(({ at }) => at <= now).sort(later)
  for (let next = queue.pop(); next; next = queue.pop())
    for (const following of next.happen()) if (following.at <= now) insert(queue, following)
}

const later = (a: Happening, b: Happening) => b.at - a.at || (a.key < b.key ? 1 : -1)

function insert(queue: Happening[], happening: Happening): void {
  const place = queue.findLastIndex((each) => later(each, happening) < 0)
  queue.splice(place + 1, 0, happening)
}

function endOfJob(state: State, holdings: Holdings, job: Job, now: number): Happening {
  const at = endOf(job, state.pace, now)
  return { at, key: `job ${job.id}`, happen: () => endJob(state, holdings, job, at) }
}

function endJob(state: State, holdings: Holdings, job: Job, at: number): Happening[] {
  const before = sizesOf(holdings)
  finish(holdings, job, at)
  const failures = [...new Set(job.parts.flatMap(({ failure }) => failure?.code ?? []))]
  record(state, at, {
    kind: 'job',
    operation: job.kind,
    ...placeOf(holdings),
    jobs: [job.id],
    targets: job.parts.flatMap((part) => part.serverId ?? part.volumeId ?? part.imageId ?? part.nicId ?? []),
    ...(failures.length > 0 ? { failures } : {}),
    ...changedSince(before, holdings),
  })
  // What waited for a server to be free.
  if (holdings.lifetimes.size === 0) return []
  return job.parts.flatMap(({ serverId }) => (serverId ? nextTurn(state, holdings, serverId, at) : []))
}

/** What will become of the server by itself, if anything; while a job has it in hands nothing does. */
function nextTurn(state: State, holdings: Holdings, id: string, earliest: number): Happening[] {
  const lifetime = holdings.lifetimes.get(id)
  if (!lifetime) return []
  const server = holdings.servers.get(id)
  const due = server ? dueTime(server, lifetime) : Infinity
  // Deleted by somebody, or nothing is to come of it any more.
  if (!server || !(due < Infinity)) {
    holdings.lifetimes.delete(id)
    return []
  }
  if (server.task) return []
  const at = Math.max(earliest, due)
  return [{ at, key: `turn ${id}`, happen: () => live(state, holdings, server, at) }]
}

function live(state: State, holdings: Holdings, server: Server, at: number): Happening[] {
  const lifetime = holdings.lifetimes.get(server.id)
  if (!lifetime || server.task) return []
  const before = sizesOf(holdings)
  recordTurn(state, holdings, server, turn(holdings, server, lifetime, at), at, before)
  return nextTurn(state, holdings, server.id, at)
}

function recordTurn(
  state: State,
  holdings: Holdings,
  server: Server,
  became: Turn,
  at: number,
  before: ReturnType<typeof sizesOf>,
): void {
  record(state, at, {
    kind: 'lifetime',
    operation: became,
    ...placeOf(holdings),
    targets: [server.id],
    ...changedSince(before, holdings),
  })
}

const placeOf = ({ project }: Holdings) => ({
  ...(project.region ? { region: project.region.id } : {}),
  project: project.id,
})
