import { novaListAvailabilityZones } from './ecs-zones.ts'
import { novaActOnServer, novaDeleteServer } from './nova-actions.ts'
import {
  novaListServerInterfaces,
  novaListVolumeAttachments,
  novaShowServerInterface,
  novaShowVolumeAttachment,
} from './nova-attachments.ts'
import { novaCreateServers } from './nova-create.ts'
import {
  novaListFlavors,
  novaListFlavorsDetails,
  novaShowFlavor,
  novaShowFlavorExtraSpec,
  novaShowFlavorExtraSpecs,
} from './nova-flavors.ts'
import { novaListSecurityGroups, novaListServerSecurityGroups, novaShowSecurityGroup } from './nova-groups.ts'
import { novaAttachInterface, novaDetachInterface } from './nova-interfaces.ts'
import { keypairRows } from './nova-keypairs.ts'
import { novaShowLimits } from './nova-limits.ts'
import { forbidden, novaManner } from './nova-manner.ts'
import {
  novaDeleteMetadata,
  novaListMetadata,
  novaShowMetadata,
  novaUpdateMetadata,
} from './nova-metadata.ts'
import { novaListServers, novaListServersDetails, novaShowServer, novaUpdateServer } from './nova-servers.ts'
import { novaVersionRows } from './nova-versions.ts'
import { novaAttachVolume, novaDetachVolume } from './nova-volumes.ts'
import type { Method, Row } from './service.ts'

const servers = '/servers'
const server = '/servers/{server_id}'
const flavor = '/flavors/{flavor_id}'

/** OpenStack's compute on the host of ECS: https://support.huaweicloud.com/api-ecs/ecs_02_1401.html and on. */
export const novaRows: readonly Row[] = [
  ...novaVersionRows.map((each) => ({ ...each, manner: novaManner })),
  ...keypairRows,
  row('NovaListServers', 'GET', servers, novaListServers),
  row('NovaListServersDetails', 'GET', `${servers}/detail`, novaListServersDetails),
  partly(
    'a block device from a volume or a snapshot is refused with 501',
    row('NovaCreateServers', 'POST', servers, novaCreateServers),
  ),
  row('NovaShowServer', 'GET', server, novaShowServer),
  row('NovaUpdateServer', 'PUT', server, novaUpdateServer),
  row('NovaDeleteServer', 'DELETE', server, novaDeleteServer),
  partly(
    'rebuilding, suspending, shelving and the like are refused with 501',
    row('NovaActOnServer', 'POST', `${server}/action`, novaActOnServer),
  ),
  row('NovaListMetadata', 'GET', `${server}/metadata`, novaListMetadata),
  row('NovaUpdateMetadata', 'POST', `${server}/metadata`, novaUpdateMetadata),
  row('NovaShowMetadata', 'GET', `${server}/metadata/{key}`, novaShowMetadata),
  row('NovaDeleteMetadata', 'DELETE', `${server}/metadata/{key}`, novaDeleteMetadata),
  row('NovaAttachInterface', 'POST', `${server}/os-interface`, novaAttachInterface),
  row('NovaDetachInterface', 'DELETE', `${server}/os-interface/{port_id}`, novaDetachInterface),
  row('NovaAttachVolume', 'POST', `${server}/os-volume_attachments`, novaAttachVolume),
  row('NovaDetachVolume', 'DELETE', `${server}/os-volume_attachments/{volume_id}`, novaDetachVolume),
  row('NovaListServerInterfaces', 'GET', `${server}/os-interface`, novaListServerInterfaces),
  row('NovaShowServerInterface', 'GET', `${server}/os-interface/{port_id}`, novaShowServerInterface),
  row('NovaListVolumeAttachments', 'GET', `${server}/os-volume_attachments`, novaListVolumeAttachments),
  row(
    'NovaShowVolumeAttachment',
    'GET',
    `${server}/os-volume_attachments/{volume_id}`,
    novaShowVolumeAttachment,
  ),
  row('NovaListServerSecurityGroups', 'GET', `${server}/os-security-groups`, novaListServerSecurityGroups),
  row('NovaListSecurityGroups', 'GET', '/os-security-groups', novaListSecurityGroups),
  row('NovaShowSecurityGroup', 'GET', '/os-security-groups/{security_group_id}', novaShowSecurityGroup),
  row('NovaListFlavors', 'GET', '/flavors', novaListFlavors),
  row('NovaListFlavorsDetails', 'GET', '/flavors/detail', novaListFlavorsDetails),
  row('NovaShowFlavor', 'GET', flavor, novaShowFlavor),
  row('NovaShowFlavorExtraSpecs', 'GET', `${flavor}/os-extra_specs`, novaShowFlavorExtraSpecs),
  row('NovaShowFlavorExtraSpec', 'GET', `${flavor}/os-extra_specs/{key}`, novaShowFlavorExtraSpec),
  row('NovaListAvailabilityZones', 'GET', '/os-availability-zone', novaListAvailabilityZones),
  row('NovaListAvailabilityZonesDetails', 'GET', '/os-availability-zone/detail', refuseHosts),
  row('NovaShowLimits', 'GET', '/limits', novaShowLimits),
]

/** Which hosts there are is for the operators of the cloud. */
function refuseHosts(): never {
  throw forbidden("Policy doesn't allow os_compute_api:os-availability-zone:detail to be performed.")
}

function partly(partial: string, whole: Row): Row {
  return { ...whole, partial }
}

function row(name: string, method: Method, path: string, handle: Row['handle']): Row {
  return { name, method, path: `/v2.1/{project_id}${path}`, manner: novaManner, handle }
}
