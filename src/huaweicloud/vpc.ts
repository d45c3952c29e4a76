import { operation } from './operation.ts'

const manual = 'https://support.huaweicloud.com/api-vpc'

export const listVpcs = operation({
  name: 'ListVpcs',
  service: 'vpc',
  method: 'GET',
  path: '/v1/{project_id}/vpcs',
  listing: { items: 'vpcs', id: 'id', pages: { by: 'marker', most: 2_000 } },
  manual: `${manual}/vpc_api01_0003.html`,
})

/** A subnet's `id` is what a create wants; its `neutron_subnet_id` is not. */
export const listSubnets = operation({
  name: 'ListSubnets',
  service: 'vpc',
  method: 'GET',
  path: '/v1/{project_id}/subnets',
  listing: { items: 'subnets', id: 'id', pages: { by: 'marker', most: 2_000 } },
  manual: `${manual}/vpc_subnet01_0003.html`,
})
