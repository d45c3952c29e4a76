import Type from 'typebox'
import { Compile } from './check.ts'
import { buy, giveBack, invalidPublicIp, publicIpWithId, refuseGiveBack, unbind } from './eip-acts.ts'
import { newJob } from './jobs.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'
import { showJob } from './show-job.ts'
import { hasRoomFor } from './vpc-common.ts'
import type { World } from './world.ts'

const BATCH = '/v2/{project_id}/batchpublicips'

/** https://support.huaweicloud.com/api-eip/eip_api_0009.html */
export const eipBatchRows: readonly Row[] = [
  { name: 'BatchCreatePublicips', method: 'POST', path: BATCH, handle: batchCreate },
  { name: 'BatchDeletePublicIp', method: 'DELETE', path: BATCH, handle: batchDelete },
  { name: 'BatchDisassociatePublicips', method: 'PATCH', path: BATCH, handle: batchDisassociate },
  { name: 'ShowResourcesJobDetail', method: 'GET', path: '/v1/{project_id}/jobs/{job_id}', handle: showJob },
]

const CreateBody = Compile(
  Type.Object({
    publicip: Type.Object({
      type: Type.String(),
      ip_version: Type.Optional(Type.Union([Type.Literal('4'), Type.Literal(4)])),
    }),
    bandwidth: Type.Object({
      share_type: Type.String(),
      name: Type.Optional(Type.String({ maxLength: 64 })),
      size: Type.Optional(Type.Integer()),
      id: Type.Optional(Type.String()),
      charge_mode: Type.Optional(Type.String()),
    }),
    publicip_number: Type.Integer({ minimum: 1, maximum: 20 }),
    enterprise_project_id: Type.Optional(Type.String()),
  }),
)

function batchCreate(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!CreateBody.Check(body)) throw invalidPublicIp()
  const holdings = world.holdings(ask.project)
  const { publicip, bandwidth, publicip_number: number, enterprise_project_id } = body
  if (!hasRoomFor('publicIp', number, holdings))
    throw new Refusal(409, 'VPC.0521', "Quota exceeded for resources: ['floatingip'].")
  const wanted = { publicip: { type: publicip.type }, bandwidth, enterprise_project_id }
  const bought = Array.from({ length: number }, () => buy(wanted, false, holdings, world))
  return ok({ job_id: begin(ask, world, 'createPublicIps', bought) })
}

function begin(
  ask: Ask,
  world: World,
  kind: 'createPublicIps' | 'deletePublicIp' | 'disassociatePublicIp',
  publicIps: readonly { id: string }[],
): string {
  const parts = publicIps.map(({ id }) => ({ plan: { publicIpId: id } }))
  const job = newJob(world.outside, ask.project, kind, parts)
  world.begin(world.holdings(ask.project), job)
  return job.id
}

const IdsBody = Compile(
  Type.Object({ publicip_ids: Type.Array(Type.String(), { minItems: 1, maxItems: 50 }) }),
)

function named(ask: Ask, world: World) {
  const body = ask.object()
  if (!IdsBody.Check(body)) throw invalidPublicIp()
  const holdings = world.holdings(ask.project)
  return [...new Set(body.publicip_ids)].map((id) => publicIpWithId(holdings, id))
}

/** All of them or none, and a job for each. */
function batchDelete(ask: Ask, world: World): Answer {
  const publicIps = named(ask, world)
  for (const publicIp of publicIps) refuseGiveBack(publicIp)
  for (const publicIp of publicIps) giveBack(publicIp, world.holdings(ask.project))
  return ok({ job_ids: publicIps.map((each) => begin(ask, world, 'deletePublicIp', [each])) })
}

function batchDisassociate(ask: Ask, world: World): Answer {
  const publicIps = named(ask, world)
  for (const publicIp of publicIps) unbind(publicIp, world.holdings(ask.project), world)
  return ok({ job_ids: publicIps.map((each) => begin(ask, world, 'disassociatePublicIp', [each])) })
}
