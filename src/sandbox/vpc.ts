import { Refusal } from './refusal.ts'
import type { Service } from './service.ts'
import { listSecurityGroups, showSecurityGroup } from './vpc-groups.ts'
import { createSubnet, deleteSubnet, listSubnets, showSubnet } from './vpc-subnets.ts'
import { createVpc, deleteVpc, listVpcs, showVpc } from './vpc-vpcs.ts'

/** https://support.huaweicloud.com/api-vpc/vpc_api01_0001.html: the first version, flat refusals. */
export const vpc: Service = {
  name: 'vpc',
  rows: [
    { name: 'ListVpcs', method: 'GET', path: '/v1/{project_id}/vpcs', handle: listVpcs },
    { name: 'ShowVpc', method: 'GET', path: '/v1/{project_id}/vpcs/{vpc_id}', handle: showVpc },
    { name: 'CreateVpc', method: 'POST', path: '/v1/{project_id}/vpcs', handle: createVpc },
    { name: 'DeleteVpc', method: 'DELETE', path: '/v1/{project_id}/vpcs/{vpc_id}', handle: deleteVpc },
    { name: 'ListSubnets', method: 'GET', path: '/v1/{project_id}/subnets', handle: listSubnets },
    { name: 'ShowSubnet', method: 'GET', path: '/v1/{project_id}/subnets/{subnet_id}', handle: showSubnet },
    { name: 'CreateSubnet', method: 'POST', path: '/v1/{project_id}/subnets', handle: createSubnet },
    {
      name: 'DeleteSubnet',
      method: 'DELETE',
      path: '/v1/{project_id}/vpcs/{vpc_id}/subnets/{subnet_id}',
      handle: deleteSubnet,
    },
    {
      name: 'ListSecurityGroups',
      method: 'GET',
      path: '/v1/{project_id}/security-groups',
      handle: listSecurityGroups,
    },
    {
      name: 'ShowSecurityGroup',
      method: 'GET',
      path: '/v1/{project_id}/security-groups/{security_group_id}',
      handle: showSecurityGroup,
    },
  ],
  contentType: 'application/json',
  shape: ({ code, message }) => ({ code, message }),
  otherProject: () =>
    new Refusal(400, 'VPC.0007', 'The tenant ID in the URL is different from the tenant ID in the token.'),
  unreadable: (reason) =>
    new Refusal(
      400,
      'VPC.0101',
      reason === 'empty' ? 'The request body is empty.' : 'The request body is invalid.',
    ),
}
