import type { Outside } from '../outside.ts'
import type { Access } from './access.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { timeOn } from './clock.ts'
import type { Holdings } from './holdings.ts'
import { type Job, type Pace, progressOf } from './jobs.ts'
import type { Story } from './pack.ts'
import { passTime } from './passage.ts'
import type { ProjectEntry } from './project-book.ts'
import { type Project, projects } from './projects.ts'
import { seedHoldings } from './seed.ts'
import { clockOf } from './seed-file.ts'
import { furnish } from './seed-furnish.ts'
import { emptyState, type State } from './state.ts'

export interface World {
  /** Time and chance as the world has them: its own clock, and dice that fall the same for the same request. */
  readonly outside: Outside
  pace: Pace
  /** Everything there is. Another one after a reset, so nobody keeps it. */
  readonly state: State
  /** Tokens and temporary keys that IAM has issued. */
  readonly access: Access
  /** Projects made or changed since the first day. */
  readonly projectBook: Map<string, ProjectEntry>
  /** What a project has, with everything done that is done by now. */
  holdings(project: Project): Holdings
  begin(holdings: Holdings, job: Job): void
  /** A look at a job, which by poll brings it forward. */
  look(id: string): Job | undefined
  progress(jobId: string): number
  /** What callers' clocks show: signatures are held against it, wherever the world's own clock was moved to. */
  callersNow(): number
  /** A read that has changed something all the same says so, or it is forgotten when the program is killed. */
  touch(): void
  reset(): void
  count(): Record<string, number>
}

/** The world as its keeper sees it. */
export interface KeptWorld extends World {
  /** Does the work at one moment, with chance of its own. */
  during<T>(real: number, work: () => T): T
  /** Does what belongs to the first day: at once, with chance drawn from the text alone. */
  aside<T>(text: string, work: () => T): T
  /** Lets everything happen that is due by now. */
  catchUp(): void
  /** Jobs begun and whether anything was touched since the moment began. */
  readonly trace: { readonly begun: readonly Job[]; readonly touched: boolean }
  replace(state: State): void
}

export interface Beginning {
  outside: Outside
  pace: Pace
  /** What all chance is drawn from. */
  random: string
  story: Story
}

const JOBS_KEPT = 10_000

export function buildWorld({ outside, pace, random, story }: Beginning): KeptWorld {
  const firstClock = (real: number) => clockOf(story.seed, real)
  let state = emptyState(random, pace, firstClock(outside.now()))
  let moment: number | undefined
  let chance: Chance = chanceFrom(random)
  let trace = { begun: [] as Job[], touched: false }

  const callersNow = () => moment ?? outside.now()
  const now = () => timeOn(state.clock, callersNow())

  const world: KeptWorld = {
    outside: {
      now,
      elapsed: outside.elapsed,
      random: () => chance.random(),
      uuid: () => chance.uuid(),
      sleep: outside.sleep,
    },
    get pace() {
      return state.pace
    },
    set pace(wanted) {
      state.pace = wanted
    },
    get state() {
      return state
    },
    get access() {
      return state.access
    },
    get projectBook() {
      return state.projectBook
    },
    get trace() {
      return trace
    },
    callersNow,
    touch: () => {
      trace.touched = true
    },
    holdings(project) {
      const holdings = state.holdings.get(project.id) ?? firstDayOf(project)
      passTime(state, [holdings], now())
      return holdings
    },
    begin(holdings, job) {
      state.jobs.set(job.id, job)
      trace.begun.push(job)
      forgetOldest()
      if (!job.awaitsPayment) holdings.running.add(job)
      passTime(state, [holdings], now())
    },
    look(id) {
      const job = state.jobs.get(id)
      if (!job) return undefined
      job.polls += 1
      world.touch()
      const holdings = state.holdings.get(job.projectId)
      if (holdings) passTime(state, [holdings], now())
      return job
    },
    progress(jobId) {
      const job = state.jobs.get(jobId)
      return job ? progressOf(job, state.pace, now()) : 1
    },
    during(real, work) {
      moment = real
      chance = chanceFrom(`${state.random} ${state.number}`)
      trace = { begun: [], touched: false }
      try {
        return work()
      } finally {
        moment = undefined
      }
    },
    aside(text, work) {
      const before = { chance, pace: state.pace }
      chance = chanceFrom(text)
      state.pace = { by: 'at-once' }
      try {
        return work()
      } finally {
        chance = before.chance
        state.pace = before.pace
      }
    },
    catchUp: () => passTime(state, state.holdings.values(), now()),
    replace(other) {
      state = other
    },
    reset() {
      state = emptyState(state.random, state.pace, firstClock(callersNow()))
      for (const project of projects) if (project.region) firstDayOf(project)
      if (!story.seed) return
      furnish(world, story.seed)
      // All that is history.
      state.jobs.clear()
      state.log.length = 0
      state.number = 0
    },
    count() {
      world.catchUp()
      const counts: Record<string, number> = {
        projects: projects.length,
        jobs: state.jobs.size,
        runningJobs: 0,
      }
      for (const holdings of state.holdings.values()) {
        counts.runningJobs = (counts.runningJobs ?? 0) + holdings.running.size
        for (const [kind, value] of Object.entries(holdings))
          if (value instanceof Map && !hidden.has(kind)) counts[kind] = (counts[kind] ?? 0) + value.size
      }
      return counts
    },
  }
  world.reset()
  return world

  /** Projects that are made later are furnished when somebody looks into them. */
  function firstDayOf(project: Project): Holdings {
    if (!project.region) throw new Error(`project ${project.name} has no region`)
    const holdings = seedHoldings(project, project.region)
    state.holdings.set(project.id, holdings)
    world.touch()
    return holdings
  }

  /** Huawei Cloud keeps ended jobs for a limited time; here for a limited number of others. */
  function forgetOldest(): void {
    if (state.jobs.size <= JOBS_KEPT) return
    for (const job of state.jobs.values()) {
      if (job.endedAt === undefined) continue
      state.jobs.delete(job.id)
      return
    }
  }
}

/** Kept for the sandbox's own sake. */
const hidden = new Set(['creates', 'lifetimes'])
