import type { WantedServer } from './ecs-create-body.ts'
import type { Plan } from './ecs-create-checks.ts'
import { groupHint } from './ecs-create-fit.ts'
import { givePublicIp, nicsFor } from './ecs-create-nics.ts'
import type { Holdings } from './holdings.ts'
import { newCode, newHex } from './ids.ts'
import { systemFactsOf } from './images.ts'
import { beginLifetime } from './lifetimes.ts'
import type { Server } from './servers.ts'
import { deviceAt, newVolume } from './volumes.ts'
import type { World } from './world.ts'

/** Adds the servers to the project, all of them or none, in the state of being built. */
export function buildServers(
  wanted: WantedServer,
  count: number,
  plan: Plan,
  chargingMode: Server['chargingMode'],
  holdings: Holdings,
  world: World,
): Server[] {
  const ids = Array.from({ length: count }, () => world.outside.uuid())
  const nics = nicsFor(
    ids.map((id, index) => ({ id, zone: zoneAt(plan, index) })),
    wanted,
    holdings,
    world,
  )
  const reservationId = `r-${newCode(world.outside, 8)}`
  return ids.map((id, index) => {
    const name = nameOf(wanted, index, count)
    const zone = zoneAt(plan, index)
    const server: Server = {
      id,
      launchIndex: index,
      reservationId,
      instanceName: `instance-${newHex(world.outside).slice(0, 8)}`,
      created: world.outside.now(),
      updated: world.outside.now(),
      imageId: plan.image.id,
      system: systemFactsOf(plan.image),
      flavor: { id: plan.flavor.id, vcpus: plan.flavor.vcpus, ram: plan.flavor.ram },
      vpcId: wanted.vpcid,
      zone,
      nics: nics[index] ?? [],
      volumeIds: volumesFor({ id, name, zone }, wanted, plan, holdings, world),
      chargingMode,
      keyName: wanted.key_name ?? '',
      userData: wanted.user_data ?? null,
      schedulerHints: hintsOf(wanted),
      enterpriseProjectId: '0',
      autoTerminateTime: wanted.auto_terminate_time ?? '',
      name,
      hostname: name,
      description: wanted.description ?? '',
      metadata: { ...wanted.metadata },
      tags: tagsOf(wanted),
      locked: false,
      ...(wanted.cpu_options?.['hw:cpu_threads'] ? { cpuThreads: wanted.cpu_options['hw:cpu_threads'] } : {}),
      ...(wanted.metadata_options ? { metadataOptions: wanted.metadata_options } : {}),
      vmState: 'building',
    }
    holdings.servers.set(id, server)
    holdings.serverGroups.get(groupHint(wanted) ?? '')?.members.push(id)
    beginLifetime(holdings, server, wanted.extendparam)
    if (server.nics[0]) givePublicIp(server.nics[0], name, wanted, holdings, world)
    return server
  })
}

const zoneAt = ({ zones }: Plan, index: number): string => zones[index % zones.length] ?? ''

/** Numbered from 1, or on from the number the name already ends in. `isAutoRename` means the opposite. */
export function nameOf({ name, isAutoRename }: WantedServer, index: number, count: number): string {
  if (count === 1 || isAutoRename) return name
  const [, stem = name, number = '0001'] = /^(.*)-(\d{4})$/s.exec(name) ?? []
  return `${stem}-${String(Number(number) + index).padStart(4, '0')}`
}

function volumesFor(
  server: Pick<Server, 'id' | 'name' | 'zone'>,
  wanted: WantedServer,
  plan: Plan,
  holdings: Holdings,
  world: World,
): string[] {
  const { root_volume: root, data_volumes: more = [] } = wanted
  const now = world.outside.now()
  const system = { ...root, size: plan.rootSize, delete_on_termination: true, ...unlikeData }
  return [system, ...more].map((disk, index) => {
    const id = world.outside.uuid()
    const attachment = {
      id,
      serverId: server.id,
      device: deviceAt(index),
      bootIndex: index,
      attachedAt: now,
      deleteWithServer: disk.delete_on_termination ?? false,
    }
    const volume = newVolume({
      id,
      now,
      name: `${server.name}-volume-${String(index).padStart(4, '0')}`,
      status: 'creating',
      size: disk.size,
      type: disk.volumetype,
      zone: server.zone,
      multiattach: disk.multiattach ?? disk.shareable ?? false,
      metadata: { ...disk.metadata, ...(disk['hw:passthrough'] ? { 'hw:passthrough': 'true' } : {}) },
      ...(disk.iops === undefined ? {} : { iops: disk.iops }),
      ...(disk.throughput === undefined ? {} : { throughput: disk.throughput }),
      attachments: [attachment],
      ...(index === 0 ? { bootable: true, imageId: plan.image.id } : {}),
      ...(disk.data_image_id ? { imageId: disk.data_image_id } : {}),
    })
    holdings.volumes.set(id, volume)
    return id
  })
}

/** What only data disks can be asked to be. */
const unlikeData = { multiattach: false, shareable: false, data_image_id: undefined }

/** Single texts in the request, lists of texts in the answer. */
function hintsOf(wanted: WantedServer): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(wanted['os:scheduler_hints'] ?? {}).map(([name, value]) => [
      name,
      typeof value === 'string' ? [value] : value,
    ]),
  )
}

function tagsOf({ tags = [], server_tags = [] }: WantedServer): string[] {
  return [
    ...tags.map((tag) => tag.replace('.', '=')),
    ...server_tags.map(({ key, value = '' }) => `${key}=${value}`),
    '__type_virtual',
  ]
}
