import { operation } from './operation.ts'

const manual = 'https://support.huaweicloud.com/api-ecs'

/** The disks of one server. A disk is told under its own id, as often as it is attached. */
export const listServerBlockDevices = operation({
  name: 'ListServerBlockDevices',
  service: 'ecs',
  method: 'GET',
  path: '/v1/{project_id}/cloudservers/{server_id}/block_device',
  listing: { items: 'volumeAttachments', id: 'id', pages: { by: 'whole' } },
  manual: `${manual}/ecs_02_0604.html`,
})

export const attachServerVolume = operation({
  name: 'AttachServerVolume',
  service: 'ecs',
  method: 'POST',
  path: '/v1/{project_id}/cloudservers/{server_id}/attachvolume',
  write: true,
  manual: `${manual}/ecs_02_0605.html`,
})

/** `delete_flag=1` forces it. */
export const detachServerVolume = operation({
  name: 'DetachServerVolume',
  service: 'ecs',
  method: 'DELETE',
  path: '/v1/{project_id}/cloudservers/{server_id}/detachvolume/{volume_id}',
  write: true,
  manual: `${manual}/ecs_02_0606.html`,
})
