import {
  attachServerVolume,
  detachServerVolume,
  listServerBlockDevices,
} from '../../huaweicloud/ecs-volumes.ts'
import { id, optionalFlag, optionalText, strict } from '../fields.ts'
import { given } from '../given.ts'
import { type Example, route } from '../route.ts'
import { jobTicket } from '../shapes/job.ts'
import { blockDevice } from '../shapes/volume.ts'
import { listRoute } from './list-route.ts'

const path = '/api/instances/{instanceId}/volumes'
const instanceId = id('Instance')
const volumeId = id('Volume')

export const listInstanceVolumes = listRoute({
  path,
  name: 'listInstanceVolumes',
  tag: 'instances',
  operation: listServerBlockDevices,
  asked: ({ instanceId = '' }) => ({ params: { server_id: instanceId } }),
  summary: 'The disks of an instance, the system disk (`bootIndex` 0) among them.',
  item: blockDevice,
  more: { fields: strict({ instanceId }), example: { fields: { instanceId: 'ins-r8hr2upy' } } },
})

const change = {
  tag: 'instances',
  scope: 'admin',
  needs: 'regional',
  service: 'ecs',
  value: jobTicket,
  job: { service: 'ecs', subjects: ({ instanceId }: { instanceId: string }) => [instanceId] },
} as const

/** Of a new instance with a data disk. */
const itsDataDisk: Example['after'] = [
  { call: 'createInstances', take: { instanceId: 'serverIds.0' }, wait: true },
  { call: 'listInstanceVolumes', take: { volumeId: 'volumeAttachments.1.volumeId' } },
]

export const attachInstanceVolume = route({
  ...change,
  method: 'POST',
  path,
  name: 'attachInstanceVolume',
  summary: 'Attaches a disk to an instance.',
  fields: strict({
    instanceId,
    volumeId,
    device: optionalText('For example /dev/vdb; the next free one if left out.'),
  }),
  example: { after: [...itsDataDisk, { call: 'detachInstanceVolume', wait: true }] },
  run: async ({ ask, fields: { instanceId, volumeId, device } }) => ({
    answer: await ask(attachServerVolume, {
      params: { server_id: instanceId },
      body: { volumeAttachment: given({ volumeId, device }) },
    }),
  }),
})

export const detachInstanceVolume = route({
  ...change,
  method: 'DELETE',
  path: `${path}/{volumeId}`,
  name: 'detachInstanceVolume',
  summary: 'Detaches a disk from an instance; the disk and what is on it stay.',
  fields: strict({
    instanceId,
    volumeId,
    force: optionalFlag('Even if the instance does not let go of it; what is not written yet is lost.'),
  }),
  example: { after: itsDataDisk },
  run: async ({ ask, fields: { instanceId, volumeId, force } }) => ({
    answer: await ask(detachServerVolume, {
      params: { server_id: instanceId, volume_id: volumeId },
      ...(force === undefined ? {} : { query: [['delete_flag', force ? '1' : '0']] as const }),
    }),
  }),
})
