import Type from 'typebox'
import { defaultGroupOf } from './ecs-create-nics.ts'
import { refuseGroups, refuseNic } from './ecs-nic-checks.ts'
import { placesOn } from './ecs-places.ts'
import { bodyReader, managedTargetOf, refuseState, type Target } from './ecs-target.ts'
import { newJob } from './jobs.ts'
import { closePort, openPort, type Port } from './ports.ts'
import { Refusal } from './refusal.ts'
import { isUpOrDown } from './servers.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { World } from './world.ts'

const Group = Type.Object({ id: Type.String() })
const readAdd = bodyReader(
  Type.Object({
    nics: Type.Array(
      Type.Object({
        subnet_id: Type.Optional(Type.String()),
        port_id: Type.Optional(Type.String()),
        ip_address: Type.Optional(Type.String()),
        security_groups: Type.Optional(Type.Array(Group)),
        ipv6_enable: Type.Optional(Type.Literal(false)),
      }),
      { minItems: 1 },
    ),
  }),
)

/** https://support.huaweicloud.com/api-ecs/ecs_02_0501.html */
export function batchAddServerNics(ask: Ask, world: World): Answer {
  const { nics: wanted } = readAdd(ask)
  const target = managedTargetOf(ask, world)
  const { holdings, server } = target
  refuseBusy(target)
  if (wanted.length > freeNicsOn(target, ask))
    throw new Refusal(400, 'Ecs.0050', 'The ECS cannot have so many NICs.')
  for (const nic of wanted) {
    refuseNic(nic, server.vpcId, holdings)
    refuseGroups(nic.security_groups ?? [], holdings)
  }
  refuseTwice(wanted.flatMap(({ port_id }) => port_id || []))
  refuseTwice(wanted.flatMap(({ subnet_id, ip_address }) => (ip_address ? `${subnet_id} ${ip_address}` : [])))
  const ports = openAll(wanted, target, world)
  const job = newJob(
    world.outside,
    ask.project,
    ports.length === 1 ? 'addNic' : 'addNics',
    ports.map(({ id }) => ({ serverId: server.id, nicId: id })),
  )
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

export function refuseBusy({ server }: Target): void {
  if (!isUpOrDown(server) || server.task) throw refuseState()
}

function refuseTwice(texts: readonly string[]): void {
  if (new Set(texts).size < texts.length)
    throw new Refusal(400, 'Ecs.0010', 'A port or private IP address is named twice.')
}

/** Those on their way count as well. */
export function freeNicsOn({ server, holdings }: Target, { region }: Ask): number {
  const used = [...holdings.ports.values()].filter(({ deviceId }) => deviceId === server.id).length
  return Math.max(0, placesOn(server, region).nics - used)
}

interface WantedNic {
  subnet_id?: string
  port_id?: string
  ip_address?: string
  security_groups?: { id: string }[]
}

/** All of them or none. From now on they are the server's, and on it when the job has ended. */
function openAll(wanted: readonly WantedNic[], { holdings, server }: Target, world: World): Port[] {
  const made: Port[] = []
  const ports = wanted.map(({ subnet_id = '', port_id, ip_address, security_groups = [] }) => {
    const there = port_id ? holdings.ports.get(port_id) : undefined
    if (there) return there
    const groups = security_groups.map(({ id }) => id)
    const port = openPort(
      {
        networkId: subnet_id,
        address: ip_address,
        securityGroups: groups.length > 0 ? [...new Set(groups)] : [defaultGroupOf(holdings, world)],
      },
      holdings,
      world,
    )
    if (!port) {
      for (const each of made.reverse()) closePort(each, holdings)
      throw new Refusal(400, 'Ecs.0012', 'Insufficient IP addresses in the subnet.')
    }
    port.deleteWithServer = true
    made.push(port)
    return port
  })
  for (const port of ports) {
    port.deviceId = server.id
    port.deviceOwner = `compute:${server.zone}`
  }
  return ports
}

const readRemove = bodyReader(Type.Object({ nics: Type.Array(Group, { minItems: 1 }) }))

/** https://support.huaweicloud.com/api-ecs/ecs_02_0503.html; a server is never without its primary NIC. */
export function batchDeleteServerNics(ask: Ask, world: World): Answer {
  const { nics } = readRemove(ask)
  const target = managedTargetOf(ask, world)
  const { holdings, server } = target
  refuseBusy(target)
  const ports = [...new Set(nics.map(({ id }) => id))].map((id) => nicWithId(target, id))
  if (ports.some((port) => port === server.nics[0]))
    throw new Refusal(403, 'Ecs.0507', 'The primary NIC cannot be deleted.')
  if (ports.some(({ leaving }) => leaving))
    throw new Refusal(400, 'Ecs.0507', 'A NIC is being deleted already.')
  const job = newJob(
    world.outside,
    ask.project,
    ports.length === 1 ? 'removeNic' : 'removeNics',
    ports.map(({ id }) => ({ serverId: server.id, nicId: id })),
  )
  for (const port of ports) port.leaving = true
  world.begin(holdings, job)
  return ok({ job_id: job.id })
}

export function nicWithId({ server }: Target, id = ''): Port {
  const port = server.nics.find((each) => each.id === id)
  if (!port) throw new Refusal(400, 'Ecs.0307', `The NIC ${id} is not on the ECS ${server.id}.`)
  return port
}
