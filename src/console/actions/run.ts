import { call } from '../api/client.ts'
import { asApiError } from '../api/error.ts'
import { resultsOf } from '../api/job-results.ts'
import { watchJob } from '../api/job-watch.ts'
import { queryClient } from '../api/query-client.ts'
import type { JobTicket } from '../api/schema.ts'
import { whenLeaving } from '../session/store.ts'
import { batchesOf, isPower, type PowerAction, type PowerOptions, type Target } from './power.ts'
import { failedOf, isOutcomeUnknown } from './run-outcome.ts'
import { changePart, changeRuns, currentRuns, type JobKind, type Part, type Run } from './run-store.ts'

const OPERATIONS = {
  start: 'startInstances',
  stop: 'stopInstances',
  reboot: 'rebootInstances',
  terminate: 'terminateInstances',
} as const

const SETTLE_MS = 400
/** Older ones give way to newer. */
const MOST_RUNS = 20

let number = 0
let over = new AbortController()
whenLeaving(() => {
  over.abort()
  over = new AbortController()
  changeRuns([])
})

/** Starts, stops, reboots or terminates instances: one call for each region, all at once. */
export function runPower(kind: PowerAction, targets: readonly Target[], options: PowerOptions = {}): void {
  const begun = begin(kind, batchesOf(targets), options, true)
  begun.parts.forEach((part, index) => {
    const body = {
      regionId: part.regionId,
      servers: part.targets.map(({ id }) => ({ id })) as [{ id: string }, ...{ id: string }[]],
      ...options,
    }
    void carryOut(begun.number, index, part, () => call(OPERATIONS[kind], { body }))
  })
}

/** Something else that Huawei Cloud makes a job of. */
export function runJob(kind: JobKind, target: Target, send: () => Promise<JobTicket>): void {
  const begun = begin(kind, [[target]], {}, false)
  for (const part of begun.parts) void carryOut(begun.number, 0, part, send)
}

export function repeatFailed(run: Run): void {
  if (isPower(run.kind)) runPower(run.kind, failedOf(run), run.options)
}

/** Listens again to a job that was lost sight of. */
export function followAgain(run: Run): void {
  run.parts.forEach((part, index) => {
    if (part.state === 'lost' && part.jobId) void follow(run.number, index, part, part.jobId)
  })
}

export function dismiss(run: Run): void {
  changeRuns(currentRuns().filter((one) => one.number !== run.number))
}

function begin(
  kind: Run['kind'],
  batches: readonly (readonly Target[])[],
  options: PowerOptions,
  mayRepeat: boolean,
): Run {
  number += 1
  const parts = batches.map(
    (targets): Part => ({ regionId: targets[0]?.regionId ?? '', targets, state: 'sending', results: [] }),
  )
  const run: Run = { number, kind, options, parts, at: Date.now(), mayRepeat }
  changeRuns([run, ...currentRuns()].slice(0, MOST_RUNS))
  return run
}

async function carryOut(
  run: number,
  index: number,
  part: Part,
  send: () => Promise<JobTicket>,
): Promise<void> {
  const { signal } = over
  try {
    const { job_id: jobId } = await send()
    lookAnew()
    if (jobId) return follow(run, index, part, jobId)
    changePart(run, index, { state: 'ended', results: part.targets.map(({ id }) => ({ id, ok: true })) })
  } catch (thrown) {
    if (signal.aborted) return
    const error = asApiError(thrown)
    changePart(run, index, { state: isOutcomeUnknown(error) ? 'unknown' : 'refused', error })
    lookAnew()
  }
}

async function follow(run: number, index: number, part: Part, jobId: string): Promise<void> {
  const ids = part.targets.map(({ id }) => id)
  changePart(run, index, { state: 'running', jobId, error: undefined })
  await watchJob({ jobId, regionId: part.regionId }, over.signal, ({ job, by, error }) => {
    const state = by === 'ended' || by === 'lost' ? by : 'running'
    changePart(run, index, {
      state,
      error,
      ...(job ? { job, results: resultsOf(job, ids) } : {}),
    })
  })
  lookAnew()
}

let settling: ReturnType<typeof setTimeout> | undefined

/** Asks for everything about instances anew; once for jobs that end together. */
function lookAnew(): void {
  clearTimeout(settling)
  settling = setTimeout(() => {
    for (const key of [
      'listInstances',
      'showInstance',
      'listInstanceVolumes',
      'listVolumes',
      'listPublicIps',
    ])
      void queryClient.invalidateQueries({ queryKey: [key] })
  }, SETTLE_MS)
}
