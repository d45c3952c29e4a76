import type { WantedServer } from './ecs-create-body.ts'
import type { Plan } from './ecs-create-checks.ts'
import type { Holdings } from './holdings.ts'
import { newCode, newHex } from './ids.ts'
import { bornRules, type PublicIp, takeAddress } from './networks.ts'
import { Refusal } from './refusal.ts'
import type { Nic, Server, Volume } from './servers.ts'
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
  const nics = ids.map((id) => nicsFor(id, wanted, holdings, world))
  if (nics.some((each) => each === undefined)) {
    for (const subnet of holdings.subnets.values())
      for (const [address, owner] of subnet.taken) if (ids.includes(owner)) subnet.taken.delete(address)
    throw new Refusal(400, 'Ecs.0012', 'Insufficient IP addresses in the subnet.')
  }
  const reservationId = `r-${newCode(world.outside, 8)}`
  return ids.map((id, index) => {
    const name = nameOf(wanted, index, count)
    const publicIp = publicIpFor(id, wanted, holdings, world)
    const server: Server = {
      id,
      launchIndex: index,
      reservationId,
      instanceName: `instance-${newHex(world.outside).slice(0, 8)}`,
      created: world.outside.now(),
      updated: world.outside.now(),
      imageId: plan.image.id,
      flavor: { id: plan.flavor.id, vcpus: plan.flavor.vcpus, ram: plan.flavor.ram },
      vpcId: wanted.vpcid,
      zone: plan.zone,
      nics: nics[index] ?? [],
      volumes: volumesFor(wanted, plan, world),
      securityGroups: groupsFor(wanted, holdings, world),
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
      ...(publicIp ? { publicIp: { id: publicIp.id, address: publicIp.address } } : {}),
      locked: false,
      vmState: 'building',
    }
    holdings.servers.set(id, server)
    return server
  })
}

/** Numbered from 1, or on from the number the name already ends in. `isAutoRename` means the opposite. */
export function nameOf({ name, isAutoRename }: WantedServer, index: number, count: number): string {
  if (count === 1 || isAutoRename) return name
  const [, stem = name, number = '0001'] = /^(.*)-(\d{4})$/s.exec(name) ?? []
  return `${stem}-${String(Number(number) + index).padStart(4, '0')}`
}

function nicsFor(owner: string, wanted: WantedServer, holdings: Holdings, world: World): Nic[] | undefined {
  const nics: Nic[] = []
  for (const { subnet_id, ip_address } of wanted.nics) {
    const subnet = holdings.subnets.get(subnet_id)
    if (!subnet) return undefined
    const address = ip_address || takeAddress(subnet, owner)
    if (!address || (subnet.taken.get(address) ?? owner) !== owner) return undefined
    subnet.taken.set(address, owner)
    const mac = ['fa:16:3e', ...(newHex(world.outside).match(/../g) ?? []).slice(0, 3)].join(':')
    nics.push({ portId: world.outside.uuid(), subnetId: subnet.id, address, mac })
  }
  return nics
}

function volumesFor(wanted: WantedServer, plan: Plan, world: World): Volume[] {
  const { root_volume: root, data_volumes: more = [] } = wanted
  return [
    { type: root.volumetype, size: plan.rootSize, deleteWithServer: true },
    ...more.map((volume) => ({
      type: volume.volumetype,
      size: volume.size,
      deleteWithServer: volume.delete_on_termination ?? false,
    })),
  ].map((volume, bootIndex) => ({
    id: world.outside.uuid(),
    device: deviceOf(bootIndex),
    bootIndex,
    ...volume,
  }))
}

/** `/dev/vda` to `/dev/vdz`, then `/dev/vdaa` and on. */
function deviceOf(index: number): string {
  const letter = (value: number) => String.fromCharCode(97 + value)
  return `/dev/vd${index < 26 ? letter(index) : letter(Math.floor(index / 26) - 1) + letter(index % 26)}`
}

/** Without a wish it is the default group, made anew if somebody has deleted it. */
function groupsFor(wanted: WantedServer, holdings: Holdings, world: World): { id: string; name: string }[] {
  const groups = holdings.securityGroups
  const chosen = (wanted.security_groups ?? []).flatMap(({ id }) => groups.get(id) ?? [])
  if (chosen.length > 0) return chosen.map(({ id, name }) => ({ id, name }))
  const existing = [...groups.values()].find(({ name }) => name === 'default')
  if (existing) return [{ id: existing.id, name: existing.name }]
  const id = world.outside.uuid()
  const description = 'Default security group'
  groups.set(id, { id, name: 'default', description, enterpriseProjectId: '0', rules: bornRules(id) })
  return [{ id, name: 'default' }]
}

function publicIpFor(
  serverId: string,
  { publicip }: WantedServer,
  holdings: Holdings,
  world: World,
): PublicIp | undefined {
  if (!publicip) return undefined
  const publicIp = publicip.id ? holdings.publicIps.get(publicip.id) : undefined
  if (publicIp) {
    publicIp.serverId = serverId
    return publicIp
  }
  const bought: PublicIp = {
    id: world.outside.uuid(),
    address: freePublicAddress(holdings),
    type: publicip.eip?.iptype ?? '5_bgp',
    deleteWithServer: publicip.delete_on_termination ?? false,
    serverId,
  }
  holdings.publicIps.set(bought.id, bought)
  return bought
}

/** From a block set aside for documents (RFC 2544): it leads to nobody's machine. */
function freePublicAddress(holdings: Holdings): string {
  const taken = new Set([...holdings.publicIps.values()].map(({ address }) => address))
  for (let number = 1; ; number++) {
    const address = `198.${18 + ((number >> 16) & 1)}.${(number >> 8) & 255}.${number & 255}`
    if (!taken.has(address)) return address
  }
}

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
