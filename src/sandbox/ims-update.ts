import { type ImageView, inOrder } from './images.ts'
import {
  type Dialect,
  imageOf,
  imsInvalid,
  ownImageOf,
  readJson,
  refuseImageDescription,
  refuseImageName,
} from './ims-refusals.ts'
import { Refusal } from './refusal.ts'
import { type Answer, type Ask, nothing, ok } from './service.ts'
import type { World } from './world.ts'

interface Change {
  readonly op: 'add' | 'replace' | 'remove'
  readonly name: string
  readonly value: unknown
}

/** https://support.huaweicloud.com/api-ims/ims_03_0707.html */
export function updateImage(ask: Ask, world: World): Answer {
  return update(ask, world, changesIn(readJson(ask)), 'extension')
}

const patches = [
  'application/openstack-images-v2.1-json-patch',
  'application/openstack-images-v2.0-json-patch',
]

/** The same as Glance knows it, told apart by the type of the body alone. */
export function glanceUpdateImage(ask: Ask, world: World): Answer {
  const type = (ask.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!patches.includes(type))
    throw new Refusal(415, 'IMG.0001', `The Content-Type ${type} is not supported.`)
  return update(ask, world, changesIn(readJson(ask)), 'glance')
}

/** `{"op":"add","path":"/name","value":"x"}`, or in the older form `{"add":"/name","value":"x"}`. */
function changesIn(body: unknown): Change[] {
  if (!Array.isArray(body) || body.length === 0)
    throw imsInvalid('0001', 'The format of the request body is incorrect.')
  return body.map((each: unknown) => {
    const entry = (typeof each === 'object' && each !== null ? each : {}) as Record<string, unknown>
    const op = entry.op ?? ['add', 'replace', 'remove'].find((name) => Object.hasOwn(entry, name))
    const path = entry.op === undefined ? entry[String(op)] : entry.path
    if (
      (op !== 'add' && op !== 'replace' && op !== 'remove') ||
      typeof path !== 'string' ||
      !/^\/[^/]+$/.test(path)
    )
      throw imsInvalid('0001', 'The format of the request body is incorrect.')
    return { op, name: path.slice(1), value: entry.value }
  })
}

const free =
  /^(?:__support_\w+|hw_\w+|__description|__os_version|__os_feature_list|__is_config_init|os_shutdown_timeout)$/

function update(ask: Ask, world: World, changes: readonly Change[], dialect: Dialect): Answer {
  const own = ownImageOf(ask, world, dialect)
  if (own.view.status !== 'active') throw imsInvalid('0046', `The image ${own.view.id} is not available.`)
  const view: Record<string, unknown> = { ...own.view }
  for (const { op, name, value } of changes) {
    refuseChange(op, name, view, dialect)
    if (op === 'remove') delete view[name]
    else view[name] = valueFor(name, value, own.view, ask, world)
  }
  if (Number(view.max_ram) > 0 && Number(view.min_ram) > Number(view.max_ram))
    throw imsInvalid('0055', 'min_ram must not exceed max_ram.')
  view.updated_at = `${new Date(world.outside.now()).toISOString().slice(0, 19)}Z`
  own.view = inOrder(view)
  return ok(own.view)
}

const fixed = ['name', 'min_ram', 'max_ram', 'min_disk', 'protected']

function refuseChange(op: string, name: string, view: Record<string, unknown>, dialect: Dialect): void {
  const refuse = (message: string) => new Refusal(dialect === 'glance' ? 409 : 400, 'IMG.0035', message)
  const known = free.test(name) || fixed.includes(name)
  if (!known || (op === 'remove' && fixed.includes(name)))
    throw refuse(`The attribute ${name} cannot be changed so.`)
  if (op !== 'add' && !Object.hasOwn(view, name)) throw refuse(`The image has no attribute ${name}; use add.`)
}

/** Numbers may come as texts, and where IMS keeps texts they become texts again. */
function valueFor(name: string, value: unknown, { id }: ImageView, ask: Ask, world: World): unknown {
  if (name === 'name') {
    refuseImageName(value, world.holdings(ask.project), id)
    return value
  }
  if (name === '__description') {
    refuseImageDescription(value)
    return value
  }
  if (name === 'protected') {
    if (!/^(?:true|false)$/i.test(String(value))) throw imsInvalid('0001', 'protected must be true or false.')
    return String(value).toLowerCase() === 'true'
  }
  if (name === 'min_ram' || name === 'max_ram' || name === 'min_disk') {
    if (!/^\d{1,9}$/.test(String(value))) throw imsInvalid('0055', `${name} must be a whole number.`)
    return name === 'max_ram' ? String(value) : Number(value)
  }
  if (!['string', 'number', 'boolean'].includes(typeof value) || String(value).length > 1_024)
    throw imsInvalid('0001', `The value of ${name} is invalid.`)
  return String(value)
}

/** https://support.huaweicloud.com/api-ims/ims_03_0713.html */
export function glanceDeleteImage(ask: Ask, world: World): Answer {
  const { images } = world.holdings(ask.project)
  const { view } = imageOf(ask, world, 'glance')
  const refuse = (code: string, message: string) => new Refusal(403, `IMG.${code}`, message)
  if (!images.has(view.id)) {
    if (view.__imagetype === 'market') throw refuse('0093', 'A market image cannot be deleted.')
    if (view.visibility === 'public') throw refuse('0094', 'A public image cannot be deleted.')
    throw refuse('0092', 'Only the owner can delete an image.')
  }
  if (view.status === 'saving' || view.status === 'queued')
    throw imsInvalid('0090', 'The image is being created and cannot be deleted.')
  if (view.protected === true) throw refuse('0091', 'A protected image cannot be deleted.')
  images.delete(view.id)
  return nothing()
}
