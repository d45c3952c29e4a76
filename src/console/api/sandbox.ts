import { queryOptions } from '@tanstack/react-query'
import { request } from './client.ts'

export type Pace = { by: 'at-once' } | { by: 'poll'; polls: number } | { by: 'clock'; ms?: number }

/** How much there is of each kind, and how fast jobs end. */
export type World = { pace: Pace } & { readonly [kind: string]: unknown }

export interface Clock {
  now: string
  frozen: boolean
  /** Seconds. */
  ahead: number
}

export type ClockChange = { advance?: number; set?: string; frozen?: boolean }

export interface Refusal {
  status: number
  code?: string
  message?: string
  retryAfter?: number
}

export interface FaultBody {
  on: string
  region?: string
  times?: number
  chance?: number
  phase?: 'before' | 'after'
  do: 'hang-up' | 'cut' | 'garbage' | 'throttle' | { delay: number } | Refusal
}

export interface Fault {
  id: string
  on: string
  region?: string
  phase: 'before' | 'after'
  chance?: number
  left?: number
  struck: number
  trouble:
    | ({ kind: 'refuse' } & Refusal)
    | { kind: 'delay'; ms: number }
    | { kind: 'hang-up' | 'cut' | 'garbage' }
}

export interface LogEntry {
  number: number
  at: string
  kind: 'request' | 'job' | 'lifetime' | 'control'
  service?: string
  operation?: string
  region?: string
  requestId?: string
  status?: number
  code?: string
  fault?: string
  jobs?: readonly string[]
  targets?: readonly string[]
  failures?: readonly string[]
  changed?: Readonly<Record<string, number>>
}

const MOST_ENTRIES = 1_000

const ask = <T>(method: string, door: string, body?: unknown, signal?: AbortSignal) =>
  request(method, `/_sandbox/${door}`, { body, signal }) as Promise<T>

const doorQuery = <T>(door: string) =>
  queryOptions({
    queryKey: ['sandbox', door],
    queryFn: ({ signal }) => ask<T>('GET', door, undefined, signal),
  })

export const worldQuery = () => doorQuery<World>('world')
export const clockQuery = () => doorQuery<Clock>('clock')
export const faultsQuery = () => doorQuery<{ faults: readonly Fault[] }>('faults')
export const snapshotsQuery = () => doorQuery<{ snapshots: readonly string[] }>('snapshots')

/** The latest entries of the log, the newest first. */
export const logQuery = () =>
  queryOptions({
    queryKey: ['sandbox', 'events'],
    queryFn: async ({ signal }): Promise<readonly LogEntry[]> => {
      type Answer = { events: LogEntry[]; last: number }
      const { last } = await ask<Answer>('GET', 'events?limit=1', undefined, signal)
      const after = Math.max(0, last - MOST_ENTRIES)
      const { events } = await ask<Answer>('GET', `events?after=${after}`, undefined, signal)
      return events.reverse()
    },
  })

export const setPace = (pace: Pace) => ask('PUT', 'pace', pace)
export const changeClock = (change: ClockChange) => ask('PUT', 'clock', change)
export const addFault = (fault: FaultBody) => ask('POST', 'faults', fault)
export const removeFault = (id: string) => ask('DELETE', `faults/${encodeURIComponent(id)}`)
export const removeAllFaults = () => ask('DELETE', 'faults')
export const takeSnapshot = (name: string) => ask('POST', `snapshots/${encodeURIComponent(name)}`)
export const restoreSnapshot = (name: string) => ask('POST', `snapshots/${encodeURIComponent(name)}/restore`)
export const removeSnapshot = (name: string) => ask('DELETE', `snapshots/${encodeURIComponent(name)}`)
export const resetWorld = () => ask('POST', 'reset')
