import type { Holdings } from './holdings.ts'
import { type Image, imageWithId, type OwnImage } from './images.ts'
import { Refusal } from './refusal.ts'
import type { Ask } from './service.ts'
import type { World } from './world.ts'

/** Nearly all of its refusals are 400s: https://support.huaweicloud.com/api-ims/ims_03_0809.html */
export const imsInvalid = (code: string, message: string) => new Refusal(400, `IMG.${code}`, message)

/** Glance answers with statuses of its own where the extension knows but one. */
export type Dialect = 'extension' | 'glance'

export function imageOf({ project, region, params }: Ask, world: World, dialect: Dialect): Image {
  const id = params.image_id ?? ''
  const image = imageWithId(world.holdings(project), region, id)
  if (!image) throw new Refusal(dialect === 'glance' ? 404 : 400, 'IMG.0027', `No image found with ID ${id}`)
  return image
}

/** An image that the project may change. */
export function ownImageOf(ask: Ask, world: World, dialect: Dialect): OwnImage {
  const image = imageOf(ask, world, dialect)
  const own = world.holdings(ask.project).images.get(image.id)
  if (!own)
    throw new Refusal(
      dialect === 'glance' ? 403 : 400,
      'IMG.0047',
      `The image ${image.id} belongs to somebody else.`,
    )
  return own
}

export function refuseImageName(name: unknown, { images }: Holdings, except?: string): void {
  if (name === undefined || name === '') throw imsInvalid('0013', 'The image name is missing.')
  if (typeof name !== 'string') throw imsInvalid('0062', 'The image name is invalid.')
  if ([...name].length > 128) throw imsInvalid('0002', 'The image name must have at most 128 characters.')
  if (!/^[\p{Script=Han}A-Za-z0-9_. -]+$/u.test(name) || name.trim() !== name)
    throw imsInvalid('0003', 'The image name is invalid.')
  for (const { view } of images.values())
    if (view.name === name && view.id !== except)
      throw imsInvalid('0009', `The image name ${name} already exists.`)
}

export function refuseImageDescription(description: unknown): void {
  if (typeof description !== 'string' || /[\r\n<>]/.test(description))
    throw imsInvalid('0054', 'The image description is invalid.')
  if ([...description].length > 1_024)
    throw imsInvalid('0004', 'The image description must have at most 1024 characters.')
}

export function readJson({ body }: Ask): unknown {
  if (body.length === 0) throw imsInvalid('0007', 'The request body is empty.')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw imsInvalid('0001', 'The format of the request body is incorrect.')
  }
}
