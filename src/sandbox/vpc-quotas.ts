import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok, type Row } from './service.ts'
import { type NetworkQuota, networkQuotas, usedOf } from './vpc-common.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_quota_0001.html */
export const quotaRows: readonly Row[] = [
  { name: 'ShowQuota', method: 'GET', path: '/v1/{project_id}/quotas', handle: showQuota },
]

function showQuota({ project, query }: Ask, world: World): Answer {
  const holdings = world.holdings(project)
  const wanted = query.get('type')
  if (wanted !== undefined && !Object.hasOwn(networkQuotas, wanted))
    throw new Refusal(400, 'VPC.1207', `The quota type ${wanted} is invalid.`)
  const types = wanted === undefined ? Object.keys(networkQuotas) : [wanted]
  const resources = (types as NetworkQuota[]).map((type) => ({
    type,
    used: usedOf(type, holdings),
    quota: networkQuotas[type],
    min: 0,
  }))
  return ok({ quotas: { resources } })
}
