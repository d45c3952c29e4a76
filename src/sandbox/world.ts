import type { Outside } from '../outside.ts'
import { finish, type Holdings } from './holdings.ts'
import { endOf, type Job, type Pace, progressOf } from './jobs.ts'
import { type Project, projects } from './projects.ts'
import { seedHoldings } from './seed.ts'

export interface World {
  readonly outside: Outside
  pace: Pace
  /** What a project has, with everything done that is done by now. */
  holdings(project: Project): Holdings
  begin(holdings: Holdings, job: Job): void
  /** A look at a job, which by poll brings it forward. */
  look(id: string): Job | undefined
  progress(jobId: string): number
  reset(): void
  count(): Record<string, number>
}

const JOBS_KEPT = 10_000

export function buildWorld(outside: Outside, pace: Pace): World {
  const jobs = new Map<string, Job>()
  const all = new Map<string, Holdings>()

  const world: World = {
    outside,
    pace,
    holdings(project) {
      const holdings = all.get(project.id)
      if (!holdings) throw new Error(`project ${project.name} has no region`)
      advance(holdings)
      return holdings
    },
    begin(holdings, job) {
      jobs.set(job.id, job)
      forgetOldest()
      if (!job.awaitsPayment) holdings.running.add(job)
      advance(holdings)
    },
    look(id) {
      const job = jobs.get(id)
      if (!job) return undefined
      job.polls += 1
      const holdings = all.get(job.projectId)
      if (holdings) advance(holdings)
      return job
    },
    progress(jobId) {
      const job = jobs.get(jobId)
      return job ? progressOf(job, world.pace, outside.now()) : 1
    },
    reset() {
      jobs.clear()
      for (const project of projects)
        if (project.region) all.set(project.id, seedHoldings(project, project.region))
    },
    count() {
      const counts = { projects: projects.length, jobs: jobs.size, runningJobs: 0 }
      const kinds = { servers: 0, volumes: 0, vpcs: 0, subnets: 0, securityGroups: 0, publicIps: 0 }
      for (const holdings of all.values()) {
        advance(holdings)
        counts.runningJobs += holdings.running.size
        for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) kinds[kind] += holdings[kind].size
      }
      return { ...counts, ...kinds }
    },
  }
  world.reset()
  return world

  /** Huawei Cloud keeps ended jobs for a limited time; here for a limited number of others. */
  function forgetOldest(): void {
    if (jobs.size <= JOBS_KEPT) return
    for (const job of jobs.values()) {
      if (job.endedAt === undefined) continue
      jobs.delete(job.id)
      return
    }
  }

  /** In the order in which they ended, as if somebody had watched all the time. */
  function advance(holdings: Holdings): void {
    if (holdings.running.size === 0) return
    const now = outside.now()
    const done = [...holdings.running].filter((job) => progressOf(job, world.pace, now) >= 1)
    for (const job of done.toSorted((a, b) => endOf(a, world.pace, now) - endOf(b, world.pace, now)))
      finish(holdings, job, endOf(job, world.pace, now))
  }
}
