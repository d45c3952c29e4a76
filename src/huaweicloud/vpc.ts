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

export const createVpc = operation({
  name: 'CreateVpc',
  service: 'vpc',
  method: 'POST',
  path: '/v1/{project_id}/vpcs',
  write: true,
  manual: `${manual}/vpc_api01_0001.html`,
})

export const deleteVpc = operation({
  name: 'DeleteVpc',
  service: 'vpc',
  method: 'DELETE',
  path: '/v1/{project_id}/vpcs/{vpc_id}',
  write: true,
  manual: `${manual}/vpc_api01_0005.html`,
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

export const showSubnet = operation({
  name: 'ShowSubnet',
  service: 'vpc',
  method: 'GET',
  path: '/v1/{project_id}/subnets/{subnet_id}',
  manual: `${manual}/vpc_subnet01_0002.html`,
})

export const createSubnet = operation({
  name: 'CreateSubnet',
  service: 'vpc',
  method: 'POST',
  path: '/v1/{project_id}/subnets',
  write: true,
  manual: `${manual}/vpc_subnet01_0001.html`,
})

export const deleteSubnet = operation({
  name: 'DeleteSubnet',
  service: 'vpc',
  method: 'DELETE',
  path: '/v1/{project_id}/vpcs/{vpc_id}/subnets/{subnet_id}',
  write: true,
  manual: `${manual}/vpc_subnet01_0005.html`,
})

export const listSecurityGroups = operation({
  name: 'ListSecurityGroups',
  service: 'vpc',
  method: 'GET',
  path: '/v1/{project_id}/security-groups',
  listing: { items: 'security_groups', id: 'id', pages: { by: 'marker', most: 2_000 } },
  manual: `${manual}/vpc_sg01_0003.html`,
})

export const createSecurityGroup = operation({
  name: 'CreateSecurityGroup',
  service: 'vpc',
  method: 'POST',
  path: '/v1/{project_id}/security-groups',
  write: true,
  manual: `${manual}/vpc_sg01_0001.html`,
})

export const deleteSecurityGroup = operation({
  name: 'DeleteSecurityGroup',
  service: 'vpc',
  method: 'DELETE',
  path: '/v1/{project_id}/security-groups/{security_group_id}',
  write: true,
  manual: `${manual}/vpc_sg01_0004.html`,
})

export const createSecurityGroupRule = operation({
  name: 'CreateSecurityGroupRule',
  service: 'vpc',
  method: 'POST',
  path: '/v1/{project_id}/security-group-rules',
  write: true,
  manual: `${manual}/vpc_sg01_0005.html`,
})

export const deleteSecurityGroupRule = operation({
  name: 'DeleteSecurityGroupRule',
  service: 'vpc',
  method: 'DELETE',
  path: '/v1/{project_id}/security-group-rules/{security_group_rule_id}',
  write: true,
  manual: `${manual}/vpc_sg01_0008.html`,
})

export const showVpcQuotas = operation({
  name: 'ShowQuota',
  service: 'vpc',
  method: 'GET',
  path: '/v1/{project_id}/quotas',
  manual: `${manual}/vpc_quota_0001.html`,
})
