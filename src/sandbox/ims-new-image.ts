import { type ImageView, inOrder } from './images.ts'

const inherited = /^(?:__os_|__platform$|__support_|hw_)/

export interface NewImage {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly owner: string
  readonly now: number
  readonly origin: string
  readonly minDisk: number
  readonly minRam?: number | undefined
  readonly maxRam?: number | undefined
  readonly tags: readonly string[]
  readonly source: Readonly<Record<string, unknown>>
  readonly isData: boolean
}

/** A private image that is still being written. */
export function newImageView(wish: NewImage): ImageView {
  const time = `${new Date(wish.now).toISOString().slice(0, 19)}Z`
  const view: Record<string, unknown> = {
    ...Object.fromEntries(Object.entries(wish.source).filter(([name]) => inherited.test(name))),
    __data_origin: wish.origin,
    __description: wish.description,
    __image_size: '0',
    __image_source_type: 'uds',
    __imagetype: 'private',
    __is_offshelved: 'false',
    __isregistered: 'true',
    __lazyloading: 'true',
    __root_origin: '',
    container_format: 'bare',
    created_at: time,
    disk_format: 'zvhd2',
    enterprise_project_id: '0',
    file: `/v2/images/${wish.id}/file`,
    id: wish.id,
    max_ram: String(wish.maxRam ?? 0),
    min_disk: wish.minDisk,
    min_ram: wish.minRam ?? 0,
    name: wish.name,
    owner: wish.owner,
    protected: false,
    schema: '/v2/schemas/image',
    self: `/v2/images/${wish.id}`,
    size: 0,
    status: 'saving',
    tags: [...wish.tags],
    updated_at: time,
    virtual_env_type: wish.isData ? 'DataImage' : 'FusionCompute',
    virtual_size: null,
    visibility: 'private',
  }
  return inOrder(view)
}
