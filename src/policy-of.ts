import type { ConnectionLimits } from './huaweicloud/connections.ts'
import { DEFAULT_POLICY, type Policy } from './huaweicloud/policy.ts'
import type { Settings } from './settings.ts'

/** How the settings have failed calls repeated. */
export function policyOf(settings: Settings): Policy {
  const { backoff, breaker, budget } = DEFAULT_POLICY
  return {
    attempts: { read: settings.attemptsRead, write: settings.attemptsWrite },
    backoff: { ...backoff, most: settings.backoffMost * 1_000 },
    budget: { ...budget, tokens: settings.retryBudget },
    breaker: { ...breaker, inARow: settings.breakerFailures, mostMs: settings.breakerOpenMost * 1_000 },
  }
}

/** How much the settings let be under way, and for how long. */
export const limitsOf = (settings: Settings): ConnectionLimits => ({
  most: settings.connections,
  mostOfOne: settings.connectionsCaller,
  queue: settings.queue,
  waitMs: settings.queueWait * 1_000,
  connectMs: settings.connectTimeout * 1_000,
  firstByteMs: settings.firstByteTimeout * 1_000,
  idleMs: settings.idleTimeout * 1_000,
})
