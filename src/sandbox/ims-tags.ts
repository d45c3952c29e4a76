import Type from 'typebox'
import { Compile } from './check.ts'
import { gathered, type Tag } from './ecs-tags.ts'
import type { ImageView, OwnImage } from './images.ts'
import { imageOf, imsInvalid, ownImageOf } from './ims-refusals.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import { isTagged, readTagFilter } from './tag-filters.ts'
import type { World } from './world.ts'

const MOST = 10
const TagBody = Type.Object({ key: Type.String(), value: Type.Optional(Type.String()) })
const isTag = Compile(TagBody)

/** Old tags are texts with a dot in them, new ones have a key and a value; never both at once. */
export function tagsFrom(old: unknown, pairs: unknown): string[] {
  if (old !== undefined && pairs !== undefined)
    throw imsInvalid('0116', 'tags and image_tags cannot both be given.')
  if (old === undefined && pairs === undefined) return []
  if (!Array.isArray(old ?? pairs)) throw imsInvalid('0115', 'The tags are invalid.')
  const tags = ((old ?? pairs) as unknown[]).map((tag) => {
    if (typeof tag === 'string' && old !== undefined) {
      const at = tag.indexOf('.')
      return at < 0 ? { key: tag, value: '' } : { key: tag.slice(0, at), value: tag.slice(at + 1) }
    }
    if (old === undefined && isTag.Check(tag)) return { key: tag.key, value: tag.value ?? '' }
    throw imsInvalid('0115', 'A tag is invalid.')
  })
  refuseTags(tags)
  return tags.map(({ key, value }) => `${key}=${value}`)
}

function refuseTags(tags: readonly { key: string; value?: string }[]): void {
  if (tags.length > MOST) throw imsInvalid('0116', `An image can have at most ${MOST} tags.`)
  if (new Set(tags.map(({ key }) => key)).size < tags.length)
    throw imsInvalid('0116', 'The tag keys must be unique.')
  for (const { key, value = '' } of tags)
    if (!/^[^=*<>\\,|/]{1,36}$/u.test(key) || !/^[^=*<>\\,|]{0,43}$/u.test(value))
      throw imsInvalid('0115', `The tag ${key} is invalid.`)
}

export function tagsOf({ tags }: ImageView): Tag[] {
  return (tags as readonly string[]).map((tag) => {
    const at = tag.indexOf('=')
    return at < 0 ? { key: tag, value: '' } : { key: tag.slice(0, at), value: tag.slice(at + 1) }
  })
}

function change(own: OwnImage, add: readonly Tag[], world: World, remove: (tag: Tag) => boolean): void {
  const kept = tagsOf(own.view).filter((tag) => !remove(tag) && !add.some(({ key }) => key === tag.key))
  const after = [...kept, ...add]
  if (after.length > MOST) throw imsInvalid('0116', `An image can have at most ${MOST} tags.`)
  own.view = {
    ...own.view,
    tags: after.map(({ key, value }) => `${key}=${value}`),
    updated_at: `${new Date(world.outside.now()).toISOString().slice(0, 19)}Z`,
  }
}

export function listImageTags(ask: Ask, world: World): Answer {
  return ok({ tags: tagsOf(imageOf(ask, world, 'extension').view) })
}

const One = Compile(Type.Object({ tag: TagBody }))

export function addImageTag(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!One.Check(body)) throw imsInvalid('0115', 'The tag is invalid.')
  refuseTags([body.tag])
  const tag = { key: body.tag.key, value: body.tag.value ?? '' }
  change(ownImageOf(ask, world, 'extension'), [tag], world, () => false)
  return nothing()
}

const Many = Compile(
  Type.Object({
    action: Type.Union([Type.Literal('create'), Type.Literal('delete')]),
    tags: Type.Array(TagBody, { minItems: 1 }),
  }),
)

export function batchAddOrDeleteTags(ask: Ask, world: World): Answer {
  const body = ask.object()
  if (!Many.Check(body)) throw imsInvalid('0115', 'The tags are invalid.')
  refuseTags(body.tags)
  const own = ownImageOf(ask, world, 'extension')
  if (body.action === 'create')
    change(
      own,
      body.tags.map(({ key, value = '' }) => ({ key, value })),
      world,
      () => false,
    )
  else
    change(own, [], world, (tag) =>
      body.tags.some(({ key, value }) => key === tag.key && (value === undefined || value === tag.value)),
    )
  return nothing()
}

export function deleteImageTag(ask: Ask, world: World): Answer {
  const key = ask.params.key ?? ''
  const own = ownImageOf(ask, world, 'extension')
  if (!tagsOf(own.view).some((tag) => tag.key === key))
    throw new Refusal(404, 'IMG.0116', `The image has no tag ${key}.`)
  change(own, [], world, (tag) => tag.key === key)
  return nothing()
}

/** Of the project's own images. */
export function listImagesTags({ project }: Ask, world: World): Answer {
  return ok({ tags: gathered([...world.holdings(project).images.values()].map(({ view }) => tagsOf(view))) })
}

export function listImageByTags(ask: Ask, world: World): Answer {
  const filter = readTagFilter(ask.object(), (reason) => imsInvalid('0001', reason))
  const found = [...world.holdings(ask.project).images.values()]
    .reverse()
    .filter(({ view }) => isTagged(filter, view.name, tagsOf(view)))
  if (filter.action === 'count') return ok({ total_count: found.length })
  return ok({
    resources: found.slice(filter.offset, filter.offset + filter.limit).map(({ view }) => ({
      resource_id: view.id,
      resource_name: view.name,
      resource_detail: view,
      tags: tagsOf(view),
    })),
    total_count: found.length,
  })
}
