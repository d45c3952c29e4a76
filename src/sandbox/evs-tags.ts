import Type from 'typebox'
import { gathered, type Tag } from './ecs-tags.ts'
import { evsInvalid, evsReader, volumeOf } from './evs-refusals.ts'
import { volumeView } from './evs-volumes.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import { isTagged, readTagFilter } from './tag-filters.ts'
import type { Volume } from './volumes.ts'
import type { World } from './world.ts'

const read = evsReader(
  Type.Object({
    action: Type.Union([Type.Literal('create'), Type.Literal('delete')]),
    tags: Type.Array(
      Type.Object({
        key: Type.String({ pattern: '^[^=*<>\\\\,|/]{1,36}$' }),
        value: Type.Optional(Type.String({ pattern: '^[^=*<>\\\\,|]{0,43}$' })),
      }),
      { minItems: 1, maxItems: 10 },
    ),
  }),
)

/** https://support.huaweicloud.com/api-evs/evs_04_2081.html */
export function changeVolumeTags(ask: Ask, world: World): Answer {
  const { action, tags } = read(ask)
  const volume = volumeOf(ask, world)
  const after = new Map(Object.entries(volume.tags))
  for (const { key, value } of tags) {
    if (action === 'create') after.set(key, value ?? '')
    else if (value === undefined || after.get(key) === value) after.delete(key)
  }
  if (after.size > 10) throw evsInvalid('A disk can have at most 10 tags.')
  volume.tags = Object.fromEntries(after)
  return nothing()
}

const tagsOf = ({ tags }: Volume): Tag[] => Object.entries(tags).map(([key, value]) => ({ key, value }))

export function showVolumeTags(ask: Ask, world: World): Answer {
  return ok({ tags: tagsOf(volumeOf(ask, world)) })
}

export function listVolumeTags({ project }: Ask, world: World): Answer {
  const tags = gathered([...world.holdings(project).volumes.values()].map(tagsOf))
  return ok({ tags: Object.fromEntries(tags.map(({ key, values }) => [key, values])) })
}

export function listVolumesByTags(ask: Ask, world: World): Answer {
  const filter = readTagFilter(ask.object(), (reason) => evsInvalid(reason))
  const holdings = world.holdings(ask.project)
  const found = [...holdings.volumes.values()]
    .reverse()
    .filter((volume) => isTagged(filter, volume.name, tagsOf(volume)))
  if (filter.action === 'count') return ok({ total_count: found.length })
  return ok({
    resources: found.slice(filter.offset, filter.offset + filter.limit).map((volume) => ({
      resource_id: volume.id,
      resource_name: volume.name,
      // A text in every other answer.
      resource_detail: { ...volumeView(volume, ask, holdings), shareable: volume.multiattach },
      tags: tagsOf(volume),
    })),
    total_count: found.length,
  })
}
