import { expect } from 'vitest'
import { server, UNKNOWN } from './ecs-bodies.ts'
import { answers, type Kept, type Row, refuses, works } from './row.ts'

/** Sent twice, it is the same request under the same token. */
const everything = (kept: Kept) => ({
  'X-Client-Token': '46436810-d999-454c-bd85-e515fd258600',
  ...server({
    availability_zone: kept.zone,
    description: 'judged',
    data_volumes: [{ volumetype: 'SSD', size: 20 }],
    security_groups: [{ id: kept.group }],
    server_tags: [{ key: 'env', value: 'contract' }],
    metadata: { agency_name: 'nobody' },
    adminPass: 'Example-Pass1',
    extendparam: { chargingMode: 'postPaid', regionID: 'cn-east-2' },
    publicip: {
      eip: { iptype: '5_bgp', bandwidth: { size: 5, sharetype: 'PER', chargemode: 'traffic' } },
    },
  })(kept),
})

export const creates: Row[] = [
  answers('CreateServers', server({}, { dry_run: true }), { when: 'dry run' }, 202),
  works('CreateServers', everything, {
    when: 'with everything',
    look: ({ serverIds }, kept) => {
      kept.server = serverIds[0]
    },
  }),
  answers('CreateServers', everything, {
    when: 'again with the same token',
    look: ({ serverIds }, kept) => expect(serverIds[0]).toBe(kept.server),
  }),
  refuses(
    'CreateServers',
    400,
    'Ecs.0122',
    (kept) => ({ 'X-Client-Token': '46436810-d999-454c-bd85-e515fd258600', ...server({ count: 2 })(kept) }),
    { when: 'otherwise with the same token' },
  ),
  refuses('CreateServers', 400, 'Ecs.0123', (kept) => ({ 'X-Client-Token': 'no-uuid', ...server()(kept) }), {
    when: 'with a token of no form',
  }),
  works('CreateServers', server({ name: 'many', count: 3 }), {
    when: 'three at once',
    look: ({ serverIds }, kept) => {
      expect(serverIds).toHaveLength(3)
      kept.many = serverIds
    },
  }),
  answers(
    'CreateServers',
    server({
      extendparam: { chargingMode: 'prePaid', periodType: 'month', periodNum: 1, isAutoPay: 'true' },
    }),
    {
      when: 'prepaid',
      look: ({ order_id, serverIds }, kept) => {
        expect(order_id).toMatch(/^CS/)
        kept.prepaid = serverIds[0]
      },
    },
  ),
  works('CreatePostPaidServers', server({ extendparam: undefined }), {
    look: ({ serverIds }, kept) => {
      kept.plain = serverIds[0]
    },
  }),
  refuses('CreateServers', 400, 'Ecs.0031', server({ imageRef: UNKNOWN }), { when: 'of no image' }),
  refuses('CreateServers', 400, 'Ecs.0029', server({ flavorRef: 'x9.nothing' }), { when: 'of no flavor' }),
  refuses('CreateServers', 400, 'Ecs.0005', server({ vpcid: 'no-uuid' }), { when: 'in a VPC of no form' }),
  refuses('CreateServers', 400, 'Ecs.0011', server({ adminPass: 'weak' }), { when: 'with a weak password' }),
  refuses('CreateServers', 400, 'Ecs.0913', server({ count: 501 }), { when: 'too many at once' }),
  refuses('CreateServers', 400, 'Ecs.0915', server({ name: 'a b' }), { when: 'with a bad name' }),
  refuses('CreateServers', 400, 'Ecs.0914', server({ name: 'a'.repeat(129) }), { when: 'with a long name' }),
  refuses('CreateServers', 400, 'Ecs.0041', server({ description: '<b>' }), {
    when: 'with a bad description',
  }),
  refuses('CreateServers', 400, 'Ecs.0043', server({ root_volume: { volumetype: 'TAPE' } }), {
    when: 'on tape',
  }),
  refuses('CreateServers', 400, 'Ecs.0314', server({ key_name: 'nobodys' }), { when: 'with no key pair' }),
  refuses(
    'CreateServers',
    400,
    'Ecs.0908',
    server({
      server_tags: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
    }),
    { when: 'with a tag twice' },
  ),
  refuses('CreateServers', 400, 'Ecs.0082', server({ auto_terminate_time: 'soon' }), { when: 'ending soon' }),
  refuses('CreateServers', 403, 'Ecs.0083', server({ auto_terminate_time: '2020-01-01T00:00:00Z' }), {
    when: 'ending long ago',
  }),
]
