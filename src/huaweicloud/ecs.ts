import { operation } from './operation.ts'

const manual = 'https://support.huaweicloud.com/api-ecs'

export const listFlavors = operation({
  name: 'ListFlavors',
  service: 'ecs',
  method: 'GET',
  path: '/v1/{project_id}/cloudservers/flavors',
  listing: { items: 'flavors', id: 'id', pages: { by: 'marker', most: 1_000 } },
  manual: `${manual}/zh-cn_topic_0020212656.html`,
})

/** Takes `X-Client-Token`: the same token and body within eight hours give the first result again. */
export const createServers = operation({
  name: 'CreateServers',
  service: 'ecs',
  method: 'POST',
  path: '/v1.1/{project_id}/cloudservers',
  write: true,
  manual: `${manual}/ecs_02_0101.html`,
})

/** `offset` is a page number here, and `count` the total over all pages. */
export const listServersDetails = operation({
  name: 'ListServersDetails',
  service: 'ecs',
  method: 'GET',
  path: '/v1/{project_id}/cloudservers/detail',
  listing: { items: 'servers', id: 'id', pages: { by: 'number', most: 1_000 } },
  manual: `${manual}/zh-cn_topic_0094148850.html`,
})

export const batchStartServers = operation({
  name: 'BatchStartServers',
  service: 'ecs',
  method: 'POST',
  path: '/v1/{project_id}/cloudservers/action',
  write: true,
  manual: `${manual}/ecs_02_0301.html`,
})

export const batchStopServers = operation({
  ...batchStartServers,
  name: 'BatchStopServers',
  manual: `${manual}/ecs_02_0303.html`,
})

export const batchRebootServers = operation({
  ...batchStartServers,
  name: 'BatchRebootServers',
  manual: `${manual}/ecs_02_0302.html`,
})

export const deleteServers = operation({
  name: 'DeleteServers',
  service: 'ecs',
  method: 'POST',
  path: '/v1/{project_id}/cloudservers/delete',
  write: true,
  manual: `${manual}/ecs_02_0103.html`,
})

export const showServer = operation({
  name: 'ShowServer',
  service: 'ecs',
  method: 'GET',
  path: '/v1/{project_id}/cloudservers/{server_id}',
  manual: `${manual}/ecs_02_0104.html`,
})

export const updateServer = operation({
  name: 'UpdateServer',
  service: 'ecs',
  method: 'PUT',
  path: '/v1/{project_id}/cloudservers/{server_id}',
  write: true,
  manual: `${manual}/ecs_02_0106.html`,
})

/** This version also resizes what was bought by month or year, and then answers an order instead of a job. */
export const resizeServer = operation({
  name: 'ResizeServer',
  service: 'ecs',
  method: 'POST',
  path: '/v1.1/{project_id}/cloudservers/{server_id}/resize',
  write: true,
  manual: `${manual}/ecs_02_0209.html`,
})

/** What an instance may become, by `instance_uuid` in the query. */
export const listResizeFlavors = operation({
  name: 'ListResizeFlavors',
  service: 'ecs',
  method: 'GET',
  path: '/v1/{project_id}/cloudservers/resize_flavors',
  listing: { items: 'flavors', id: 'id', pages: { by: 'marker', most: 1_000 } },
  manual: `${manual}/ecs_02_0402.html`,
})

/** Answers 204 even where the plug-in in the guest is missing; takes effect with the next boot. */
export const resetServerPassword = operation({
  name: 'ResetServerPassword',
  service: 'ecs',
  method: 'PUT',
  path: '/v1/{project_id}/cloudservers/{server_id}/os-reset-password',
  write: true,
  manual: `${manual}/ecs_02_1103.html`,
})

export const showServerRemoteConsole = operation({
  name: 'ShowServerRemoteConsole',
  service: 'ecs',
  method: 'POST',
  path: '/v1/{project_id}/cloudservers/{server_id}/remote_console',
  write: true,
  manual: `${manual}/ecs_02_0208.html`,
})
