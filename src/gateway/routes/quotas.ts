import Type from 'typebox'
import { showServerLimits } from '../../huaweicloud/ecs-account.ts'
import { listVolumeQuotas } from '../../huaweicloud/evs.ts'
import { showImageQuota } from '../../huaweicloud/ims.ts'
import type { Operation } from '../../huaweicloud/operation.ts'
import { showVpcQuotas } from '../../huaweicloud/vpc.ts'
import { strict } from '../fields.ts'
import { type Asked, route } from '../route.ts'
import { quotas } from '../shapes/quotas.ts'

const SERVICES = ['ecs', 'ims', 'vpc', 'evs'] as const

const howOf: Record<(typeof SERVICES)[number], [operation: Operation, asked?: Asked]> = {
  ecs: [showServerLimits],
  ims: [showImageQuota],
  vpc: [showVpcQuotas],
  evs: [listVolumeQuotas, { query: [['usage', 'True']] }],
}

export const showQuotas = route({
  method: 'GET',
  path: '/api/quotas',
  name: 'showQuotas',
  tag: 'account',
  scope: 'read',
  needs: 'regional',
  service: 'ecs',
  serviceIn: 'service',
  summary: 'How much of a service the project may use, and how much of that is used.',
  fields: strict({
    service: Type.Optional(
      Type.Enum([...SERVICES], { description: 'vpc tells of public addresses, too. ecs if left out.' }),
    ),
  }),
  value: quotas,
  example: { fields: { service: 'ecs' } },
  run: async ({ ask, fields: { service = 'ecs' } }) => ({ answer: await ask(...howOf[service]) }),
})
