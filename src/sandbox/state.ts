import { type Access, noAccess } from './access.ts'
import type { Clock } from './clock.ts'
import type { Entry } from './events.ts'
import type { Fault } from './faults.ts'
import type { Holdings } from './holdings.ts'
import type { Job, Pace } from './jobs.ts'
import type { ProjectEntry } from './project-book.ts'

/** Wrong signatures under one access key. */
export interface Failures {
  inARow: number
  last: number
}

/**
 * Everything that the sandbox knows, as plain data: Maps, Sets, lists, objects, texts, numbers. It is written
 * to disk as it is and read back, so nothing in here may be a function, a class of ours or a timer.
 */
export interface State {
  /** What all chance is drawn from. */
  random: string
  /** Of the newest entry in the log. */
  number: number
  pace: Pace
  clock: Clock
  readonly access: Access
  /** By access key. */
  readonly failures: Map<string, Failures>
  /** Projects made or changed since the first day. */
  readonly projectBook: Map<string, ProjectEntry>
  /** Of all projects. */
  readonly jobs: Map<string, Job>
  /** By project id. */
  readonly holdings: Map<string, Holdings>
  readonly faults: Map<string, Fault>
  /** The newest, oldest first. */
  readonly log: Entry[]
}

export const emptyState = (random: string, pace: Pace, clock: Clock): State => ({
  random,
  number: 0,
  pace,
  clock,
  access: noAccess(),
  failures: new Map(),
  projectBook: new Map(),
  jobs: new Map(),
  holdings: new Map(),
  faults: new Map(),
  log: [],
})

/** As text that is the same for the same state, for comparing and for looking into it. */
export const dumpState = (state: State): string =>
  JSON.stringify(
    state,
    (_, value) =>
      value instanceof Map ? { map: [...value] } : value instanceof Set ? { set: [...value] } : value,
    1,
  )
