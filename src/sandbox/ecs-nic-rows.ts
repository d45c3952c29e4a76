import {
  associateServerVirtualIp,
  changeServerNetworkInterface,
  changeVpc,
  listServerInterfaces,
  showServerAttachableNicNum,
  updateServerInterface,
} from './ecs-interfaces.ts'
import { batchAddServerNics, batchDeleteServerNics } from './ecs-nics.ts'
import type { Row } from './service.ts'

const servers = '/v1/{project_id}/cloudservers'
const server = `${servers}/{server_id}`

/** https://support.huaweicloud.com/api-ecs/ecs_02_0501.html and its neighbours. */
export const nicRows: readonly Row[] = [
  {
    name: 'BatchAddServerNics',
    method: 'POST',
    path: `${server}/nics`,
    partial: 'no IPv6',
    handle: batchAddServerNics,
  },
  {
    name: 'BatchDeleteServerNics',
    method: 'POST',
    path: `${server}/nics/delete`,
    handle: batchDeleteServerNics,
  },
  {
    name: 'ListServerInterfaces',
    method: 'GET',
    path: `${server}/os-interface`,
    handle: listServerInterfaces,
  },
  {
    name: 'ShowServerAttachableNicNum',
    method: 'GET',
    path: `${server}/os-interface_extension`,
    handle: showServerAttachableNicNum,
  },
  {
    name: 'UpdateServerInterface',
    method: 'PUT',
    path: `${server}/os-interface/{port_id}`,
    handle: updateServerInterface,
  },
  {
    name: 'ChangeServerNetworkInterface',
    method: 'POST',
    path: `${server}/os-interface/{port_id}/change-network-interface`,
    handle: changeServerNetworkInterface,
  },
  { name: 'ChangeVpc', method: 'POST', path: `${server}/changevpc`, handle: changeVpc },
  {
    name: 'AssociateServerVirtualIp',
    method: 'PUT',
    path: `${servers}/nics/{nic_id}`,
    handle: associateServerVirtualIp,
  },
]
