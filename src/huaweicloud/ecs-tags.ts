import { operation } from './operation.ts'

const manual = 'https://support.huaweicloud.com/api-ecs'

export const showServerTags = operation({
  name: 'ShowServerTags',
  service: 'ecs',
  method: 'GET',
  path: '/v1/{project_id}/cloudservers/{server_id}/tags',
  listing: { items: 'tags', id: 'key', pages: { by: 'whole' } },
  manual: `${manual}/ecs_02_1008.html`,
})

/** Writes over the values of keys that are there. */
export const batchCreateServerTags = operation({
  name: 'BatchCreateServerTags',
  service: 'ecs',
  method: 'POST',
  path: '/v1/{project_id}/cloudservers/{server_id}/tags/action',
  write: true,
  manual: `${manual}/ecs_02_1002.html`,
})

/** A key that is not there counts as deleted. */
export const batchDeleteServerTags = operation({
  name: 'BatchDeleteServerTags',
  service: 'ecs',
  method: 'POST',
  path: '/v1/{project_id}/cloudservers/{server_id}/tags/action',
  write: true,
  manual: `${manual}/ecs_02_1003.html`,
})
