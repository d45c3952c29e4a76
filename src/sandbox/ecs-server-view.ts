import type { Holdings } from './holdings.ts'
import { stableHex } from './ids.ts'
import { groupsOf } from './ports.ts'
import { account } from './projects.ts'
import { readingOf, type Server } from './servers.ts'
import { disksOf } from './volumes.ts'
import type { World } from './world.ts'

/**
 * A server as ECS answers it, with its mixture of texts and numbers:
 * https://support.huaweicloud.com/api-ecs/zh-cn_topic_0094148850.html
 */
export function viewOf(server: Server, holdings: Holdings, world: World) {
  const reading = readingOf(server, server.task ? world.progress(server.task.jobId) : 1)
  return {
    id: server.id,
    name: server.name,
    status: reading.status as string,
    fault: faultOf(server),
    description: server.description,
    tenant_id: holdings.project.id,
    user_id: account.userId,
    created: second(server.created),
    updated: second(server.updated),
    hostId: stableHex(`host of ${server.id}${server.moves ?? ''}`, 56),
    accessIPv4: '',
    accessIPv6: '',
    config_drive: '',
    locked: server.locked,
    key_name: server.keyName,
    progress: 0,
    flavor: {
      id: server.flavor.id,
      name: server.flavor.id,
      vcpus: String(server.flavor.vcpus),
      ram: String(server.flavor.ram),
      disk: '0',
    },
    image: { id: server.imageId },
    addresses: server.vmState === 'building' ? {} : { [server.vpcId]: addressesOf(server) },
    metadata: metadataOf(server),
    tags: server.tags,
    sys_tags: [{ key: '_sys_enterprise_project_id', value: server.enterpriseProjectId }],
    enterprise_project_id: server.enterpriseProjectId,
    security_groups: groupsOf(server, holdings).map(({ name, id }) => ({ name, id })),
    'os-extended-volumes:volumes_attached': disksOf(holdings, server).map(({ volume, attachment }) => ({
      id: volume.id,
      device: attachment.device,
      bootIndex: String(attachment.bootIndex),
      delete_on_termination: String(attachment.deleteWithServer),
    })),
    'OS-EXT-STS:vm_state': server.vmState,
    'OS-EXT-STS:task_state': reading.taskState,
    'OS-EXT-STS:power_state': reading.powerState,
    host_status: 'UP',
    'OS-EXT-AZ:availability_zone': server.zone,
    'OS-DCF:diskConfig': 'MANUAL',
    'OS-SRV-USG:launched_at': server.launched === undefined ? null : micro(server.launched),
    'OS-SRV-USG:terminated_at': null,
    'OS-EXT-SRV-ATTR:host': `pod01.${server.zone}`,
    'OS-EXT-SRV-ATTR:hypervisor_hostname': 'nova001@1',
    'OS-EXT-SRV-ATTR:instance_name': server.instanceName,
    'OS-EXT-SRV-ATTR:root_device_name': '/dev/vda',
    'OS-EXT-SRV-ATTR:ramdisk_id': '',
    'OS-EXT-SRV-ATTR:kernel_id': '',
    'OS-EXT-SRV-ATTR:launch_index': server.launchIndex,
    'OS-EXT-SRV-ATTR:reservation_id': server.reservationId,
    'OS-EXT-SRV-ATTR:hostname': server.hostname,
    'OS-EXT-SRV-ATTR:user_data': server.userData,
    'os:scheduler_hints': server.schedulerHints,
    auto_terminate_time: server.autoTerminateTime,
  }
}

export type ServerView = ReturnType<typeof viewOf>

const blank: { [K in keyof ServerView]: null } = {
  id: null,
  name: null,
  status: null,
  fault: null,
  description: null,
  tenant_id: null,
  user_id: null,
  created: null,
  updated: null,
  hostId: null,
  accessIPv4: null,
  accessIPv6: null,
  config_drive: null,
  locked: null,
  key_name: null,
  progress: null,
  flavor: null,
  image: null,
  addresses: null,
  metadata: null,
  tags: null,
  sys_tags: null,
  enterprise_project_id: null,
  security_groups: null,
  'os-extended-volumes:volumes_attached': null,
  'OS-EXT-STS:vm_state': null,
  'OS-EXT-STS:task_state': null,
  'OS-EXT-STS:power_state': null,
  host_status: null,
  'OS-EXT-AZ:availability_zone': null,
  'OS-DCF:diskConfig': null,
  'OS-SRV-USG:launched_at': null,
  'OS-SRV-USG:terminated_at': null,
  'OS-EXT-SRV-ATTR:host': null,
  'OS-EXT-SRV-ATTR:hypervisor_hostname': null,
  'OS-EXT-SRV-ATTR:instance_name': null,
  'OS-EXT-SRV-ATTR:root_device_name': null,
  'OS-EXT-SRV-ATTR:ramdisk_id': null,
  'OS-EXT-SRV-ATTR:kernel_id': null,
  'OS-EXT-SRV-ATTR:launch_index': null,
  'OS-EXT-SRV-ATTR:reservation_id': null,
  'OS-EXT-SRV-ATTR:hostname': null,
  'OS-EXT-SRV-ATTR:user_data': null,
  'os:scheduler_hints': null,
  auto_terminate_time: null,
}

/** What a list asked by ids answers for one that does not exist: a server of nothing but an id and a fault. */
export function absent(id: string, now: number) {
  const fault = {
    message: `Instance[${id}] could not be found.`,
    code: 404,
    created: second(now),
    details: '',
  }
  return { ...blank, id, fault }
}

function faultOf({ fault }: Server) {
  if (!fault) return null
  return {
    message: fault.message,
    code: 500,
    created: second(fault.at),
    details: JSON.stringify(fault.details),
  }
}

/** A public address stands beside the private one it leads to. */
function addressesOf(server: Server) {
  return server.nics.flatMap((nic) => {
    const common = { 'OS-EXT-IPS-MAC:mac_addr': nic.mac, 'OS-EXT-IPS:port_id': nic.id }
    const fixed = { version: '4', addr: nic.address, ...common, 'OS-EXT-IPS:type': 'fixed' }
    if (!nic.publicIp) return [fixed]
    return [fixed, { version: '4', addr: nic.publicIp.address, ...common, 'OS-EXT-IPS:type': 'floating' }]
  })
}

export function metadataOf(server: Server): Record<string, string> {
  const { imageName, osType, osBit, imageType } = server.system
  return {
    charging_mode: server.chargingMode,
    vpc_id: server.vpcId,
    image_name: imageName,
    os_type: osType,
    os_bit: osBit,
    'metering.image_id': server.imageId,
    'metering.imagetype': imageType,
    'metering.resourcespeccode': `${server.flavor.id}.${osType === 'Windows' ? 'win' : 'linux'}`,
    'metering.resourcetype': '1',
    'metering.cloudServiceType': 'hws.service.type.ec2',
    'cascaded.instance_extrainfo': 'pcibridge:2',
    'metering.product_id': '',
    'metering.order_id': '',
    ...server.metadata,
  }
}

const second = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`
const micro = (time: number) => `${new Date(time).toISOString().slice(0, 19)}.000000`
