import { expect } from 'vitest'
import { one, UNKNOWN } from './ecs-bodies.ts'
import { answers, type Row, refuses, works } from './row.ts'

export const nics: Row[] = [
  answers('ListServerInterfaces', one(), ({ interfaceAttachments }, kept) => {
    expect(interfaceAttachments).toHaveLength(1)
    kept.port = interfaceAttachments[0].port_id
  }),
  works('BatchAddServerNics', (kept) => ({
    server_id: kept.server,
    body: { nics: [{ subnet_id: kept.subnet, security_groups: [{ id: kept.group }] }] },
  })),
  answers('ListServerInterfaces', one(), {
    when: 'with a second',
    look: ({ interfaceAttachments }, kept) => {
      kept.second = interfaceAttachments.find(
        ({ port_id }: { port_id: string }) => port_id !== kept.port,
      ).port_id
    },
  }),
  answers('NovaShowServerInterface', (kept) => ({ server_id: kept.server, port_id: kept.second })),
  answers('ShowServerAttachableNicNum', one()),
  works('BatchDeleteServerNics', (kept) => ({
    server_id: kept.server,
    body: { nics: [{ id: kept.second }] },
  })),
  refuses(
    'BatchDeleteServerNics',
    403,
    'Ecs.0507',
    (kept) => ({ server_id: kept.server, body: { nics: [{ id: kept.port }] } }),
    { when: 'the first' },
  ),
  refuses('ListServerInterfaces', 400, 'Ecs.0307', { server_id: UNKNOWN }, { when: 'of no server' }),
]

export const disks: Row[] = [
  answers('ListServerBlockDevices', one(), ({ volumeAttachments }) =>
    expect(volumeAttachments).toHaveLength(2),
  ),
  answers('ListServerVolumeAttachments', one()),
  answers('ShowServerBlockDevice', (kept) => ({ server_id: kept.server, volume_id: kept.disk })),
  answers('UpdateServerBlockDevice', (kept) => ({
    server_id: kept.server,
    volume_id: kept.disk,
    body: { block_device: { delete_on_termination: true } },
  })),
  works('DetachServerVolume', (kept) => ({ server_id: kept.server, volume_id: kept.disk })),
  refuses(
    'DetachServerVolume',
    400,
    'Ecs.0111',
    (kept) => ({ server_id: kept.server, volume_id: kept.disk }),
    { when: 'when detached' },
  ),
  works('AttachServerVolume', (kept) => ({
    server_id: kept.server,
    body: { volumeAttachment: { volumeId: kept.disk, device: '/dev/vdb' } },
  })),
  refuses(
    'AttachServerVolume',
    400,
    'Ecs.0005',
    (kept) => ({ server_id: kept.server, body: { volumeAttachment: { volumeId: kept.disk } } }),
    { when: 'when attached' },
  ),
  refuses('AttachServerVolume', 400, 'Ecs.0005', one({ body: { volumeAttachment: { volumeId: UNKNOWN } } }), {
    when: 'of no volume',
  }),
]

export const more: Row[] = [
  answers('ShowAppendableVolumeQuota', one()),
  answers('UpdateMetadataOptions', one({ body: { http_endpoint: 'enabled', http_tokens: 'required' } })),
  answers('ShowMetadataOptions', one(), (body) => expect(body.http_tokens).toBe('required')),
  answers('NovaAttachInterface', (kept) => ({
    server_id: kept.server,
    body: { interfaceAttachment: { net_id: kept.subnet } },
  })),
]
