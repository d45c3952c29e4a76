import type { Regional } from '../api/list.ts'
import type { Server } from '../api/schema.ts'

export type PowerAction = 'start' | 'stop' | 'reboot' | 'terminate'

export const POWER_ACTIONS: readonly PowerAction[] = ['start', 'stop', 'reboot', 'terminate']

export const isPower = (kind: string): kind is PowerAction =>
  (POWER_ACTIONS as readonly string[]).includes(kind)

/** Why an action makes no sense for an instance as it is; the words for it are in the texts. */
export type WhyNot = 'busy' | 'running' | 'stopped' | 'inError' | 'otherState' | 'locked' | 'prepaid'

type Seen = Pick<Server, 'status' | 'locked' | 'metadata' | 'OS-EXT-STS:task_state'>

export function whyNot(action: PowerAction, server: Seen): WhyNot | undefined {
  const { status, locked, metadata } = server
  const task = server['OS-EXT-STS:task_state']
  if (action === 'terminate') {
    if (task === 'deleting' || status === 'DELETED') return 'busy'
    // What is paid by the month or year is unsubscribed from, which is an order and no action.
    if (metadata?.charging_mode === '1') return 'prepaid'
    return locked ? 'locked' : undefined
  }
  if (task) return 'busy'
  if (locked) return 'locked'
  if (status === (action === 'start' ? 'SHUTOFF' : 'ACTIVE')) return undefined
  if (status === 'ACTIVE') return 'running'
  if (status === 'SHUTOFF') return 'stopped'
  return status === 'ERROR' ? 'inError' : 'otherState'
}

export interface Sorted<T> {
  fit: readonly T[]
  unfit: readonly { server: T; why: WhyNot }[]
}

export function sortedFor<T extends Seen>(action: PowerAction, servers: readonly T[]): Sorted<T> {
  const fit: T[] = []
  const unfit: { server: T; why: WhyNot }[] = []
  for (const server of servers) {
    const why = whyNot(action, server)
    if (why === undefined) fit.push(server)
    else unfit.push({ server, why })
  }
  return { fit, unfit }
}

/** The reasons, the commonest first. */
export function reasonsOf(unfit: Sorted<unknown>['unfit']): readonly (readonly [WhyNot, number])[] {
  const counts = new Map<WhyNot, number>()
  for (const { why } of unfit) counts.set(why, (counts.get(why) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}

export interface PowerOptions {
  /** Of stop and reboot. */
  type?: 'SOFT' | 'HARD'
  /** Of terminate. */
  deletePublicIp?: boolean
  deleteVolume?: boolean
}

export interface Target {
  id: string
  name: string
  regionId: string
}

export const targetOf = ({ id = '', name, regionId }: Regional<Server>): Target => ({
  id,
  name: name || id,
  regionId,
})

/** Huawei Cloud takes up to 1,000 in one call. */
const MOST_IN_CALL = 1_000

/** One batch for each region, or more where a region has more than one call takes. */
export function batchesOf(targets: readonly Target[]): readonly (readonly Target[])[] {
  const byRegion = Map.groupBy(targets, ({ regionId }) => regionId)
  return [...byRegion.values()].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / MOST_IN_CALL) }, (_, n) =>
      all.slice(n * MOST_IN_CALL, (n + 1) * MOST_IN_CALL),
    ),
  )
}
