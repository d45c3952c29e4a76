import { expect } from 'vitest'
import { answers, refuses, type Table, works } from './row.ts'

const UNKNOWN = '00000000-0000-4000-8000-000000000000'

export const evsRows: Table = {
  sdk: 'evs/v2',
  rows: [
    answers('ListVolumes', {}, ({ volumes, count }, kept) => {
      expect(volumes).toHaveLength(count)
      kept.attached = volumes.find(({ status }: { status: string }) => status === 'in-use').id
    }),
    answers(
      'ListVpcs',
      {},
      {
        sdk: 'vpc/v3',
        look: ({ vpcs: [vpc] }, kept) => {
          kept.project = vpc.project_id
        },
      },
    ),
    answers(
      'NovaListAvailabilityZones',
      {},
      {
        sdk: 'ecs/v2',
        look: ({ availabilityZoneInfo: [zone] }, kept) => {
          kept.zone = zone.zoneName
        },
      },
    ),
    works(
      'CreateVolume',
      (kept) => ({
        body: { volume: { availability_zone: kept.zone, size: 20, volume_type: 'SSD', name: 'judged' } },
      }),
      { status: 202 },
    ),
    answers(
      'ListVolumes',
      { name: 'judged' },
      {
        when: 'by name',
        look: ({ volumes }, kept) => {
          expect(volumes).toMatchObject([{ status: 'available', size: 20, attachments: [] }])
          kept.volume = volumes[0].id
        },
      },
    ),
    answers('ListVolumes', { status: 'in-use', limit: 1 }, { when: 'in use' }),
    answers('ShowVolume', (kept) => ({ volume_id: kept.volume })),
    refuses('ShowVolume', 404, 'EVS.5404', { volume_id: UNKNOWN }, { when: 'unknown' }),
    answers(
      'UpdateVolume',
      (kept) => ({ volume_id: kept.volume, body: { volume: { name: 'anew' } } }),
      ({ name }) => expect(name).toBe('anew'),
    ),
    works('ResizeVolume', (kept) => ({ volume_id: kept.volume, body: { 'os-extend': { new_size: 40 } } }), {
      status: 202,
    }),
    answers('ShowVolume', (kept) => ({ volume_id: kept.volume }), {
      when: 'larger',
      look: ({ volume }) => expect(volume.size).toBe(40),
    }),
    answers(
      'BatchCreateVolumeTags',
      (kept) => ({ volume_id: kept.volume, body: { action: 'create', tags: [{ key: 'k', value: 'v' }] } }),
      {},
      204,
    ),
    answers('ShowVolumeTags', (kept) => ({ volume_id: kept.volume })),
    answers('ListVolumeTags'),
    answers(
      'ListVolumesByTags',
      { body: { action: 'filter', limit: 10, offset: 0, tags: [{ key: 'k', values: ['v'] }] } },
      ({ total_count }) => expect(total_count).toBe(1),
    ),
    answers('CinderListVolumeTypes'),
    answers('CinderListAvailabilityZones'),
    answers('CinderListQuotas', (kept) => ({ target_project_id: kept.project, usage: 'True' })),
    answers(
      'ListServersDetails',
      {},
      {
        sdk: 'ecs/v2',
        look: ({ servers: [server] }, kept) => {
          kept.server = server.id
        },
      },
    ),
    works(
      'AttachServerVolume',
      (kept) => ({ server_id: kept.server, body: { volumeAttachment: { volumeId: kept.volume } } }),
      { sdk: 'ecs/v2' },
    ),
    answers('ShowVolume', (kept) => ({ volume_id: kept.volume }), {
      when: 'attached',
      look: ({ volume }, kept) => {
        expect(volume.status).toBe('in-use')
        expect(volume.attachments[0].server_id).toBe(kept.server)
      },
    }),
    refuses('DeleteVolume', 400, 'EVS.5400', (kept) => ({ volume_id: kept.volume }), { when: 'attached' }),
    works('DetachServerVolume', (kept) => ({ server_id: kept.server, volume_id: kept.volume }), {
      sdk: 'ecs/v2',
    }),
    works('DeleteVolume', (kept) => ({ volume_id: kept.volume })),
    refuses('ShowVolume', 404, 'EVS.5404', (kept) => ({ volume_id: kept.volume }), { when: 'deleted' }),
  ],
}
