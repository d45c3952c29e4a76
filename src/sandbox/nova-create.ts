import type { WantedServer } from './ecs-create-body.ts'
import { buildServers } from './ecs-create-build.ts'
import { planFor } from './ecs-create-checks.ts'
import { refuseWords } from './ecs-create-words.ts'
import type { Holdings } from './holdings.ts'
import { newCode } from './ids.ts'
import { newJob } from './jobs.ts'
import { readNovaCreate, type WantedNovaServer } from './nova-create-body.ts'
import { disksWanted } from './nova-create-disks.ts'
import { nicsWanted } from './nova-create-nics.ts'
import { badRequest, linksTo } from './nova-manner.ts'
import { inNovasWords } from './nova-words.ts'
import { groupsOf } from './ports.ts'
import type { Server } from './servers.ts'
import { type Answer, type Ask, ok } from './service.ts'
import { failureByName } from './trouble-names.ts'
import type { World } from './world.ts'

/** https://support.huaweicloud.com/api-ecs/ecs_02_1401.html: the same server as by ECS, asked for in fewer words. */
export function novaCreateServers(ask: Ask, world: World): Answer {
  const { wanted, hints } = readNovaCreate(ask.object())
  const holdings = world.holdings(ask.project)
  const count = countOf(wanted)
  const asked = { ...wantedOf(wanted, ask, holdings), ...(hints ? { 'os:scheduler_hints': hints } : {}) }
  const servers = inNovasWords(() => {
    refuseWords(asked, count, world.outside.now())
    const plan = planFor(asked, count, ask.region, holdings)
    return buildServers(asked, count, plan, '0', holdings, world)
  })
  const job = newJob(
    world.outside,
    ask.project,
    'create',
    servers.map(({ id }) => ({ serverId: id, ...failureByName(asked.name) })),
  )
  for (const server of servers) server.task = { jobId: job.id, kind: 'create' }
  const password = wanted.adminPass ?? `${newCode(world.outside, 11)}A1`
  const answer = answerFor(servers[0], wanted, password, holdings, ask)
  world.begin(holdings, job)
  return ok(answer, 202)
}

function countOf({ min_count, max_count }: WantedNovaServer): number {
  const least = Number(min_count ?? 1)
  const most = Number(max_count ?? min_count ?? 1)
  if (least < 1 || most < 1)
    throw badRequest('Invalid input for field/attribute min_count. It must be at least 1.')
  if (least > most) throw badRequest('min_count must be <= max_count')
  return most
}

function wantedOf(wanted: WantedNovaServer, ask: Ask, holdings: Holdings): WantedServer {
  const { nics, vpcId } = nicsWanted(wanted, holdings)
  return {
    name: wanted.name,
    flavorRef: String(wanted.flavorRef),
    vpcid: vpcId,
    nics,
    ...disksWanted(wanted, holdings, ask.region),
    security_groups: groupsWanted(wanted, holdings),
    ...(wanted.availability_zone ? { availability_zone: zoneWanted(wanted.availability_zone, ask) } : {}),
    ...(wanted.key_name ? { key_name: keyWanted(wanted.key_name, holdings) } : {}),
    ...(wanted.adminPass ? { adminPass: wanted.adminPass } : {}),
    ...(wanted.user_data ? { user_data: wanted.user_data } : {}),
    ...(wanted.metadata ? { metadata: wanted.metadata } : {}),
    ...(wanted.description ? { description: wanted.description } : {}),
    ...(wanted.auto_terminate_time ? { auto_terminate_time: wanted.auto_terminate_time } : {}),
  }
}

function groupsWanted({ security_groups = [] }: WantedNovaServer, holdings: Holdings): { id: string }[] {
  const groups = [...holdings.securityGroups.values()]
  return security_groups
    .filter(({ name }) => name !== 'default' || groups.some((group) => group.name === name))
    .map(({ name }) => {
      const group = groups.find((each) => each.id === name || each.name === name)
      if (!group) throw badRequest(`Unable to find security_group with name or id '${name}'`)
      return { id: group.id }
    })
}

/** `zone:host` names a host as well, which nobody here can choose. */
function zoneWanted(name: string, { region }: Ask): string {
  if (!region.zones.includes(name)) throw badRequest('The requested availability zone is not available')
  return name
}

function keyWanted(name: string, { keypairs }: Holdings): string {
  if (!keypairs.has(name)) throw badRequest('Invalid key_name provided.')
  return name
}

function answerFor(
  server: Server | undefined,
  { return_reservation_id: byReservation }: WantedNovaServer,
  adminPass: string,
  holdings: Holdings,
  ask: Ask,
) {
  if (!server) throw new Error('a create makes at least one server')
  if (byReservation === true || byReservation === 'true') return { reservation_id: server.reservationId }
  return {
    server: {
      id: server.id,
      links: linksTo(ask, `/servers/${server.id}`),
      'OS-DCF:diskConfig': 'MANUAL',
      security_groups: groupsOf(server, holdings).map(({ name }) => ({ name })),
      adminPass,
    },
  }
}
