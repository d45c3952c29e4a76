import { operation } from './operation.ts'

const manual = 'https://support.huaweicloud.com/api-ecs'

export const listAvailabilityZones = operation({
  name: 'NovaListAvailabilityZones',
  service: 'ecs',
  method: 'GET',
  path: '/v2.1/{project_id}/os-availability-zone',
  listing: { items: 'availabilityZoneInfo', id: 'zoneName', pages: { by: 'whole' } },
  manual: `${manual}/ecs_03_1801.html`,
})

/** Pages come only with a microversion header, which is not sent. */
export const listKeypairs = operation({
  name: 'NovaListKeypairs',
  service: 'ecs',
  method: 'GET',
  path: '/v2.1/{project_id}/os-keypairs',
  listing: { items: 'keypairs', id: 'keypair.name', pages: { by: 'whole' } },
  manual: `${manual}/ecs_03_1201.html`,
})

/** The private key is in this answer and never again. */
export const createKeypair = operation({
  name: 'NovaCreateKeypair',
  service: 'ecs',
  method: 'POST',
  path: '/v2.1/{project_id}/os-keypairs',
  write: true,
  manual: `${manual}/zh-cn_topic_0020212678.html`,
})

export const deleteKeypair = operation({
  name: 'NovaDeleteKeypair',
  service: 'ecs',
  method: 'DELETE',
  path: '/v2.1/{project_id}/os-keypairs/{keypair_name}',
  write: true,
  manual: `${manual}/ecs_03_1204.html`,
})

export const showServerLimits = operation({
  name: 'ShowServerLimits',
  service: 'ecs',
  method: 'GET',
  path: '/v1/{project_id}/cloudservers/limits',
  manual: `${manual}/ecs_02_0801.html`,
})
