import { newJob } from './jobs.ts'
import { type Deed, refuseUnmanageable, wrongState } from './nova-deeds.ts'
import { novaChangePassword, novaCreateImage } from './nova-doings.ts'
import { badRequest, conflict, itemNotFound, notImitated } from './nova-manner.ts'
import { confirmResize, novaResize, revertResize } from './nova-resize.ts'
import { serverAsked } from './nova-servers.ts'
import { mayBegin, type Task } from './servers.ts'
import { type Answer, type Ask, nothing } from './service.ts'
import { hasSystemDisk } from './volumes.ts'
import type { World } from './world.ts'

const actions: Readonly<Record<string, (deed: Deed) => Answer>> = {
  'os-start': (deed) => begin(deed, 'start'),
  'os-stop': (deed) => begin(deed, 'stop'),
  reboot,
  lock: (deed) => setLock(deed, true),
  unlock: (deed) => setLock(deed, false),
  changePassword: novaChangePassword,
  createImage: novaCreateImage,
  resize: novaResize,
  confirmResize,
  revertResize,
  addSecurityGroup: (deed) => changeGroups(deed, true),
  removeSecurityGroup: (deed) => changeGroups(deed, false),
}

const actionsElsewhere = [
  'createBackup',
  'evacuate',
  'forceDelete',
  'migrate',
  'os-getConsoleOutput',
  'os-getVNCConsole',
  'os-migrateLive',
  'os-resetState',
  'pause',
  'rebuild',
  'rescue',
  'restore',
  'resume',
  'shelve',
  'shelveOffload',
  'suspend',
  'unpause',
  'unrescue',
  'unshelve',
]

/** https://support.huaweicloud.com/api-ecs/ecs_08_0001.html: one place, and the body says what is to be done. */
export function novaActOnServer(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  const body = ask.object()
  const [name = '', ...more] = Object.keys(body)
  const act = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (act && more.length === 0) return act({ ask, world, holdings, server, wanted: body[name] })
  if (actionsElsewhere.includes(name)) throw notImitated(`The action ${name}`)
  throw badRequest(`There is no such action: ${name}`)
}

function reboot(deed: Deed): Answer {
  const { type } = (deed.wanted ?? {}) as { type?: unknown }
  if (type !== 'SOFT' && type !== 'HARD')
    throw badRequest(
      `Invalid input for field/attribute type. Value: ${type}. ${type} is not one of SOFT, HARD`,
    )
  return begin(deed, 'reboot', type === 'HARD')
}

/** Taken or refused at once: there is no job to be asked about. */
function begin(deed: Deed, kind: 'start' | 'stop' | 'reboot' | 'delete', hard = false): Answer {
  const { ask, world, holdings, server } = deed
  refuseUnmanageable(deed)
  if (!mayBegin(server, kind, hard) && !(kind === 'delete' && isOverridden(server.task)))
    throw wrongState(kind, server)
  if ((kind === 'start' || kind === 'reboot') && !hasSystemDisk(holdings, server))
    throw conflict(`Cannot '${kind}' instance ${server.id} without a system disk`)
  const job = newJob(world.outside, ask.project, kind, [{ serverId: server.id }])
  server.task = { jobId: job.id, kind, hard }
  server.updated = job.begunAt
  world.begin(holdings, job)
  return nothing(202)
}

/** What still builds can be given up, as nothing else can. */
const isOverridden = (task: Task | undefined) => task?.kind === 'create'

export function novaDeleteServer(ask: Ask, world: World): Answer {
  const { holdings, server } = serverAsked(ask, world)
  if (server.chargingMode === '1')
    throw badRequest(`server ${server.id} is the cycle order and not be deleted by ordinary user`)
  if (server.task?.kind !== 'delete') begin({ ask, world, holdings, server, wanted: null }, 'delete')
  return nothing(204)
}

function setLock({ server, world }: Deed, locked: boolean): Answer {
  server.locked = locked
  server.updated = world.outside.now()
  return nothing(202)
}

/** By name or id; on all NICs at once. */
function changeGroups(deed: Deed, isToBeOn: boolean): Answer {
  const { server, holdings, wanted, ask, world } = deed
  refuseUnmanageable(deed)
  const { name } = (wanted ?? {}) as { name?: unknown }
  if (typeof name !== 'string' || name === '')
    throw badRequest('Missing parameter dict: name of the security group')
  const group = [...holdings.securityGroups.values()].find((each) => each.id === name || each.name === name)
  if (!group) throw itemNotFound(`Security group ${name} not found for project ${ask.project.id}.`)
  const isOn = server.nics.some(({ securityGroups }) => securityGroups.includes(group.id))
  if (!isToBeOn && !isOn)
    throw conflict(`Security group ${name} not associated with the instance ${server.id}`)
  for (const port of server.nics) {
    const others = port.securityGroups.filter((id) => id !== group.id)
    port.securityGroups = isToBeOn ? [...others, group.id] : others
  }
  server.updated = world.outside.now()
  return nothing(202)
}
