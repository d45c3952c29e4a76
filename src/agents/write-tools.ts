import Type from 'typebox'
import { actionFacts, actionInput, actionPlan, instanceIds, serversOf } from './action-plan.ts'
import { approved } from './approve.ts'
import { checkArguments } from './arguments.ts'
import { asFacts } from './as-data.ts'
import { createFacts, createInput, createPlan } from './create-plan.ts'
import { needScope } from './permitted.ts'
import { boundTo, type Plan } from './plan.ts'
import { ToolRefused } from './refused.ts'
import { input, READS, regionId, type Told, type Tool, tool, type Use } from './tool.ts'

const JOB_NEXT = 'It goes on as a job; show_job with its id and wait tells how it ends.'

const startInstances = tool({
  name: 'start_instances',
  title: 'Start instances',
  description: 'Starts instances that are stopped. Needs no approval.',
  scope: 'operate',
  writes: true,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
  input: input({ instanceIds, regionId }),
  async run({ instanceIds: ids, regionId: region }, { call, manners }) {
    const body = { regionId: region ?? manners.regionId, servers: serversOf(ids) }
    return { data: await call({ method: 'PUT', path: '/api/instances/start', body }), next: JOB_NEXT }
  },
})

/** With the region that is meant where none is named, so that it stands in what is approved. */
const inRegion = <Fields extends object>(given: Fields, { manners }: Use): Fields =>
  manners.regionId ? { regionId: manners.regionId, ...given } : given

/** What a preview with these arguments was for. */
function planOf(given: Record<string, unknown>, use: Use): Plan {
  const meant = inRegion(given, use)
  return Object.hasOwn(given, 'action')
    ? actionPlan(checkArguments(actionInput, meant))
    : createPlan(checkArguments(createInput, meant))
}

async function preview(plan: Plan, facts: Record<string, unknown>, use: Use): Promise<Told> {
  const { action, regionId: region, count } = plan
  const shown = { action, regionId: region, count, facts: asFacts(facts) }
  const { account, grant, session, manners } = use
  const ticket = await use.approvals.ask({
    digest: boundTo(plan, use),
    account,
    client: session.client,
    shown,
    ...(grant ? { tokenId: grant.id } : {}),
  })
  if ('refused' in ticket)
    throw new ToolRefused(
      'TOO_MANY_PREVIEWS',
      'Twenty previews of this account wait for an approval already.',
      'Wait two minutes, then make another.',
    )
  return {
    data: { previewId: ticket.id, expires: new Date(ticket.expires).toISOString(), ...shown },
    next: session.elicit
      ? 'Nothing is done yet. Call carry_out with this previewId and the same arguments: the person will be asked.'
      : `Nothing is done yet. ${manners.approveBy(ticket.id, grant !== undefined)} Then call carry_out with this previewId and the same arguments.`,
  }
}

const previewCreate = tool({
  name: 'preview_create',
  title: 'Preview: create instances',
  description:
    'Tries a create without doing it, and asks for an approval that lasts two minutes. carry_out does it.',
  scope: 'admin',
  writes: true,
  annotations: READS,
  input: createInput,
  async run(fields, use) {
    const meant = inRegion(fields, use)
    const plan = createPlan(meant)
    return preview(plan, await createFacts(meant, plan, use), use)
  },
})

const previewAction = tool({
  name: 'preview_action',
  title: 'Preview: stop, reboot or terminate',
  description:
    'Tells which instances these are, and asks for an approval that lasts two minutes. carry_out does it. Terminate deletes for good.',
  scope: 'operate',
  writes: true,
  annotations: READS,
  input: actionInput,
  async run(fields, use) {
    if (fields.action === 'terminate') needScope('admin', use)
    const meant = inRegion(fields, use)
    return preview(actionPlan(meant), await actionFacts(meant, use), use)
  },
})

const carryOut = tool({
  name: 'carry_out',
  title: 'Carry out a preview',
  description:
    'Does what was previewed, once a person has approved it: asks the person, or says where they can approve. Works once.',
  scope: 'operate',
  writes: true,
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
  input: input({
    previewId: Type.String({ pattern: '^[0-9a-z]{16}$' }),
    arguments: Type.Record(Type.String(), Type.Unknown(), { description: 'Exactly those of the preview.' }),
  }),
  async run({ previewId, arguments: given }, use) {
    const plan = planOf(given, use)
    if (plan.action === 'create' || plan.action === 'terminate') needScope('admin', use)
    const approvedBy = await approved(previewId, boundTo(plan, use), use)
    const headers = plan.action === 'create' ? { 'idempotency-key': previewId } : {}
    const data = await use.call({ ...plan.call, headers }, { approval: previewId, approvedBy })
    return { data: { ...data, approvedBy }, next: JOB_NEXT }
  },
})

export const writeTools: readonly Tool[] = [startInstances, previewCreate, previewAction, carryOut]
