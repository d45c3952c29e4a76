import { operation } from './operation.ts'

/** Answered by the hosts of VPC. */
const manual = 'https://support.huaweicloud.com/api-eip'

export const listPublicIps = operation({
  name: 'ListPublicips',
  service: 'eip',
  method: 'GET',
  path: '/v1/{project_id}/publicips',
  listing: { items: 'publicips', id: 'id', pages: { by: 'marker', most: 2_000 } },
  manual: `${manual}/eip_api_0003.html`,
})

export const createPublicIp = operation({
  name: 'CreatePublicip',
  service: 'eip',
  method: 'POST',
  path: '/v1/{project_id}/publicips',
  write: true,
  manual: `${manual}/eip_api_0001.html`,
})

/** Binds to the port it names; without a port it unbinds. */
export const updatePublicIp = operation({
  name: 'UpdatePublicip',
  service: 'eip',
  method: 'PUT',
  path: '/v1/{project_id}/publicips/{publicip_id}',
  write: true,
  manual: `${manual}/eip_api_0004.html`,
})

export const deletePublicIp = operation({
  name: 'DeletePublicip',
  service: 'eip',
  method: 'DELETE',
  path: '/v1/{project_id}/publicips/{publicip_id}',
  write: true,
  manual: `${manual}/eip_api_0005.html`,
})
