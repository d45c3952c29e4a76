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
