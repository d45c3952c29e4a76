import { chargeModes } from './ecs-cloud-filters.ts'
import { invalid } from './ecs-refusals.ts'
import { viewOf } from './ecs-server-view.ts'
import type { Holdings } from './holdings.ts'
import type { Query } from './query.ts'
import type { Server } from './servers.ts'
import { disksOf } from './volumes.ts'
import type { World } from './world.ts'

type ServerView = ReturnType<typeof viewOf>

const groups: Record<string, (server: Server, view: ServerView, holdings: Holdings) => unknown> = {
  launched_at: (_, view) => view['OS-SRV-USG:launched_at'],
  key_name: ({ keyName }) => keyName,
  locked: ({ locked }) => locked,
  root_device_name: (_, view) => view['OS-EXT-SRV-ATTR:root_device_name'],
  tenancy: ({ schedulerHints }) => schedulerHints.tenancy?.[0] ?? 'shared',
  dedicated_host_id: ({ schedulerHints }) => schedulerHints.dedicated_host_id?.[0] ?? '',
  enterprise_project_id: ({ enterpriseProjectId }) => enterpriseProjectId,
  tags: ({ tags }) => tags,
  metadata: (_, view) => view.metadata,
  addresses: (_, view) =>
    Object.fromEntries(
      Object.entries(view.addresses).map(([vpcId, addresses]) => [
        vpcId,
        addresses.map((address, index) => ({
          ...address,
          version: Number(address.version),
          primary: index === 0,
        })),
      ]),
    ),
  security_groups: (_, view) => view.security_groups,
  volumes_attached: (server, _, holdings) =>
    disksOf(holdings, server).map(({ volume, attachment }) => ({
      id: volume.id,
      device: attachment.device,
      // The SDK reads the one spelling, the pages show the other.
      bootIndex: String(attachment.bootIndex),
      boot_index: String(attachment.bootIndex),
      delete_on_termination: attachment.deleteWithServer,
      size: volume.size,
    })),
  image: ({ imageId }) => ({ id: imageId }),
  power_state: (_, view) => view['OS-EXT-STS:power_state'],
  cpu_options: ({ cpuThreads }) => ({ 'hw:cpu_threads': cpuThreads ?? 2 }),
  market_info: (server, _, holdings) => {
    const expiresAt = holdings.lifetimes.get(server.id)?.expiresAt
    return {
      charge_mode: chargeModes[server.chargingMode],
      ...(server.chargingMode === '1' && expiresAt !== undefined
        ? { prepaid_info: { expired_time: `${new Date(expiresAt).toISOString().slice(0, 19)}Z` } }
        : {}),
      ...(server.chargingMode === '2' ? { spot_info: {} } : {}),
    }
  },
}

/** The groups of fields that are there only for those who ask. */
export function readExpected(query: Query): readonly string[] {
  const names = query.all('expect-fields').flatMap((value) => value.split(',').filter(Boolean))
  const unknown = names.find((name) => !Object.hasOwn(groups, name))
  if (unknown !== undefined) throw invalid(`expect-fields [${unknown}] is invalid.`)
  return [...new Set(names)]
}

export function cloudViewOf(server: Server, expected: readonly string[], holdings: Holdings, world: World) {
  const view = viewOf(server, holdings, world)
  const { id, vcpus, ram } = server.flavor
  return {
    id: view.id,
    name: view.name,
    status: view.status,
    tenant_id: view.tenant_id,
    user_id: view.user_id,
    description: view.description,
    availability_zone: view['OS-EXT-AZ:availability_zone'],
    vm_state: view['OS-EXT-STS:vm_state'],
    task_state: view['OS-EXT-STS:task_state'],
    created: view.created,
    updated: view.updated,
    flavor: { id, name: id, vcpus, ram, disk: 0 },
    fault: view.fault,
    in_recycle_bin: false,
    spod_id: '',
    ...Object.fromEntries(expected.map((name) => [name, groups[name]?.(server, view, holdings)])),
  }
}
