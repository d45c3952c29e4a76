// What can be and what cannot, whatever was asked before: read off the answers alone.

// biome-ignore lint/suspicious/noExplicitAny: rows as they arrive
type Row = any

/** Everything of a project that others hang on, as one moment showed it. */
export interface Seen {
  count: number
  servers: Row[]
  ports: Row[]
  volumes: Row[]
  publicIps: Row[]
  limits: Row
}

/** vm_state, task_states, status, power_states: https://support.huaweicloud.com/api-ecs/ecs_08_0002.html */
const states: readonly (readonly [string, readonly (string | null)[], string, readonly number[]])[] = [
  ['building', ['scheduling', 'block_device_mapping', 'networking', 'spawning', null], 'BUILD', [0]],
  ['active', [null, 'powering-off', 'deleting'], 'ACTIVE', [1]],
  ['active', ['rebooting', 'reboot_pending', 'reboot_started'], 'REBOOT', [1]],
  ['active', ['rebooting_hard', 'reboot_pending_hard', 'reboot_started_hard'], 'HARD_REBOOT', [1]],
  ['active', ['rebuilding', 'rebuild_block_device_mapping', 'rebuild_spawning'], 'REBUILD', [1]],
  ['stopped', ['rebuilding', 'rebuild_block_device_mapping', 'rebuild_spawning'], 'REBUILD', [4]],
  ['error', ['rebuilding', 'rebuild_block_device_mapping', 'rebuild_spawning'], 'REBUILD', [0, 1, 4]],
  ['active', ['migrating'], 'MIGRATING', [1]],
  ['stopped', [null, 'powering-on', 'deleting'], 'SHUTOFF', [4]],
  // Nova's rules for what the page does not list: giving up a build, a hard reboot of what does not run.
  ['building', ['deleting'], 'BUILD', [0]],
  ['stopped', ['rebooting_hard'], 'SHUTOFF', [4]],
  ['stopped', ['resize_prep', 'resize_migrating', 'resize_migrated', 'resize_finish'], 'RESIZE', [4]],
  ['resized', [null], 'VERIFY_RESIZE', [1, 4]],
  ['error', [null, 'deleting'], 'ERROR', [0]],
]

export function impossibilities(seen: Seen): string[] {
  return [
    ...wrongStates(seen),
    ...wrongCounts(seen),
    ...repeated(seen),
    ...loosePorts(seen),
    ...looseVolumes(seen),
    ...loosePublicIps(seen),
  ]
}

/** What must not be left when all is done. */
export function unfinished({ servers, volumes, publicIps, ports }: Seen): string[] {
  return [
    ...servers
      .filter((server) => server['OS-EXT-STS:task_state'] !== null || server.status === 'BUILD')
      .map((server) => `${server.id} is still ${server.status} ${server['OS-EXT-STS:task_state']}`),
    ...volumes.filter(({ status }) => !/^(available|in-use)$/.test(status)).map(stuck),
    ...publicIps.filter(({ status }) => !/^(DOWN|ACTIVE)$/.test(status)).map(stuck),
    ...ports.filter(({ status }) => !/^(DOWN|ACTIVE)$/.test(status)).map(stuck),
  ]
}

const stuck = ({ id, status }: Row) => `${id} is still ${status}`

function wrongStates({ servers }: Seen): string[] {
  return servers.flatMap((server) => {
    const vm = server['OS-EXT-STS:vm_state']
    const task = server['OS-EXT-STS:task_state']
    const power = server['OS-EXT-STS:power_state']
    const fits = states.some(
      ([vmState, tasks, status, powers]) =>
        vmState === vm && tasks.includes(task) && status === server.status && powers.includes(power),
    )
    const faulty = (server.status === 'ERROR') === (server.fault !== null)
    const disks: Row[] = server['os-extended-volumes:volumes_attached']
    const hasRoot = vm !== 'active' || disks.some(({ bootIndex }) => bootIndex === '0')
    return [
      ...(hasRoot ? [] : [`${server.id} runs without a system disk`]),
      ...(fits ? [] : [`${server.id} is ${server.status} with ${vm}, ${task}, ${power}`]),
      ...(faulty ? [] : [`${server.id} is ${server.status} with fault ${JSON.stringify(server.fault)}`]),
    ]
  })
}

function wrongCounts({ count, servers, limits, publicIps }: Seen): string[] {
  const cores = sum(servers, ({ flavor }) => Number(flavor.vcpus))
  const ram = sum(servers, ({ flavor }) => Number(flavor.ram))
  return [
    differ('count', count, servers.length),
    differ('totalInstancesUsed', limits.totalInstancesUsed, servers.length),
    differ('totalCoresUsed', limits.totalCoresUsed, cores),
    differ('totalRAMUsed', limits.totalRAMUsed, ram),
    differ('totalFloatingIpsUsed', limits.totalFloatingIpsUsed, publicIps.length),
  ].flat()
}

const sum = (rows: Row[], of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)
const differ = (what: string, said: unknown, real: unknown) =>
  said === real ? [] : [`${what} is ${said} where there are ${real}`]

function repeated({ servers, ports, volumes, publicIps }: Seen): string[] {
  return [
    ...twice(
      'server',
      servers.map(({ id }) => id),
    ),
    ...twice(
      'port',
      ports.map(({ id }) => id),
    ),
    ...twice(
      'MAC',
      ports.map(({ mac_address }) => mac_address),
    ),
    ...twice(
      'address',
      ports.flatMap(({ network_id, fixed_ips }) =>
        fixed_ips.map(({ ip_address }: Row) => `${network_id} ${ip_address}`),
      ),
    ),
    ...twice(
      'volume',
      volumes.map(({ id }) => id),
    ),
    ...twice(
      'public address',
      publicIps.map(({ public_ip_address }) => public_ip_address),
    ),
    ...twice(
      'bound port',
      publicIps.flatMap(({ port_id }) => port_id || []),
    ),
  ]
}

function twice(what: string, values: readonly string[]): string[] {
  const seen = new Set<string>()
  return values.flatMap((value) => {
    if (seen.has(value)) return [`the ${what} ${value} is there twice`]
    seen.add(value)
    return []
  })
}

/** What servers show of their ports, and ports of their servers; one on its way is on none. */
function loosePorts({ servers, ports }: Seen): string[] {
  const ofServers = grown(servers).flatMap((server) =>
    addressesOf(server)
      .filter((address) => address['OS-EXT-IPS:type'] === 'fixed')
      .map(
        (address) =>
          `${server.id} ${address['OS-EXT-IPS:port_id']} ${address.addr} ${address['OS-EXT-IPS-MAC:mac_addr']}`,
      ),
  )
  const ofPorts = portsOnServers(ports).map(
    ({ device_id, id, fixed_ips, mac_address }) =>
      `${device_id} ${id} ${fixed_ips[0]?.ip_address} ${mac_address}`,
  )
  const wrongGroups = servers.flatMap((server) =>
    server.security_groups.length > 0 ? [] : [`${server.id} is in no security group`],
  )
  return [...onlyIn('a server shows a port', ofServers, ofPorts), ...wrongGroups]
}

const grown = (servers: Row[]) => servers.filter(({ status }) => status !== 'BUILD')
const buildingOf = (servers: Row[]) =>
  new Set(servers.filter(({ status }) => status === 'BUILD').map(({ id }) => id))
const portsOnServers = (ports: Row[]) =>
  ports.filter(({ device_owner, status }) => /^compute:/.test(device_owner) && status !== 'BUILD')
const addressesOf = ({ addresses }: Row): Row[] => Object.values(addresses).flat()

/** How many a volume can have; in every other status none. */
const attachmentsOf: Record<string, readonly number[]> = {
  'in-use': [1],
  detaching: [1],
  attaching: [0, 1],
}

function looseVolumes({ servers, volumes }: Seen): string[] {
  const ofServers = grown(servers).flatMap((server) =>
    server['os-extended-volumes:volumes_attached'].map(
      ({ id, device }: Row) => `${server.id} ${id} ${device}`,
    ),
  )
  const growing = buildingOf(servers)
  const ofVolumes = volumes.flatMap(({ id, attachments }) =>
    attachments
      .filter(({ server_id }: Row) => !growing.has(server_id))
      .map(({ server_id, device }: Row) => `${server_id} ${id} ${device}`),
  )
  const wrong = volumes
    .filter(({ attachments }) => !growing.has(attachments[0]?.server_id))
    .filter(({ status, attachments }) => !(attachmentsOf[status] ?? [0]).includes(attachments.length))
    .map(({ id, status, attachments }) => `${id} is ${status} with ${attachments.length} attachments`)
  const devices = twice(
    'device',
    servers.flatMap((server) =>
      server['os-extended-volumes:volumes_attached'].map(({ device }: Row) => `${server.id} ${device}`),
    ),
  )
  return [...onlyIn('a server shows a volume', ofServers, ofVolumes), ...wrong, ...devices]
}

function loosePublicIps({ servers, ports, publicIps }: Seen): string[] {
  const ofServers = grown(servers).flatMap((server) =>
    addressesOf(server)
      .filter((address) => address['OS-EXT-IPS:type'] === 'floating')
      .map((address) => `${address['OS-EXT-IPS:port_id']} ${address.addr}`),
  )
  const onServers = new Set(portsOnServers(ports).map(({ id }) => id))
  const ofIps = publicIps
    .filter(({ port_id }) => onServers.has(port_id))
    .map(({ port_id, public_ip_address }) => `${port_id} ${public_ip_address}`)
  const all = new Map(ports.map((port) => [port.id, port]))
  const wrong = publicIps.flatMap(({ id, status, port_id, private_ip_address }) => {
    const isSettling = status.startsWith('PENDING_')
    if (!port_id)
      return (status === 'DOWN' || isSettling) && !private_ip_address
        ? []
        : [`${id} is ${status} and unbound`]
    const [address] = all.get(port_id)?.fixed_ips ?? []
    return (status === 'ACTIVE' || isSettling) && address?.ip_address === private_ip_address
      ? []
      : [`${id} is ${status} and bound to ${port_id} at ${private_ip_address}`]
  })
  return [...onlyIn('a server shows a public address', ofServers, ofIps), ...wrong]
}

function onlyIn(what: string, left: readonly string[], right: readonly string[]): string[] {
  const [lefts, rights] = [new Set(left), new Set(right)]
  return [
    ...left.filter((each) => !rights.has(each)).map((each) => `${what} alone: ${each}`),
    ...right.filter((each) => !lefts.has(each)).map((each) => `${what} not: ${each}`),
  ]
}
