import { expect } from 'vitest'
import { FLAVOR, IMAGE, one, UNKNOWN } from './ecs-bodies.ts'
import { answers, type Row, refuses } from './row.ts'

export const groups: Row[] = [
  answers(
    'CreateServerGroup',
    { body: { server_group: { name: 'apart', policies: ['anti-affinity'] } } },
    ({ server_group }, kept) => {
      kept.serverGroup = server_group.id
    },
  ),
  answers('AddServerGroupMember', (kept) => ({
    server_group_id: kept.serverGroup,
    body: { add_member: { instance_uuid: kept.server } },
  })),
  answers(
    'ShowServerGroup',
    (kept) => ({ server_group_id: kept.serverGroup }),
    ({ server_group }, kept) => expect(server_group.members).toEqual([kept.server]),
  ),
  answers('ListServerGroups', { limit: 10 }, ({ server_groups }) => expect(server_groups).toHaveLength(1)),
  answers('DeleteServerGroupMember', (kept) => ({
    server_group_id: kept.serverGroup,
    body: { remove_member: { instance_uuid: kept.server } },
  })),
  // The Node SDK of npm is older and does not know these.
  answers(
    'BatchAddServerGroupMember',
    (kept) => ({
      server_group_id: kept.serverGroup,
      body: { server_ids: [kept.server] },
    }),
    { only: 'python' },
  ),
  answers(
    'BatchDeleteServerGroupMember',
    (kept) => ({
      server_group_id: kept.serverGroup,
      body: { server_ids: [kept.server] },
    }),
    { only: 'python' },
  ),
  answers('DeleteServerGroup', (kept) => ({ server_group_id: kept.serverGroup }), {}, 204),
  refuses('ShowServerGroup', 400, 'Ecs.0313', { server_group_id: UNKNOWN }, { when: 'unknown' }),
  answers('NovaCreateKeypair', { body: { keypair: { name: 'contract-key' } } }, ({ keypair }) =>
    expect(keypair.private_key).toContain('PRIVATE KEY'),
  ),
  refuses(
    'NovaCreateKeypair',
    409,
    '409',
    { body: { keypair: { name: 'contract-key' } } },
    { when: 'again' },
  ),
  answers('NovaShowKeypair', { keypair_name: 'contract-key' }),
  answers('NovaListKeypairs', {}, ({ keypairs }) => expect(keypairs).toHaveLength(1)),
  answers('NovaDeleteKeypair', { keypair_name: 'contract-key' }, {}, 202),
  refuses('NovaShowKeypair', 404, '404', { keypair_name: 'contract-key' }, { when: 'deleted' }),
]

export const nova: Row[] = [
  answers('NovaListServers', { limit: 3 }, ({ servers }) => expect(servers).toHaveLength(3)),
  answers('NovaListServersDetails', {}),
  answers('NovaShowServer', one()),
  refuses('NovaShowServer', 404, '404', { server_id: UNKNOWN }, { when: 'unknown' }),
  answers('NovaListServerSecurityGroups', one()),
  answers(
    'NovaCreateServers',
    (kept) => ({
      body: {
        server: {
          name: 'nova',
          flavorRef: FLAVOR,
          imageRef: '',
          networks: [{ uuid: kept.subnet }],
          block_device_mapping_v2: [
            {
              source_type: 'image',
              destination_type: 'volume',
              uuid: IMAGE,
              boot_index: '0',
              volume_size: 60,
              volume_type: 'SATA',
              delete_on_termination: true,
            },
          ],
        },
      },
    }),
    ({ server }, kept) => {
      kept.nova = server.id
    },
    202,
  ),
  answers('NovaDeleteServer', (kept) => ({ server_id: kept.nova }), {}, 204),
]
