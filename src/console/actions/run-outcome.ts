import type { ApiError } from '../api/error.ts'
import type { Target } from './power.ts'
import type { Part, Run } from './run-store.ts'

export interface TargetOutcome extends Target {
  outcome: 'waiting' | 'done' | 'failed' | 'unknown'
  code?: string | undefined
  message?: string | undefined
}

export interface Tally {
  all: number
  done: number
  failed: number
  unknown: number
  waiting: number
}

/** What has become of each instance of a part. */
export function outcomesOf({ targets, state, error, results }: Part): readonly TargetOutcome[] {
  const byId = new Map(results.map((result) => [result.id, result]))
  return targets.map((target) => {
    const result = byId.get(target.id)
    if (state === 'refused')
      return { ...target, outcome: 'failed', code: error?.reason, message: error?.message }
    if (result?.ok === true) return { ...target, outcome: 'done' }
    if (result?.ok === false)
      return { ...target, outcome: 'failed', code: result.code, message: result.message }
    return { ...target, outcome: state === 'sending' || state === 'running' ? 'waiting' : 'unknown' }
  })
}

export function tallyOf(run: Run): Tally {
  const tally: Tally = { all: 0, done: 0, failed: 0, unknown: 0, waiting: 0 }
  for (const { outcome } of run.parts.flatMap(outcomesOf)) {
    tally.all += 1
    tally[outcome] += 1
  }
  return tally
}

export const failedOf = (run: Run): readonly Target[] =>
  run.parts
    .flatMap(outcomesOf)
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ id, name, regionId }) => ({ id, name, regionId }))

export const isUnderWay = ({ parts }: Run): boolean =>
  parts.some(({ state }) => state === 'sending' || state === 'running')

/** Whether a write may have been carried out though no answer says so. */
export const isOutcomeUnknown = (error: ApiError): boolean =>
  error.reason === 'UPSTREAM_OUTCOME_UNKNOWN' ||
  error.reason === 'ANSWER_UNREADABLE' ||
  error.isNetworkLost ||
  error.status === 504
