import Type from 'typebox'
import { invalid } from './ecs-refusals.ts'
import { bodyReader } from './ecs-target.ts'
import type { Holdings, ServerGroup } from './holdings.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import type { World } from './world.ts'

export const groupQuota = { groups: 10, members: 16 } as const

const readCreate = bodyReader(
  Type.Object({
    server_group: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 255, pattern: '^[\\w .\\-]+$' }),
      policies: Type.Array(Type.Literal('anti-affinity'), { minItems: 1, maxItems: 1 }),
    }),
  }),
)

/** https://support.huaweicloud.com/api-ecs/ecs_02_1501.html */
export function createServerGroup(ask: Ask, world: World): Answer {
  const { name, policies } = readCreate(ask).server_group
  const { serverGroups } = world.holdings(ask.project)
  if (serverGroups.size >= groupQuota.groups)
    throw new Refusal(400, 'Ecs.0022', 'Insufficient ECS group quota.')
  const group: ServerGroup = { id: world.outside.uuid(), name, policies, members: [] }
  serverGroups.set(group.id, group)
  return ok({ server_group: viewOf(group) })
}

export function listServerGroups({ project, query }: Ask, world: World): Answer {
  const groups = [...world.holdings(project).serverGroups.values()]
  const limit = query.whole('limit', 1_000, 1)
  if (limit === undefined || limit > 1_000) throw invalid('limit must be from 1 to 1000.')
  const marker = query.get('marker')
  const start = marker === undefined ? 0 : groups.findIndex(({ id }) => id === marker) + 1
  if (marker !== undefined && start === 0) throw noSuchGroup(marker)
  const page = groups.slice(start, start + limit)
  const last = page.at(-1)
  const more = last && start + limit < groups.length
  return ok({
    server_groups: page.map(viewOf),
    ...(more ? { page_info: { next_marker: last.id } } : {}),
  })
}

export function showServerGroup(ask: Ask, world: World): Answer {
  return ok({ server_group: viewOf(groupOf(ask, world.holdings(ask.project))) })
}

export function deleteServerGroup(ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  holdings.serverGroups.delete(groupOf(ask, holdings).id)
  return nothing()
}

const Member = Type.Object({ instance_uuid: Type.String() })
const readMember = bodyReader(
  Type.Union([Type.Object({ add_member: Member }), Type.Object({ remove_member: Member })]),
)

/** A server is in one group at most. */
export function changeServerGroupMember(ask: Ask, world: World): Answer {
  const body = readMember(ask)
  const holdings = world.holdings(ask.project)
  const group = groupOf(ask, holdings)
  if ('add_member' in body) {
    const failure = join(holdings, group, body.add_member.instance_uuid)
    if (failure) throw new Refusal(400, failure.code, failure.reason)
  } else {
    const id = body.remove_member.instance_uuid
    if (!group.members.includes(id)) throw invalid(`The ECS ${id} is not in the group.`)
    group.members = group.members.filter((member) => member !== id)
  }
  return ok({})
}

const readMembers = bodyReader(
  Type.Object({ server_ids: Type.Array(Type.String(), { minItems: 1, maxItems: 200 }) }),
)

export const addServerGroupMembers = (ask: Ask, world: World): Answer => changeMany(ask, world, join)
export const removeServerGroupMembers = (ask: Ask, world: World): Answer => changeMany(ask, world, leave)

type Change = (
  holdings: Holdings,
  group: ServerGroup,
  id: string,
) => { code: string; reason: string } | undefined

function changeMany(ask: Ask, world: World, change: Change): Answer {
  const { server_ids } = readMembers(ask)
  const holdings = world.holdings(ask.project)
  const group = groupOf(ask, holdings)
  const servers = server_ids.map((id) => {
    const failure = change(holdings, group, id)
    return failure
      ? { server_id: id, status: 'failed', error_code: failure.code, error_message: failure.reason }
      : { server_id: id, status: 'success' }
  })
  const good = servers.filter(({ status }) => status === 'success').length
  const status = good === servers.length ? 'success' : good === 0 ? 'failed' : 'partial_success'
  return ok({ status, servers })
}

export function join(holdings: Holdings, group: ServerGroup, id: string) {
  if (!holdings.servers.has(id)) return { code: 'Ecs.0114', reason: `Instance[${id}] could not be found.` }
  const other = [...holdings.serverGroups.values()].find(({ members }) => members.includes(id))
  if (other && other !== group) return { code: 'Ecs.0005', reason: `The ECS is in the group ${other.id}.` }
  if (other) return undefined
  if (group.members.length >= groupQuota.members)
    return { code: 'Ecs.0022', reason: 'Insufficient quota of members of an ECS group.' }
  group.members.push(id)
  return undefined
}

function leave(_: Holdings, group: ServerGroup, id: string) {
  if (!group.members.includes(id)) return { code: 'Ecs.0005', reason: `The ECS ${id} is not in the group.` }
  group.members = group.members.filter((member) => member !== id)
  return undefined
}

const noSuchGroup = (id: string) => new Refusal(400, 'Ecs.0313', `The ECS group ${id} could not be found.`)

function groupOf({ params }: Ask, { serverGroups }: Holdings): ServerGroup {
  const id = params.server_group_id ?? ''
  const group = serverGroups.get(id)
  if (!group) throw noSuchGroup(id)
  return group
}

const viewOf = ({ id, name, policies, members }: ServerGroup) => ({
  id,
  name,
  policies,
  members,
  metadata: {},
})
