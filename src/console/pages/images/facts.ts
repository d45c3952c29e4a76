import type { Regional } from '../../api/list.ts'
import type { Image } from '../../api/schema.ts'

export type ImageRow = Regional<Image>

export const keyOf = ({ regionId, id }: ImageRow): string => `${regionId}/${id}`

export const nameOf = ({ name, id = '' }: Image): string => name || id

export const platformOf = (image: Image): string => image.__platform || image.__os_type || ''

/** `gold`, `private`, `shared` or `market`. */
export const kindOf = (image: Image): string => image.__imagetype ?? image.visibility ?? ''

/** In bytes; a public image often tells it in a field of its own, or not at all. */
export function sizeOf(image: Image): number | undefined {
  const size = Number(image.__image_size || image.size || 0)
  return size > 0 ? size : undefined
}

export const searchedIn = (image: ImageRow): string =>
  [image.name, image.id, image.regionId, platformOf(image), image.__os_version].join(' ')
