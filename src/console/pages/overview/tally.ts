import type { Server } from '../../api/schema.ts'
import { memoryOf, vcpusOf } from '../instances/facts.ts'

/** What is told apart at a glance; whatever else a server may be doing is `other`. */
export const KINDS = ['running', 'stopped', 'error', 'other'] as const
export type Kind = (typeof KINDS)[number]

/** Of each kind the status that the table of instances filters by; `other` is several. */
export const STATUS_OF: Readonly<Record<Exclude<Kind, 'other'>, string>> = {
  running: 'ACTIVE',
  stopped: 'SHUTOFF',
  error: 'ERROR',
}

export interface Tally extends Readonly<Record<Kind, number>> {
  all: number
  vcpus: number
  /** In MiB, as all memory here. */
  memory: number
  runningVcpus: number
  runningMemory: number
  /** Instances whose flavor does not tell its size. */
  unsized: number
}

export const NOTHING: Tally = {
  all: 0,
  running: 0,
  stopped: 0,
  error: 0,
  other: 0,
  vcpus: 0,
  memory: 0,
  runningVcpus: 0,
  runningMemory: 0,
  unsized: 0,
}

export function kindOf({ status }: Pick<Server, 'status'>): Kind {
  const known = KINDS.find((kind) => kind !== 'other' && STATUS_OF[kind] === status)
  return known ?? 'other'
}

export function tallyOf(servers: readonly Server[]): Tally {
  const tally = { ...NOTHING }
  for (const server of servers) {
    const kind = kindOf(server)
    const vcpus = vcpusOf(server)
    const memory = memoryOf(server)
    tally.all += 1
    tally[kind] += 1
    tally.vcpus += vcpus ?? 0
    tally.memory += memory ?? 0
    if (vcpus === undefined || memory === undefined) tally.unsized += 1
    if (kind !== 'running') continue
    tally.runningVcpus += vcpus ?? 0
    tally.runningMemory += memory ?? 0
  }
  return tally
}

export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = { ...NOTHING }
  for (const tally of tallies) for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += tally[key]
  return sum
}
