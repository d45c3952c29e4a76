import data from './data/images.json' with { type: 'json' }
import type { Holdings } from './holdings.ts'
import { stableHex, stableUuid } from './ids.ts'
import type { Project } from './projects.ts'
import type { Region } from './regions.ts'
import type { SystemFacts } from './servers.ts'

/** An image as IMS answers it. Nearly everything that begins with `__` is text, truth values too. */
export type ImageView = Readonly<Record<string, string | number | boolean | null | readonly string[]>> & {
  readonly id: string
  readonly name: string
  readonly status: string
  readonly created_at: string
  readonly min_disk: number
}

export interface Image {
  readonly id: string
  readonly view: ImageView
  /** Written once: public images do not change here. */
  readonly json?: string
}

interface ImageShelf {
  /** Newest first. */
  readonly images: readonly Image[]
  readonly byId: ReadonlyMap<string, Image>
}

/** An image that belongs to a project. */
export interface OwnImage {
  view: ImageView
}

/** What a project sees, newest first: public images, and its own. */
export function imagesOf({ images: own }: Holdings, region: Region): readonly Image[] {
  const shared = shelfOf(region).images
  if (own.size === 0) return shared
  const mine = [...own.values()].map(imageOf)
  return [...shared, ...mine].sort((a, b) => (a.view.created_at < b.view.created_at ? 1 : -1))
}

export function imageWithId({ images: own }: Holdings, region: Region, id: string): Image | undefined {
  const mine = own.get(id)
  return mine ? imageOf(mine) : shelfOf(region).byId.get(id)
}

const imageOf = ({ view }: OwnImage): Image => ({ id: view.id, view })

export const jsonOf = ({ json, view }: Image): string => json ?? JSON.stringify(view)

export function systemFactsOf({ view }: Image): SystemFacts {
  return {
    imageName: view.name,
    osType: String(view.__os_type ?? 'Linux'),
    osBit: String(view.__os_bit ?? '64'),
    imageType: String(view.__imagetype ?? 'gold'),
  }
}

/** The private images every project has on the first day. */
export function ownImagesOf(project: Project): Map<string, OwnImage> {
  const views = data.own.map((own) => privateImage(own, project))
  return new Map(views.map((view) => [view.id, { view }]))
}

/** Public images: the same in nearly all regions but for their ids. */
function shelfOf(region: Region): ImageShelf {
  const known = shelves.get(region.id)
  if (known) return known
  const views = [
    ...(data.documented as readonly ImageView[]),
    ...data.systems.map((system) => publicImage(system, region)),
    // The user's own document tells how cn-south-1 looked on a day in 2022.
    ...(region.id === 'cn-south-1' ? [] : data.later.map((system) => publicImage(system, region))),
  ].toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1))
  const images = views.map((view) => ({ id: view.id, view, json: JSON.stringify(view) }))
  const shelf = { images, byId: new Map(images.map((image) => [image.id, image])) }
  shelves.set(region.id, shelf)
  return shelf
}

/** The image of the servers that are there from the start. */
export function systemImageFor(region: Region): Image {
  const image = shelfOf(region).images.find(({ view }) => view.name === 'CentOS 7.9 64bit')
  if (!image) throw new Error('the seed needs its image')
  return image
}

const shelves = new Map<string, ImageShelf>()
const platformOwner = stableHex('owner of public images')

interface System {
  name: string
  platform: string
  created: string
  arm?: boolean
}

function publicImage(system: System, region: Region): ImageView {
  const id = stableUuid(`${region.id} image ${system.name}`)
  const origin = stableUuid(`image ${system.name}`)
  return inOrder({
    ...commonTo(id, system.name, system.platform, system.created),
    __data_origin: `image,${region.id},${origin}`,
    __imagetype: 'gold',
    __originalimagename: origin,
    __os_version: system.name,
    ...(system.arm
      ? { __support_arm: 'true', hw_firmware_type: 'uefi' }
      : { __support_kvm: 'true', hw_firmware_type: 'bios' }),
    owner: platformOwner,
    protected: true,
    status: 'active',
    visibility: 'public',
  })
}

interface Own {
  name: string
  platform: string
  version: string
  created: string
  status: string
}

function privateImage(own: Own, project: Project): ImageView {
  const id = stableUuid(`${project.name} own image ${own.name}`)
  return inOrder({
    ...commonTo(id, own.name, own.platform, own.created),
    __imagetype: 'private',
    __os_version: own.version,
    __support_kvm: 'true',
    enterprise_project_id: '0',
    hw_firmware_type: 'bios',
    owner: project.id,
    protected: false,
    status: own.status,
    visibility: 'private',
  })
}

function commonTo(id: string, name: string, platform: string, created: string) {
  const windows = platform === 'Windows'
  const size = Number.parseInt(stableHex(`size ${name}`).slice(0, 7), 16) + 1_000_000_000
  return {
    __image_size: String(windows ? size * 8 : size),
    __image_source_type: 'uds',
    __is_offshelved: 'false',
    __isregistered: 'true',
    __lazyloading: 'true',
    __os_bit: '64',
    __os_feature_list: windows
      ? '{"onekey_resetpasswd": "true"}'
      : '{"onekey_resetpasswd": "true", "user_data": "true"}',
    __os_type: windows ? 'Windows' : 'Linux',
    __platform: platform,
    __support_agent_list: windows ? 'hss' : 'hss,ces',
    active_at: created,
    checksum: 'd41d8cd98f00b204e9800998ecf8427e',
    container_format: 'bare',
    created_at: created,
    disk_format: 'zvhd2',
    file: `/v2/images/${id}/file`,
    hw_vif_multiqueue_enabled: 'true',
    id,
    max_ram: '0',
    min_disk: 40,
    min_ram: windows ? 2048 : 0,
    name,
    schema: '/v2/schemas/image',
    self: `/v2/images/${id}`,
    size: 0,
    tags: [],
    updated_at: created,
    virtual_env_type: 'FusionCompute',
    virtual_size: null,
  }
}

export function inOrder(view: Record<string, unknown>): ImageView {
  return Object.fromEntries(Object.entries(view).sort(([a], [b]) => (a < b ? -1 : 1))) as unknown as ImageView
}
