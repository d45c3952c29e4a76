import type { ServiceName } from './service.ts'
import type { State } from './state.ts'

/** What goes wrong. */
export type Trouble =
  | {
      readonly kind: 'refuse'
      readonly status: number
      readonly code: string
      readonly message: string
      readonly retryAfter?: number
    }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: Ruin }

/** The caller is given no whole answer: none at all, half of it, or something else. */
export type Ruin = 'hang-up' | 'cut' | 'garbage'

/** Trouble made on purpose: where, how often, and whether the work is done all the same. */
export interface Fault {
  readonly id: string
  /** `ecs.createservers`, `ecs` or `*`, in small letters. */
  readonly on: string
  readonly region?: string
  readonly phase: 'before' | 'after'
  readonly chance?: number
  /** How often it still strikes; without it, until it is taken away. */
  left?: number
  struck: number
  readonly trouble: Trouble
}

export interface Aim {
  readonly service: ServiceName
  readonly operation: string
  readonly region: string
}

/** The first fault that strikes here, counted as having struck. Chance is drawn only where it decides. */
export function strike(
  { faults }: State,
  { service, operation, region }: Aim,
  phase: Fault['phase'],
  random: () => number,
): Fault | undefined {
  const places = ['*', service, `${service}.${operation.toLowerCase()}`]
  for (const fault of faults.values()) {
    if (fault.phase !== phase || fault.left === 0 || !places.includes(fault.on)) continue
    if (fault.region !== undefined && fault.region !== region) continue
    if (fault.chance !== undefined && random() >= fault.chance) continue
    if (fault.left !== undefined) fault.left -= 1
    fault.struck += 1
    return fault
  }
  return undefined
}
