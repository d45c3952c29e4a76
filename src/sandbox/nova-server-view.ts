import { viewOf } from './ecs-server-view.ts'
import type { Holdings } from './holdings.ts'
import { linksTo } from './nova-manner.ts'
import { groupsOf } from './ports.ts'
import type { Server } from './servers.ts'
import type { Ask } from './service.ts'
import type { World } from './world.ts'

export const briefOf = (server: Server, ask: Ask) => ({
  id: server.id,
  name: server.name,
  links: linksTo(ask, `/servers/${server.id}`),
})

/** The same server as ECS shows, in Nova's fields and types: https://support.huaweicloud.com/api-ecs/ecs_02_1403.html */
export function novaViewOf(server: Server, holdings: Holdings, ask: Ask, world: World) {
  const { fault, ...view } = viewOf(server, holdings, world)
  return {
    ...briefOf(server, ask),
    status: view.status,
    tenant_id: view.tenant_id,
    user_id: view.user_id,
    created: view.created,
    updated: view.updated,
    hostId: view.hostId,
    accessIPv4: '',
    accessIPv6: '',
    config_drive: '',
    key_name: server.keyName || null,
    progress: view.status === 'ACTIVE' ? 100 : 0,
    flavor: { id: server.flavor.id, links: linksTo(ask, `/flavors/${server.flavor.id}`).slice(1) },
    image: { id: server.imageId, links: linksTo(ask, `/images/${server.imageId}`).slice(1) },
    addresses: Object.fromEntries(
      Object.entries(view.addresses).map(([name, addresses]) => [
        name,
        addresses.map((address) => ({ ...address, version: Number(address.version) })),
      ]),
    ),
    metadata: view.metadata,
    security_groups: groupsOf(server, holdings).map(({ name }) => ({ name })),
    'os-extended-volumes:volumes_attached': view['os-extended-volumes:volumes_attached'].map(({ id }) => ({
      id,
    })),
    'OS-EXT-STS:vm_state': view['OS-EXT-STS:vm_state'],
    'OS-EXT-STS:task_state': view['OS-EXT-STS:task_state'],
    'OS-EXT-STS:power_state': view['OS-EXT-STS:power_state'],
    'OS-EXT-AZ:availability_zone': view['OS-EXT-AZ:availability_zone'],
    'OS-DCF:diskConfig': 'MANUAL',
    'OS-SRV-USG:launched_at': view['OS-SRV-USG:launched_at'],
    'OS-SRV-USG:terminated_at': null,
    'OS-EXT-SRV-ATTR:host': view['OS-EXT-SRV-ATTR:host'],
    'OS-EXT-SRV-ATTR:hypervisor_hostname': view['OS-EXT-SRV-ATTR:hypervisor_hostname'],
    'OS-EXT-SRV-ATTR:instance_name': view['OS-EXT-SRV-ATTR:instance_name'],
    ...(fault ? { fault } : {}),
  }
}
