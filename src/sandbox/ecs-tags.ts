import Type from 'typebox'
import { refuseTagWords } from './ecs-create-words.ts'
import { invalid } from './ecs-refusals.ts'
import { bodyReader, targetOf } from './ecs-target.ts'
import { Refusal } from './refusal.ts'
import type { Server } from './servers.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import { isTagged, readTagFilter } from './tag-filters.ts'
import type { World } from './world.ts'

const MOST = 10

export interface Tag {
  readonly key: string
  readonly value: string
}

/** Those of the user; the system's own begin with an underline or have no value. */
export function tagsOf(server: Server): Tag[] {
  return server.tags
    .filter((tag) => !tag.startsWith('_') && tag.includes('='))
    .map((tag) => {
      const at = tag.indexOf('=')
      return { key: tag.slice(0, at), value: tag.slice(at + 1) }
    })
}

const read = bodyReader(
  Type.Object({
    action: Type.Union([Type.Literal('create'), Type.Literal('delete')]),
    tags: Type.Array(Type.Object({ key: Type.String(), value: Type.Optional(Type.String()) }), {
      minItems: 1,
    }),
  }),
)

/** Adding what is there and removing what is not do no harm. https://support.huaweicloud.com/api-ecs/ecs_02_1401.html */
export function changeServerTags(ask: Ask, world: World): Answer {
  const { action, tags } = read(ask)
  if (tags.length > MOST) throw new Refusal(400, 'Ecs.0905', `At most ${MOST} tags can be added.`)
  const keys = tags.map(({ key }) => key)
  if (new Set(keys).size < keys.length) throw new Refusal(400, 'Ecs.0908', 'The tag keys must be unique.')
  refuseTagWords(tags)
  const { server } = targetOf(ask, world)
  const kept = tagsOf(server).filter(
    (own) =>
      !tags.some(
        ({ key, value }) =>
          key === own.key && (action === 'create' || value === undefined || value === own.value),
      ),
  )
  const after = action === 'create' ? [...kept, ...tags] : kept
  if (after.length > MOST) throw new Refusal(400, 'Ecs.0905', `At most ${MOST} tags can be added.`)
  const system = server.tags.filter((tag) => tag.startsWith('_') || !tag.includes('='))
  server.tags = [...after.map(({ key, value = '' }) => `${key}=${value}`), ...system]
  return nothing()
}

export function showServerTags(ask: Ask, world: World): Answer {
  return ok({ tags: tagsOf(targetOf(ask, world).server) })
}

/** Every key that any server has, with all its values. */
export function listServerTags({ project }: Ask, world: World): Answer {
  const servers = [...world.holdings(project).servers.values()]
  return ok({ tags: gathered(servers.map(tagsOf)) })
}

export function gathered(all: readonly (readonly Tag[])[]): { key: string; values: string[] }[] {
  const keys = new Map<string, Set<string>>()
  for (const { key, value } of all.flat()) {
    const values = keys.get(key) ?? new Set()
    keys.set(key, values.add(value))
  }
  return [...keys].map(([key, values]) => ({ key, values: [...values] }))
}

/** https://support.huaweicloud.com/api-ecs/ecs_02_1405.html: limit and offset are texts here. */
export function listServersByTag(ask: Ask, world: World): Answer {
  const filter = readTagFilter(ask.object(), (reason) => invalid(reason))
  const servers = [...world.holdings(ask.project).servers.values()].reverse()
  const found = servers.filter((server) => isTagged(filter, server.name, tagsOf(server)))
  if (filter.action === 'count') return ok({ total_count: found.length })
  return ok({
    resources: found.slice(filter.offset, filter.offset + filter.limit).map((server) => ({
      resource_id: server.id,
      resource_name: server.name,
      resource_detail: null,
      tags: tagsOf(server),
      super_resource_id: '',
    })),
    total_count: found.length,
  })
}
