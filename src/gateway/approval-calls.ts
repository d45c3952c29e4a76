import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { Agents } from './agent-door.ts'
import { answerWith } from './answer.ts'
import type { NotApproved } from './approvals.ts'
import type { Reason } from './catalogue.ts'
import { GatewayError } from './errors.ts'
import { id, strict } from './fields.ts'
import { callerByHeaders } from './header-keys.ts'
import type { RateLimits } from './rate-limits.ts'
import { refuseFaults } from './refuse-faults.ts'
import { checkOf } from './violations.ts'

export interface ApprovalCallSettings extends Pick<Agents, 'approvals' | 'identify'> {
  limits: RateLimits
}

export const decisionFields = strict({
  id: id('What waits for it, its `id` of GET /api/approvals'),
  decision: Type.Enum(['approve', 'decline'], { description: 'Either is final.' }),
})
const faultsOf = checkOf(decisionFields)

const REASON_OF: Record<NotApproved, Reason> = {
  unknown: 'APPROVAL_UNKNOWN',
  late: 'APPROVAL_LATE',
  used: 'APPROVAL_USED',
  declined: 'APPROVAL_USED',
  pending: 'APPROVAL_USED',
  'other-arguments': 'APPROVAL_UNKNOWN',
  'own-credentials': 'APPROVAL_OF_ONE_SELF',
  'too-many': 'APPROVAL_UNKNOWN',
}

/**
 * What waits for a person's yes, and that yes, for the console. No token may call these: a token is what agents have.
 * Only the key pair behind the agent's token may.
 */
export function mountApprovals(app: FastifyInstance, settings: ApprovalCallSettings): void {
  const { approvals, identify, limits } = settings

  function accountOf(request: FastifyRequest, reply: FastifyReply): string {
    const account = identify(callerByHeaders(request))
    limits.byCaller(request.notes, reply)
    return account
  }

  app.get('/api/approvals', async (request, reply) => {
    const pending = await approvals.list({ account: accountOf(request, reply) })
    await answerWith(reply, { value: { approvals: pending } })
  })

  app.post('/api/approvals', async (request, reply) => {
    const account = accountOf(request, reply)
    const { id, decision } = decisionIn(request.body)
    const approves = decision === 'approve'
    const refused = await approvals.decide({ id, approves, by: 'console', proof: { account } })
    if (refused) throw new GatewayError(REASON_OF[refused])
    await answerWith(reply, { value: { id, decision } })
  })
}

function decisionIn(body: unknown): Static<typeof decisionFields> {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  const violations = isObject ? faultsOf(body) : [{ field: 'body', description: 'must be a JSON object' }]
  refuseFaults({ violations, conflict: false, missing: [], hasForeignBearer: false })
  return body as Static<typeof decisionFields>
}
