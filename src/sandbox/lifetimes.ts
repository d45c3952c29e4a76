import { finish, type Holdings } from './holdings.ts'
import { stableHex } from './ids.ts'
import type { Job } from './jobs.ts'
import type { Server } from './servers.ts'

/** Of a server that does not stay for ever. When it is to be deleted by itself stands in the server. */
export interface Lifetime {
  /** Paid for until then. */
  expiresAt?: number
  months?: number
  autoRenew?: boolean
  /** Nobody has renewed it: it is off, cannot be started, and will be released. */
  frozenAt?: number
}

/** What became of a server when its time was over. */
export type Turn = 'terminated' | 'renewed' | 'frozen' | 'released'

/** How long an expired server is kept. The grace period before it, which depends on the customer, is left out. */
const RETENTION = 15 * 86_400_000

export interface Period {
  readonly periodType?: string | undefined
  readonly periodNum?: number | undefined
  readonly isAutoRenew?: string | undefined
}

/** Called for every server that has just been bought. */
export function beginLifetime(
  holdings: Holdings,
  server: Server,
  period: Period | undefined,
  from = server.created,
): void {
  watchLifetime(holdings, server)
  if (server.chargingMode !== '1') return
  const months = (period?.periodNum ?? 1) * (period?.periodType === 'year' ? 12 : 1)
  holdings.lifetimes.set(server.id, {
    expiresAt: monthsLater(from, months),
    months,
    autoRenew: period?.isAutoRenew === 'true',
  })
}

/** Called when somebody has said when a server is to be deleted by itself. */
export function watchLifetime(holdings: Holdings, server: Server): void {
  if (server.autoTerminateTime && !holdings.lifetimes.has(server.id)) holdings.lifetimes.set(server.id, {})
}

export const isFrozen = (holdings: Holdings, server: Server): boolean =>
  holdings.lifetimes.get(server.id)?.frozenAt !== undefined

/** When something will happen to the server by itself. */
export function dueTime(server: Server, lifetime: Lifetime): number {
  const { expiresAt = Infinity, frozenAt } = lifetime
  const terminated = server.autoTerminateTime ? Date.parse(server.autoTerminateTime) : Infinity
  return Math.min(terminated, frozenAt === undefined ? expiresAt : frozenAt + RETENTION)
}

/** Lets it happen. */
export function turn(holdings: Holdings, server: Server, lifetime: Lifetime, at: number): Turn {
  const { expiresAt = Infinity, months = 1, autoRenew, frozenAt } = lifetime
  const isTerminated = Boolean(server.autoTerminateTime) && Date.parse(server.autoTerminateTime) <= at
  if (isTerminated || frozenAt !== undefined) {
    holdings.lifetimes.delete(server.id)
    remove(holdings, server, at)
    return isTerminated ? 'terminated' : 'released'
  }
  if (autoRenew) {
    lifetime.expiresAt = monthsLater(expiresAt, months)
    return 'renewed'
  }
  lifetime.frozenAt = expiresAt
  server.vmState = 'stopped'
  server.updated = at
  return 'frozen'
}

/** As a deletion by somebody who wants nothing of it kept but the data disks. */
function remove(holdings: Holdings, server: Server, at: number): void {
  const id = `ff8080${stableHex(`end of ${server.id}`).slice(6)}`
  const job: Job = {
    id,
    projectId: holdings.project.id,
    kind: 'delete',
    begunAt: at,
    parts: [{ id: `ff8080${stableHex(`end of ${id}`).slice(6)}`, serverId: server.id }],
    polls: 0,
  }
  server.task = { jobId: id, kind: 'delete' }
  finish(holdings, job, at)
}

/** The 31st goes on to the last day of a shorter month. */
function monthsLater(time: number, months: number): number {
  const date = new Date(time)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, last))
  return date.getTime()
}
