import type { UpstreamFailure } from '../huaweicloud/failure.ts'
import { inTurn } from './headers.ts'
import { render } from './problem.ts'
import { problemOf } from './problem-of.ts'
import type { QuickPlan } from './quick-plan.ts'
import { hider } from './secrets.ts'

export interface QuickRefusal {
  readonly code: number
  readonly reason: string
  /** Names and values in turn. */
  readonly headers: readonly string[]
  readonly body: Buffer
}

const made = new WeakMap<QuickPlan, Map<string, QuickRefusal>>()

/** The answer to who finds no place: the same for all requests of a plan, and so made once. */
export function refusalOf(plan: QuickPlan, failure: UpstreamFailure): QuickRefusal {
  const problem = problemOf(failure)
  const known = made.get(plan) ?? new Map<string, QuickRefusal>()
  made.set(plan, known)
  const found = known.get(problem.reason)
  if (found) return found
  const body = Buffer.from(render(problem, hider(plan.secrets)))
  const headers = [...plan.headers, ...inTurn(problem.headers ?? {}), 'content-length', String(body.length)]
  const refusal = { code: problem.code, reason: problem.reason, headers, body }
  known.set(problem.reason, refusal)
  return refusal
}
