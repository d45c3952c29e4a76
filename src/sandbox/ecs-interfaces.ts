import Type from 'typebox'
import { refuseAddress, refuseGroups, refuseNic } from './ecs-nic-checks.ts'
import { freeNicsOn, nicWithId, refuseBusy } from './ecs-nics.ts'
import { freeDisksOn } from './ecs-places.ts'
import { invalid } from './ecs-refusals.ts'
import { bodyReader, managedTargetOf, refuseState, type Target, targetOf } from './ecs-target.ts'
import type { Move } from './finish-nics.ts'
import { newJob } from './jobs.ts'
import { releaseAddress, takeAddress } from './networks.ts'
import { fixedIpsOf } from './port-acts.ts'
import { type Port, statusOf } from './ports.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-ecs/ecs_02_0505.html */
export function listServerInterfaces(ask: Ask, world: World): Answer {
  const target = interfacesOf(ask, world)
  return ok({
    attachableQuantity: { free_nic: freeNicsOn(target, ask) },
    interfaceAttachments: target.server.nics.map((port, index) => viewOf(port, index, target)),
  })
}

/** Here a server that is not there is a NIC that could not be queried. */
function interfacesOf(ask: Ask, world: World): Target {
  const id = ask.params.server_id ?? ''
  if (!world.holdings(ask.project).servers.has(id))
    throw new Refusal(400, 'Ecs.0307', `Failed to query the NICs: instance ${id} could not be found.`)
  return targetOf(ask, world)
}

export function showServerAttachableNicNum(ask: Ask, world: World): Answer {
  const target = interfacesOf(ask, world)
  const free_nic = freeNicsOn(target, ask)
  const disks = freeDisksOn(target.server, ask.region)
  return ok({
    attachableQuantity: { free_efi_nic: 0, free_nic, ...disks },
    interfaceAttachments: target.server.nics.map((port, index) => ({
      ...viewOf(port, index, target),
      preserve_on_delete: !port.deleteWithServer,
    })),
  })
}

const readUpdate = bodyReader(
  Type.Object({ interface_attachment: Type.Object({ delete_on_termination: Type.Boolean() }) }),
)

export function updateServerInterface(ask: Ask, world: World): Answer {
  const { interface_attachment } = readUpdate(ask)
  const target = managedTargetOf(ask, world)
  const port = nicWithId(target, ask.params.port_id)
  port.deleteWithServer = interface_attachment.delete_on_termination
  port.updated = world.outside.now()
  return ok({ interface_attachment: viewOf(port, target.server.nics.indexOf(port), target) })
}

const readChange = bodyReader(
  Type.Object({
    subnet_id: Type.String({ minLength: 1 }),
    ip_address: Type.Optional(Type.String()),
  }),
)

/** To another address, or to another subnet of the same VPC; only while the server is down. */
export function changeServerNetworkInterface(ask: Ask, world: World): Answer {
  const { subnet_id, ip_address } = readChange(ask)
  const target = managedTargetOf(ask, world)
  const { holdings, server } = target
  const port = nicWithId(target, ask.params.port_id)
  refuseBusy(target)
  if (server.vmState !== 'stopped') throw refuseState()
  const isSame = subnet_id === port.subnetId && (!ip_address || ip_address === port.address)
  if (!isSame) {
    refuseNic({ subnet_id, ...(ip_address ? { ip_address } : {}) }, server.vpcId, holdings)
    const address = reserve(port, subnet_id, ip_address, target)
    const left = holdings.subnets.get(port.subnetId)
    if (left) releaseAddress(left, port.address)
    Object.assign(port, { subnetId: subnet_id, address, updated: world.outside.now() })
  }
  return ok({ id: port.id, subnet_id: port.subnetId, ip_address: port.address })
}

function reserve(port: Port, subnetId: string, wanted: string | undefined, { holdings }: Target): string {
  const subnet = holdings.subnets.get(subnetId)
  const address = subnet && (wanted || takeAddress(subnet, port.id))
  if (!subnet || !address) throw new Refusal(400, 'Ecs.0012', 'Insufficient IP addresses in the subnet.')
  subnet.taken.set(address, port.id)
  return address
}

const readChangeVpc = bodyReader(
  Type.Object({
    vpc_id: Type.String({ minLength: 1 }),
    nic: Type.Object({
      subnet_id: Type.String({ minLength: 1 }),
      port_id: Type.Optional(Type.String()),
      ip_address: Type.Optional(Type.String()),
      security_groups: Type.Optional(Type.Array(Type.Object({ id: Type.String() }))),
    }),
  }),
)

/** https://support.huaweicloud.com/api-ecs/ChangeVpc.html: for servers of a single NIC that are down. */
export function changeVpc(ask: Ask, world: World): Answer {
  const { vpc_id, nic } = readChangeVpc(ask)
  const target = managedTargetOf(ask, world)
  const { holdings, server } = target
  const [port, ...more] = server.nics
  refuseBusy(target)
  if (server.vmState !== 'stopped') throw refuseState()
  if (!port || more.length > 0) throw invalid('Only an ECS with a single NIC can change its VPC.')
  if (nic.port_id && nic.port_id !== port.id)
    throw invalid(`port [${nic.port_id}] is not the NIC of the ECS.`)
  if (!holdings.vpcs.has(vpc_id)) throw new Refusal(400, 'Ecs.0014', `The VPC ${vpc_id} does not exist.`)
  if (vpc_id === server.vpcId) throw invalid('The ECS is in this VPC already.')
  refuseNic({ subnet_id: nic.subnet_id }, vpc_id, holdings)
  if (nic.ip_address) refuseAddress(nic.ip_address, nic.subnet_id, holdings)
  refuseGroups(nic.security_groups ?? [], holdings)
  const groups = nic.security_groups?.map(({ id }) => id) ?? []
  const move: Move = {
    vpcId: vpc_id,
    subnetId: nic.subnet_id,
    address: reserve(port, nic.subnet_id, nic.ip_address, target),
    securityGroups: groups.length > 0 ? groups : port.securityGroups,
  }
  const job = newJob(world.outside, ask.project, 'changeVpc', [
    { serverId: server.id, nicId: port.id, plan: { ...move } },
  ])
  server.task = { jobId: job.id, kind: 'changeVpc' }
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

const readVirtual = bodyReader(
  Type.Object({
    nic: Type.Object({
      subnet_id: Type.String(),
      ip_address: Type.String(),
      reverse_binding: Type.Optional(Type.Boolean()),
    }),
  }),
)

/** https://support.huaweicloud.com/api-ecs/ecs_02_0504.html: a virtual address is one more that the NIC may use. */
export function associateServerVirtualIp(ask: Ask, world: World): Answer {
  const { nic } = readVirtual(ask)
  const { ports } = world.holdings(ask.project)
  const port = ports.get(ask.params.nic_id ?? '')
  if (!port?.deviceOwner.startsWith('compute:'))
    throw new Refusal(400, 'Ecs.0307', `The NIC ${ask.params.nic_id} does not exist.`)
  if (nic.ip_address === '') port.allowedAddressPairs = []
  else {
    const virtual = [...ports.values()].find(
      ({ address, subnetId, deviceOwner }) =>
        address === nic.ip_address && subnetId === port.subnetId && deviceOwner === 'neutron:VIP_PORT',
    )
    if (!virtual || nic.subnet_id !== port.subnetId)
      throw invalid(`ip_address [${nic.ip_address}] is not a virtual IP address of the NIC's subnet.`)
    const others = port.allowedAddressPairs.filter(({ ip_address }) => ip_address !== nic.ip_address)
    port.allowedAddressPairs = [...others, { ip_address: nic.ip_address }]
    if (nic.reverse_binding)
      virtual.allowedAddressPairs = [
        ...virtual.allowedAddressPairs.filter(({ ip_address }) => ip_address !== port.address),
        { ip_address: port.address },
      ]
  }
  port.updated = world.outside.now()
  return ok({ port_id: port.id })
}

function viewOf(port: Port, index: number, { holdings }: Target) {
  return {
    port_state: statusOf(port, holdings),
    port_id: port.id,
    net_id: port.subnetId,
    mac_addr: port.mac,
    fixed_ips: fixedIpsOf(port, holdings),
    driver_mode: 'virtio',
    delete_on_termination: port.deleteWithServer,
    min_rate: null,
    multiqueue_num: null,
    pci_address: `0000:02:${(index + 1).toString(16).padStart(2, '0')}.0`,
  }
}
