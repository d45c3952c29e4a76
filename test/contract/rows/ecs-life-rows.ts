import { expect } from 'vitest'
import { FLAVOR, IMAGE, one, these, UNKNOWN } from './ecs-bodies.ts'
import { showsServer } from './ecs-server-rows.ts'
import { answers, type Row, refuses, works } from './row.ts'

export const power: Row[] = [
  works('BatchStopServers', these('os-stop', 'SOFT')),
  showsServer({ status: 'SHUTOFF', 'OS-EXT-STS:vm_state': 'stopped', 'OS-EXT-STS:power_state': 4 }),
  answers('BatchStopServers', these('os-stop', 'HARD'), { when: 'when stopped', job: 'FAIL' }),
  works('BatchStartServers', these('os-start')),
  answers('BatchStartServers', these('os-start'), { when: 'when started', job: 'FAIL' }),
  works('BatchRebootServers', these('reboot', 'SOFT')),
  works('BatchRebootServers', these('reboot', 'HARD'), { when: 'hard' }),
  refuses('BatchRebootServers', 400, 'Ecs.0005', these('reboot'), { when: 'without a type' }),
  refuses(
    'BatchStartServers',
    404,
    'Ecs.0114',
    { body: { 'os-start': { servers: [{ id: UNKNOWN }] } } },
    {
      when: 'unknown',
    },
  ),
]

export const sizes: Row[] = [
  answers('ListResizeFlavors', (kept) => ({ instance_uuid: kept.server }), { when: 'for a server' }),
  refuses(
    'ResizeServer',
    400,
    'Ecs.0100',
    (kept) => ({ server_id: kept.server, body: { resize: { flavorRef: kept.target } } }),
    { when: 'when running' },
  ),
  works('ResizeServer', (kept) => ({
    server_id: kept.server,
    body: { resize: { flavorRef: kept.target, mode: 'withStopServer' } },
  })),
  answers('ShowServer', one(), (body, kept) => expect(body.server.flavor.id).toBe(kept.target)),
  refuses(
    'ResizePostPaidServer',
    400,
    'Ecs.0810',
    (kept) => ({
      server_id: kept.server,
      body: { resize: { flavorRef: kept.target, mode: 'withStopServer' } },
    }),
    { when: 'to what it is' },
  ),
  works('ResizePostPaidServer', one({ body: { resize: { flavorRef: FLAVOR, mode: 'withStopServer' } } })),
  refuses('ResizeServer', 400, 'Ecs.0029', one({ body: { resize: { flavorRef: 'x9.nothing' } } }), {
    when: 'to no flavor',
  }),
  answers(
    'BatchResizeServers',
    (kept) => ({
      body: { resize: { flavorRef: kept.target, mode: 'withStopServer', servers: [{ id: kept.many[0] }] } },
    }),
    {},
  ),
  works(
    'ChangeServerOsWithCloudInit',
    one({ body: { 'os-change': { imageid: IMAGE, adminpass: 'Example-Pass4', mode: 'withStopServer' } } }),
  ),
  refuses(
    'ChangeServerOsWithCloudInit',
    400,
    'Ecs.0031',
    one({ body: { 'os-change': { imageid: UNKNOWN, adminpass: 'Example-Pass4', mode: 'withStopServer' } } }),
    { when: 'to no image' },
  ),
  works(
    'ChangeServerOsWithoutCloudInit',
    one({ body: { 'os-change': { imageid: IMAGE, adminpass: 'Example-Pass4', mode: 'withStopServer' } } }),
  ),
  works(
    'ReinstallServerWithCloudInit',
    one({ body: { 'os-reinstall': { adminpass: 'Example-Pass5', mode: 'withStopServer' } } }),
  ),
  works(
    'ReinstallServerWithoutCloudInit',
    one({ body: { 'os-reinstall': { adminpass: 'Example-Pass5', mode: 'withStopServer' } } }),
  ),
]

const stopPlain: Row = works(
  'BatchStopServers',
  (kept) => ({ body: { 'os-stop': { type: 'HARD', servers: [{ id: kept.plain }] } } }),
  { when: 'another' },
)

export const ends: Row[] = [
  stopPlain,
  works('MigrateServer', (kept) => ({ server_id: kept.plain, body: { migrate: {} } }), {
    when: 'when stopped',
  }),
  refuses('DeleteServers', 404, 'Ecs.0114', { body: { servers: [{ id: UNKNOWN }] } }, { when: 'unknown' }),
  refuses('DeleteServers', 400, 'Ecs.0513', (kept) => ({ body: { servers: [{ id: kept.prepaid }] } }), {
    when: 'prepaid',
  }),
  works('DeleteServers', (kept) => ({
    body: { servers: [{ id: kept.server }], delete_publicip: true, delete_volume: true },
  })),
  refuses('ShowServer', 404, 'Ecs.0114', one(), { when: 'deleted' }),
]
