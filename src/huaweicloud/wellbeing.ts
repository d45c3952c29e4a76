import type { Outside } from '../outside.ts'
import { BoundedMap } from './bounded-map.ts'
import { Breaker } from './breaker.ts'
import type { Whereabouts } from './observer.ts'
import type { Policy } from './policy.ts'
import { RetryBudget } from './retry-budget.ts'
import type { Sendable } from './signed-message.ts'

/** What is known of one service in one region: trouble there must not be felt elsewhere. */
export interface Wellbeing {
  readonly breaker: Breaker
  readonly budget: RetryBudget
}

export type WellbeingOf = (request: Pick<Sendable, 'endpoint' | 'operation' | 'region'>) => Wellbeing

/** Every service in every region there is, several times. */
const MOST = 10_000

export function keepWellbeing(
  policy: Policy,
  outside: Outside,
  onBreaker: (where: Whereabouts, isOpen: boolean) => void,
): WellbeingOf {
  const known = new BoundedMap<Wellbeing>(MOST)
  return ({ endpoint, operation: { service }, region }) => {
    const where = { service, region, origin: endpoint.origin }
    const key = `${where.origin} ${service} ${region}`
    const found = known.get(key)
    if (found) return found
    const made = {
      breaker: new Breaker(policy.breaker, outside, (isOpen) => onBreaker(where, isOpen)),
      budget: new RetryBudget(policy.budget.tokens),
    }
    known.set(key, made)
    return made
  }
}
