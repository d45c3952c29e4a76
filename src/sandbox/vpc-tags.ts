import Type from 'typebox'
import { Compile } from './check.ts'
import type { Holdings } from './holdings.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, ok, type Row } from './service.ts'
import type { World } from './world.ts'

export interface Tag {
  readonly key: string
  readonly value: string
}

interface Named {
  readonly id: string
  readonly name: string
}

/** What can be tagged, by its word in the path. */
interface Kind {
  readonly path: string
  /** As the official SDK calls its operations. */
  readonly one: string
  readonly many: string
  readonly create: string
  things(holdings: Holdings): readonly Named[]
}

const kinds: readonly Kind[] = [
  {
    path: 'vpcs',
    one: 'Vpc',
    many: 'Vpcs',
    create: 'CreateVpcResourceTag',
    things: ({ vpcs }) => [...vpcs.values()],
  },
  {
    path: 'subnets',
    one: 'Subnet',
    many: 'Subnets',
    create: 'CreateSubnetTag',
    things: ({ subnets }) => [...subnets.values()],
  },
  {
    path: 'security-groups',
    one: 'SecurityGroup',
    many: 'SecurityGroups',
    create: 'CreateSecurityGroupTag',
    things: ({ securityGroups }) => [...securityGroups.values()],
  },
  {
    path: 'publicips',
    one: 'Publicip',
    many: 'Publicips',
    create: 'CreatePublicipTag',
    things: ({ publicIps }) => [...publicIps.values()].map(({ id, address }) => ({ id, name: address })),
  },
]

/** https://support.huaweicloud.com/api-vpc/vpc_tag_0001.html: the same six for each kind of thing. */
export const tagRows: readonly Row[] = kinds.flatMap((kind) => {
  const all = `/v2.0/{project_id}/${kind.path}`
  const one = `${all}/{resource_id}/tags`
  const row = (
    name: string,
    method: Row['method'],
    path: string,
    handle: (kind: Kind, ask: Ask, world: World) => Answer,
  ): Row => ({ name, method, path, handle: (ask, world) => handle(kind, ask, world) })
  return [
    row(kind.create, 'POST', one, createTag),
    row(`Delete${kind.one}Tag`, 'DELETE', `${one}/{key}`, deleteTag),
    row(`Show${kind.one}Tags`, 'GET', one, showTags),
    row(`BatchCreate${kind.one}Tags`, 'POST', `${one}/action`, changeTags),
    row(`List${kind.one}Tags`, 'GET', `${all}/tags`, listTags),
    row(`List${kind.many}ByTags`, 'POST', `${all}/resource_instances/action`, listByTags),
  ]
})

const Key = Type.String({ minLength: 1, maxLength: 36, pattern: '^[^=*<>\\\\,|/]+$' })
const Value = Type.String({ maxLength: 43, pattern: '^[^=*<>\\\\,|/]*$' })
export const TagFields = Type.Object({ key: Key, value: Type.Optional(Value) })
const OneBody = Compile(Type.Object({ tag: TagFields }))
const BatchBody = Compile(
  Type.Object({
    action: Type.Union([Type.Literal('create'), Type.Literal('delete')]),
    tags: Type.Array(TagFields, { minItems: 1, maxItems: 20 }),
  }),
)

const MOST = 20

export const tagsOf = ({ networkTags }: Holdings, id: string): readonly Tag[] => networkTags.get(id) ?? []

/** Of the first version's texts, as `key*value`. */
export const starred = (tags: readonly Tag[]): string[] => tags.map(({ key, value }) => `${key}*${value}`)

/** A key that is there already gets the new value. */
export function addTags(
  { networkTags }: Holdings,
  id: string,
  wanted: readonly { key: string; value?: string }[],
): void {
  const tags = new Map((networkTags.get(id) ?? []).map((tag) => [tag.key, tag]))
  for (const { key, value = '' } of wanted) tags.set(key, { key, value })
  if (tags.size > MOST) throw invalidTags(`At most ${MOST} tags can be added.`)
  if (tags.size > 0) networkTags.set(id, [...tags.values()])
}

const invalidTags = (message = 'The tags are invalid.') => new Refusal(400, 'VPC.1801', message)

function thingOf(kind: Kind, { params }: Ask, holdings: Holdings): Named {
  const id = params.resource_id ?? ''
  const thing = kind.things(holdings).find((each) => each.id === id)
  if (!thing) throw new Refusal(404, 'VPC.2204', `The resource ${id} is not found.`)
  return thing
}

function createTag(kind: Kind, ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const { id } = thingOf(kind, ask, holdings)
  const body = ask.object()
  if (!OneBody.Check(body)) throw invalidTags()
  addTags(holdings, id, [body.tag])
  return nothing()
}

function deleteTag(kind: Kind, ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const { id } = thingOf(kind, ask, holdings)
  const key = ask.params.key ?? ''
  if (!tagsOf(holdings, id).some((tag) => tag.key === key))
    throw new Refusal(404, 'VPC.2204', `The tag ${key} is not found.`)
  removeTags(holdings, id, [key])
  return nothing()
}

function removeTags({ networkTags }: Holdings, id: string, keys: readonly string[]): void {
  const left = (networkTags.get(id) ?? []).filter(({ key }) => !keys.includes(key))
  if (left.length > 0) networkTags.set(id, left)
  else networkTags.delete(id)
}

function changeTags(kind: Kind, ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const { id } = thingOf(kind, ask, holdings)
  const body = ask.object()
  if (!BatchBody.Check(body)) throw invalidTags()
  if (body.action === 'create') addTags(holdings, id, body.tags)
  else
    removeTags(
      holdings,
      id,
      body.tags.map(({ key }) => key),
    )
  return nothing()
}

function showTags(kind: Kind, ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  return ok({ tags: tagsOf(holdings, thingOf(kind, ask, holdings).id) })
}

function listTags(kind: Kind, ask: Ask, world: World): Answer {
  const holdings = world.holdings(ask.project)
  const values = new Map<string, Set<string>>()
  for (const { id } of kind.things(holdings))
    for (const { key, value } of tagsOf(holdings, id))
      values.set(key, (values.get(key) ?? new Set()).add(value))
  return ok({ tags: [...values].map(([key, each]) => ({ key, values: [...each] })) })
}

const ByTagsBody = Compile(
  Type.Object({
    action: Type.Union([Type.Literal('filter'), Type.Literal('count')]),
    limit: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 1_000 }), Type.String()])),
    offset: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Type.String()])),
    matches: Type.Optional(
      Type.Array(Type.Object({ key: Type.Literal('resource_name'), value: Type.String() })),
    ),
    tags: Type.Optional(
      Type.Array(Type.Object({ key: Type.String(), values: Type.Optional(Type.Array(Type.String())) })),
    ),
  }),
)

/** Every key must be there, with one of its values when some are named. */
function listByTags(kind: Kind, ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!ByTagsBody.Check(body)) throw invalidTags('The filter is invalid.')
  const holdings = world.holdings(ask.project)
  const { tags = [], matches = [] } = body
  const found = kind.things(holdings).filter(({ id, name }) => {
    const own = tagsOf(holdings, id)
    const hasTags = tags.every(({ key, values = [] }) =>
      own.some((tag) => tag.key === key && (values.length === 0 || values.includes(tag.value))),
    )
    return hasTags && matches.every(({ value }) => name.includes(value))
  })
  if (body.action === 'count') return ok({ total_count: found.length })
  const offset = Number(body.offset ?? 0)
  const limit = Number(body.limit ?? 1_000)
  if (!Number.isInteger(offset) || !Number.isInteger(limit) || limit < 1)
    throw invalidTags('The limit is invalid.')
  const resources = found.slice(offset, offset + limit).map(({ id, name }) => ({
    resource_id: id,
    resource_name: name,
    resource_detail: null,
    tags: tagsOf(holdings, id),
  }))
  return ok({ resources, total_count: found.length })
}
