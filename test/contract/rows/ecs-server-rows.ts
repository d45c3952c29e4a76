import { expect } from 'vitest'
import { one, UNKNOWN } from './ecs-bodies.ts'
import { answers, type Row, refuses } from './row.ts'

export const reads: Row[] = [
  answers('ListServersDetails', {}, ({ count, servers }) => expect(servers).toHaveLength(count)),
  answers(
    'ListServersDetails',
    { limit: 2, offset: 2 },
    {
      when: 'second page',
      look: ({ count, servers }) => {
        expect(servers).toHaveLength(2)
        expect(count).toBeGreaterThan(4)
      },
    },
  ),
  answers(
    'ListServersDetails',
    { name: 'many', status: 'ACTIVE', 'not-tags': '__type_baremetal' },
    {
      when: 'filtered',
      look: ({ count }) => expect(count).toBe(3),
    },
  ),
  answers('ListServersDetails', (kept) => ({ server_id: `${kept.server},${UNKNOWN}` }), {
    when: 'by id',
    look: ({ servers }) => expect(servers).toHaveLength(2),
  }),
  refuses('ListServersDetails', 400, 'Ecs.0005', { limit: 1_001 }, { when: 'too long a page' }),
  answers(
    'ListCloudServers',
    {
      limit: 3,
      'expect-fields': [
        'launched_at',
        'key_name',
        'locked',
        'root_device_name',
        'tenancy',
        'dedicated_host_id',
        'enterprise_project_id',
        'tags',
        'metadata',
        'addresses',
        'security_groups',
        'volumes_attached',
        'image',
        'power_state',
        'cpu_options',
        'market_info',
      ],
    },
    ({ servers, servers_links }, kept) => {
      expect(servers).toHaveLength(3)
      kept.next = new URL(servers_links[0].href).searchParams.get('marker')
    },
  ),
  answers('ListCloudServers', (kept) => ({ limit: 3, marker: kept.next }), { when: 'next page' }),
  answers(
    'ListCloudServers',
    { charging_mode: 'prepaid', 'expect-fields': ['market_info'] },
    {
      when: 'prepaid',
      look: ({ servers: [{ market_info }] }) => expect(market_info.prepaid_info.expired_time).toBeTruthy(),
    },
  ),
  refuses('ListCloudServers', 400, 'Ecs.0005', { limit: 101 }, { when: 'too long a page' }),
  answers('ShowServer', one(), ({ server }, kept) => {
    expect(server).toMatchObject({ status: 'ACTIVE', 'OS-EXT-STS:power_state': 1, description: 'judged' })
    kept.disk = server['os-extended-volumes:volumes_attached'].find(
      ({ bootIndex }: { bootIndex: string }) => bootIndex !== '0',
    )?.id
    kept.root = server['os-extended-volumes:volumes_attached'].find(
      ({ bootIndex }: { bootIndex: string }) => bootIndex === '0',
    )?.id
  }),
  refuses('ShowServer', 404, 'Ecs.0114', { server_id: UNKNOWN }, { when: 'unknown' }),
  refuses('ShowJob', 400, 'Common.0011', { job_id: 'ff808082739334d80173943ec9b42130' }, { when: 'unknown' }),
]

export const showsServer = (wanted: object): Row =>
  answers('ShowServer', one(), (body) => expect(body.server).toMatchObject(wanted))

export const changes: Row[] = [
  answers('UpdateServer', one({ body: { server: { name: 'renamed', description: 'anew' } } }), ({ server }) =>
    expect(server.name).toBe('renamed'),
  ),
  showsServer({ name: 'renamed', description: 'anew' }),
  refuses('UpdateServer', 400, 'Ecs.0041', one({ body: { server: { description: '<' } } }), {
    when: 'badly described',
  }),
  refuses(
    'UpdateServer',
    404,
    'Ecs.0114',
    { server_id: UNKNOWN, body: { server: { name: 'x' } } },
    {
      when: 'unknown',
    },
  ),
  answers(
    'BatchUpdateServersName',
    (kept) => ({ body: { name: 'both', servers: kept.many.slice(0, 2).map((id: string) => ({ id })) } }),
    ({ response }) => expect(response).toHaveLength(2),
  ),
  refuses(
    'BatchUpdateServersName',
    400,
    'Ecs.0611',
    { body: { name: 'x', servers: [{ id: UNKNOWN }] } },
    {
      when: 'unknown',
    },
  ),
  answers('UpdateServerMetadata', one({ body: { metadata: { color: 'red' } } }), ({ metadata }) =>
    expect(metadata.color).toBe('red'),
  ),
  answers('DeleteServerMetadata', one({ key: 'color' }), {}, 204),
  refuses('DeleteServerMetadata', 404, 'Ecs.1000', one({ key: 'color' }), { when: 'that is not there' }),
  answers(
    'BatchCreateServerTags',
    one({ body: { action: 'create', tags: [{ key: 'team', value: 'a' }] } }),
    {},
    204,
  ),
  answers('ShowServerTags', one(), ({ tags }) => expect(tags).toContainEqual({ key: 'team', value: 'a' })),
  answers('ListServerTags', {}, ({ tags }) => expect(tags).toContainEqual({ key: 'team', values: ['a'] })),
  answers(
    'ListServersByTag',
    { body: { action: 'filter', limit: '10', offset: '0', tags: [{ key: 'team', values: ['a'] }] } },
    ({ resources, total_count }, kept) => {
      expect(total_count).toBe(1)
      expect(resources[0].resource_id).toBe(kept.server)
    },
  ),
  answers(
    'ListServersByTag',
    { body: { action: 'count', tags: [{ key: 'team', values: ['a'] }] } },
    {
      when: 'counted',
      look: ({ total_count }) => expect(total_count).toBe(1),
    },
  ),
  answers('BatchDeleteServerTags', one({ body: { action: 'delete', tags: [{ key: 'team' }] } }), {}, 204),
  refuses(
    'BatchCreateServerTags',
    400,
    'Ecs.0905',
    one({
      body: { action: 'create', tags: Array.from({ length: 12 }, (_, at) => ({ key: `k${at}`, value: '' })) },
    }),
    { when: 'too many' },
  ),
  answers(
    'ResetServerPassword',
    one({ body: { 'reset-password': { new_password: 'Example-Pass2' } } }),
    {},
    204,
  ),
  refuses(
    'ResetServerPassword',
    400,
    'Ecs.0011',
    one({ body: { 'reset-password': { new_password: 'weak' } } }),
    {
      when: 'weak',
    },
  ),
  answers(
    'BatchResetServersPassword',
    (kept) => ({ body: { new_password: 'Example-Pass3', servers: [{ id: kept.server }] } }),
    ({ response }, kept) => expect(response).toEqual([{ id: kept.server }]),
  ),
  answers('ShowResetPasswordFlag', one(), ({ resetpwd_flag }) =>
    expect(resetpwd_flag).toMatch(/^(True|False)$/),
  ),
  answers('ShowServerPassword', one()),
  answers('DeleteServerPassword', one(), {}, 204),
  answers(
    'ShowServerRemoteConsole',
    one({ body: { remote_console: { type: 'novnc', protocol: 'vnc' } } }),
    ({ remote_console }) => expect(remote_console.url).toMatch(/^https:.*token=/),
  ),
  answers('UpdateServerAutoTerminateTime', one({ body: { auto_terminate_time: inOneDay() } }), {}, 204),
  refuses('UpdateServerAutoTerminateTime', 400, 'Ecs.0082', one({ body: { auto_terminate_time: 'soon' } }), {
    when: 'of no form',
  }),
]

function inOneDay(): string {
  return new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+/, '')
}
