import {
  listServerBlockDevices,
  listServerVolumeAttachments,
  showServerBlockDevice,
  updateServerBlockDevice,
} from './ecs-block-devices.ts'
import { changeServerChargeMode, migrateServer, updateServerAutoTerminateTime } from './ecs-charging.ts'
import { listCloudServers } from './ecs-cloud-servers.ts'
import {
  addServerGroupMembers,
  changeServerGroupMember,
  createServerGroup,
  deleteServerGroup,
  listServerGroups,
  removeServerGroupMembers,
  showServerGroup,
} from './ecs-groups.ts'
import {
  deleteServerMetadata,
  showMetadataOptions,
  updateMetadataOptions,
  updateServerMetadata,
} from './ecs-metadata.ts'
import { changeServerOs, reinstallServer } from './ecs-os.ts'
import {
  batchResetServersPassword,
  deleteServerPassword,
  resetServerPassword,
  showResetPasswordFlag,
  showServerPassword,
  showServerRemoteConsole,
} from './ecs-password.ts'
import { batchResizeServers, resizePostPaidServer, resizeServer } from './ecs-resize.ts'
import { changeServerTags, listServersByTag, listServerTags, showServerTags } from './ecs-tags.ts'
import { batchUpdateServersName, updateServer } from './ecs-update.ts'
import {
  attachServerVolume,
  batchAttachSharableVolumes,
  batchDetachVolumes,
  detachServerVolume,
  showAppendableVolumeQuota,
} from './ecs-volumes.ts'
import { type Row, row } from './service.ts'

const servers = '/v1/{project_id}/cloudservers'
const server = `${servers}/{server_id}`
const groups = `${servers}/os-server-groups`
const group = `${groups}/{server_group_id}`
const device = `${server}/block_device/{volume_id}`
const shared = '/v1/{project_id}/batchaction'

/** What is done with servers that are there. https://support.huaweicloud.com/api-ecs/ecs_02_0107.html and on. */
export const serverRows: readonly Row[] = [
  row('ListCloudServers', 'GET', '/v1.1/{project_id}/cloudservers/detail', listCloudServers),
  row('UpdateServer', 'PUT', server, updateServer),
  row('BatchUpdateServersName', 'PUT', `${servers}/server-name`, batchUpdateServersName),
  row('ResizePostPaidServer', 'POST', `${server}/resize`, resizePostPaidServer),
  row('ResizeServer', 'POST', '/v1.1/{project_id}/cloudservers/{server_id}/resize', resizeServer),
  row('BatchResizeServers', 'POST', `${servers}/batch-resize`, batchResizeServers),
  row('ChangeServerOsWithoutCloudInit', 'POST', `${server}/changeos`, changeServerOs),
  row(
    'ChangeServerOsWithCloudInit',
    'POST',
    '/v2/{project_id}/cloudservers/{server_id}/changeos',
    changeServerOs,
  ),
  row('ReinstallServerWithoutCloudInit', 'POST', `${server}/reinstallos`, reinstallServer),
  row(
    'ReinstallServerWithCloudInit',
    'POST',
    '/v2/{project_id}/cloudservers/{server_id}/reinstallos',
    reinstallServer,
  ),
  row(
    'ResetServerPassword',
    'PUT',
    `${server}/os-reset-password`,
    resetServerPassword,
    'checked and accepted; there is no guest to see it in',
  ),
  row(
    'BatchResetServersPassword',
    'PUT',
    `${servers}/os-reset-passwords`,
    batchResetServersPassword,
    'checked and accepted; there is no guest to see it in',
  ),
  row('ShowResetPasswordFlag', 'GET', `${server}/os-resetpwd-flag`, showResetPasswordFlag),
  row('ShowServerPassword', 'GET', `${server}/os-server-password`, showServerPassword, 'always empty'),
  row('DeleteServerPassword', 'DELETE', `${server}/os-server-password`, deleteServerPassword),
  row(
    'ShowServerRemoteConsole',
    'POST',
    `${server}/remote_console`,
    showServerRemoteConsole,
    'a novnc URL that leads nowhere',
  ),
  row('UpdateServerMetadata', 'POST', `${server}/metadata`, updateServerMetadata),
  row('DeleteServerMetadata', 'DELETE', `${server}/metadata/{key}`, deleteServerMetadata),
  row('ShowMetadataOptions', 'GET', `${server}/metadata-options`, showMetadataOptions),
  row('UpdateMetadataOptions', 'PUT', `${server}/metadata-options`, updateMetadataOptions),
  row('BatchCreateServerTags', 'POST', `${server}/tags/action`, changeServerTags),
  row('ShowServerTags', 'GET', `${server}/tags`, showServerTags),
  row('ListServerTags', 'GET', `${servers}/tags`, listServerTags),
  row('ListServersByTag', 'POST', `${servers}/resource_instances/action`, listServersByTag),
  row('AttachServerVolume', 'POST', `${server}/attachvolume`, attachServerVolume, '`count` is 1'),
  row('DetachServerVolume', 'DELETE', `${server}/detachvolume/{volume_id}`, detachServerVolume),
  row(
    'BatchAttachSharableVolumes',
    'POST',
    `${shared}/attachvolumes/{volume_id}`,
    batchAttachSharableVolumes,
  ),
  row('BatchDetachVolumes', 'POST', `${shared}/detachvolumes/{volume_id}`, batchDetachVolumes),
  row('ListServerBlockDevices', 'GET', `${server}/block_device`, listServerBlockDevices),
  row('ShowServerBlockDevice', 'GET', device, showServerBlockDevice),
  row('UpdateServerBlockDevice', 'PUT', device, updateServerBlockDevice),
  row('ListServerVolumeAttachments', 'GET', `${server}/os-volume_attachments`, listServerVolumeAttachments),
  row('ShowAppendableVolumeQuota', 'GET', `${server}/appendvolumequota`, showAppendableVolumeQuota),
  row('CreateServerGroup', 'POST', groups, createServerGroup),
  row('ListServerGroups', 'GET', groups, listServerGroups),
  row('ShowServerGroup', 'GET', group, showServerGroup),
  row('DeleteServerGroup', 'DELETE', group, deleteServerGroup),
  row('AddServerGroupMember', 'POST', `${group}/action`, changeServerGroupMember),
  row('BatchAddServerGroupMember', 'POST', `${group}/add_members`, addServerGroupMembers),
  row('BatchDeleteServerGroupMember', 'POST', `${group}/remove_members`, removeServerGroupMembers),
  row(
    'ChangeServerChargeMode',
    'POST',
    `${servers}/actions/change-charge-mode`,
    changeServerChargeMode,
    'to prepaid only',
  ),
  row(
    'UpdateServerAutoTerminateTime',
    'POST',
    `${server}/actions/update-auto-terminate-time`,
    updateServerAutoTerminateTime,
  ),
  row('MigrateServer', 'POST', `${server}/migrate`, migrateServer, 'no dedicated hosts'),
]
