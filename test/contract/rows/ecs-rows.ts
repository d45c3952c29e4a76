import { catalogue } from './ecs-catalogue-rows.ts'
import { creates } from './ecs-create-rows.ts'
import { groups, nova } from './ecs-group-rows.ts'
import { ends, power, sizes } from './ecs-life-rows.ts'
import { disks, more, nics } from './ecs-part-rows.ts'
import { changes, reads } from './ecs-server-rows.ts'
import { answers, type Row, type Table } from './row.ts'

const surroundings: Row[] = [
  answers(
    'ListVpcs',
    {},
    {
      sdk: 'vpc/v2',
      look: ({ vpcs: [vpc] }, kept) => {
        kept.vpc = vpc.id
      },
    },
  ),
  answers('ListSubnets', (kept) => ({ vpc_id: kept.vpc }), {
    sdk: 'vpc/v2',
    look: ({ subnets: [subnet] }, kept) => {
      kept.subnet = subnet.id
    },
  }),
  answers(
    'ListSecurityGroups',
    {},
    {
      sdk: 'vpc/v2',
      look: ({ security_groups: [group] }, kept) => {
        kept.group = group.id
      },
    },
  ),
]

export const ecsRows: Table = {
  sdk: 'ecs/v2',
  rows: [
    ...surroundings,
    ...catalogue,
    ...creates,
    ...reads,
    ...changes,
    ...power,
    ...sizes,
    ...nics,
    ...disks,
    ...more,
    ...groups,
    ...nova,
    ...ends,
  ],
}
