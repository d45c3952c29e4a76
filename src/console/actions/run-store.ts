import { useSyncExternalStore } from 'react'
import type { ApiError } from '../api/error.ts'
import type { Job, Result } from '../api/schema.ts'
import type { PowerAction, PowerOptions, Target } from './power.ts'

/** Other things that Huawei Cloud makes a job of; they are not repeated from here. */
export type JobKind = 'attach' | 'detach' | 'resize'

export type RunKind = PowerAction | JobKind

/** What one region was asked to do. */
export interface Part {
  regionId: string
  targets: readonly Target[]
  /**
   * `refused` did nothing. `unknown` was sent and its answer lost. `lost` is under way, and nothing more is heard of it.
   */
  state: 'sending' | 'running' | 'ended' | 'refused' | 'unknown' | 'lost'
  jobId?: string
  job?: Job | undefined
  error?: ApiError | undefined
  results: readonly Result[]
}

/** One thing that somebody did, to one or many instances. */
export interface Run {
  number: number
  kind: RunKind
  options: PowerOptions
  parts: readonly Part[]
  at: number
  mayRepeat: boolean
}

let runs: readonly Run[] = []
const listeners = new Set<() => void>()

export const currentRuns = (): readonly Run[] => runs

export function changeRuns(next: readonly Run[]): void {
  runs = next
  for (const listener of listeners) listener()
}

export function changePart(number: number, index: number, patch: Partial<Part>): void {
  changeRuns(
    runs.map((run) =>
      run.number === number
        ? { ...run, parts: run.parts.map((part, at) => (at === index ? { ...part, ...patch } : part)) }
        : run,
    ),
  )
}

export const useRuns = (): readonly Run[] => useSyncExternalStore(subscribe, currentRuns)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
