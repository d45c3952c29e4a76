import { baseOf } from './catalog.ts'
import { evsInvalid, volumeOf } from './evs-refusals.ts'
import type { Holdings } from './holdings.ts'
import { stableHex } from './ids.ts'
import { imageWithId } from './images.ts'
import { account } from './projects.ts'
import type { Query } from './query.ts'
import { type Answer, type Ask, ok } from './service.ts'
import type { Volume } from './volumes.ts'
import type { World } from './world.ts'

const MOST = 1_000

export function showVolume(ask: Ask, world: World): Answer {
  return ok({ volume: volumeView(volumeOf(ask, world), ask, world.holdings(ask.project)) })
}

/** Newest first. `offset` counts rows; the count is of all that match. */
export function listVolumes(ask: Ask, world: World): Answer {
  const { project, query } = ask
  const limit = query.whole('limit', MOST, 1)
  const offset = query.whole('offset', 0)
  if (limit === undefined) throw evsInvalid('limit is invalid.')
  if (offset === undefined) throw evsInvalid('offset is invalid.')
  const holdings = world.holdings(project)
  const found = sorted([...holdings.volumes.values()].filter(filterOf(query)).reverse(), query)
  const marker = query.get('marker')
  const start = marker === undefined ? 0 : found.findIndex(({ id }) => id === marker) + 1
  if (marker !== undefined && start === 0) throw evsInvalid(`marker [${marker}] is not found.`)
  const from = start + offset
  const page = found.slice(from, from + Math.min(limit, MOST))
  const last = page.at(-1)
  const more = last !== undefined && from + page.length < found.length
  const kept = query.pairs.filter(([name]) => name !== 'marker' && name !== 'offset')
  const next = [...kept, ['marker', last?.id ?? ''] as const]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  return ok({
    count: found.length,
    volumes: page.map((volume) => volumeView(volume, ask, holdings)),
    ...(more
      ? { volumes_links: [{ href: `${baseOf(ask, 'evs', ask.region.id)}${ask.path}?${next}`, rel: 'next' }] }
      : { volumes_links: [] }),
  })
}

function filterOf(query: Query): (volume: Volume) => boolean {
  const tests: ((volume: Volume) => boolean)[] = []
  const given = (name: string, test: (value: string) => (volume: Volume) => boolean) => {
    const value = query.get(name)
    if (value !== undefined) tests.push(test(value))
  }
  given(
    'id',
    (value) =>
      ({ id }) =>
        id === value,
  )
  given('ids', (value) => {
    const ids = new Set(value.replace(/[[\]'"\s]/g, '').split(','))
    return ({ id }) => ids.has(id)
  })
  given(
    'name',
    (value) =>
      ({ name }) =>
        name.includes(value),
  )
  given(
    'status',
    (value) =>
      ({ status }) =>
        status === value,
  )
  given(
    'availability_zone',
    (value) =>
      ({ zone }) =>
        zone === value,
  )
  given(
    'multiattach',
    (value) =>
      ({ multiattach }) =>
        String(multiattach) === value.toLowerCase(),
  )
  given('service_type', (value) => () => value === 'EVS')
  given(
    'volume_type_id',
    (value) =>
      ({ type }) =>
        volumeTypeId(type) === value,
  )
  given(
    'server_id',
    (value) =>
      ({ attachments }) =>
        attachments.some(({ serverId }) => serverId === value),
  )
  given('metadata', (value) => {
    const wanted = Object.entries(pairsIn(value))
    return ({ metadata }) => wanted.every(([key, text]) => metadata[key] === text)
  })
  given('enterprise_project_id', (value) => (volume) => {
    return value === 'all_granted_eps' || volume.enterpriseProjectId === value
  })
  // No storage of one's own is imitated.
  given('dedicated_storage_id', () => () => false)
  given('dedicated_storage_name', () => () => false)
  return (volume) => tests.every((test) => test(volume))
}

function pairsIn(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text.replaceAll("'", '"'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, string>
  } catch {}
  throw evsInvalid(`metadata [${text}] is invalid.`)
}

const sortable: Record<string, (volume: Volume) => string | number> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  size: ({ size }) => size,
  status: ({ status }) => status,
  created_at: ({ created }) => created,
}

function sorted(volumes: Volume[], query: Query): Volume[] {
  const key = query.get('sort_key')
  const direction = query.get('sort_dir') ?? 'desc'
  if (direction !== 'asc' && direction !== 'desc') throw evsInvalid(`sort_dir [${direction}] is invalid.`)
  if (key === undefined) return direction === 'asc' ? volumes.reverse() : volumes
  const value = Object.hasOwn(sortable, key) ? sortable[key] : undefined
  if (!value) throw evsInvalid(`sort_key [${key}] is invalid.`)
  const sign = direction === 'asc' ? 1 : -1
  return volumes.sort((a, b) => {
    const [left, right] = [value(a), value(b)]
    return left < right ? -sign : left > right ? sign : 0
  })
}

export const volumeTypeId = (type: string): string => stableHex(`volume type ${type}`)

/** https://support.huaweicloud.com/api-evs/evs_04_2006.html: times without a zone, words for truth. */
export function volumeView(volume: Volume, ask: Ask, holdings: Holdings) {
  const image = volume.imageId ? imageWithId(holdings, ask.region, volume.imageId)?.view : undefined
  const base = `${baseOf(ask, 'evs', ask.region.id)}`
  return {
    id: volume.id,
    links: [
      { href: `${base}/v2/${ask.project.id}/volumes/${volume.id}`, rel: 'self' },
      { href: `${base}/${ask.project.id}/volumes/${volume.id}`, rel: 'bookmark' },
    ],
    name: volume.name,
    status: volume.status,
    attachments: volume.attachments.map((attachment) => ({
      server_id: attachment.serverId,
      attachment_id: stableHex(`attachment of ${volume.id} to ${attachment.serverId}`),
      attached_at: micro(attachment.attachedAt),
      host_name: null,
      volume_id: volume.id,
      device: attachment.device,
      id: volume.id,
    })),
    description: volume.description,
    size: volume.size,
    volume_type: volume.type,
    bootable: String(volume.bootable),
    availability_zone: volume.zone,
    multiattach: volume.multiattach,
    shareable: String(volume.multiattach),
    metadata: { ...volume.metadata, ...(volume.attachments.length > 0 ? { attached_mode: 'rw' } : {}) },
    encrypted: volume.metadata.__system__encrypted === '1',
    ...(volume.bootable
      ? {
          volume_image_metadata: {
            image_id: volume.imageId ?? '',
            image_name: image?.name ?? '',
            __os_type: String(image?.__os_type ?? 'Linux'),
            __os_bit: String(image?.__os_bit ?? '64'),
            min_disk: String(image?.min_disk ?? 40),
          },
        }
      : {}),
    created_at: micro(volume.created),
    updated_at: micro(volume.updated),
    source_volid: null,
    snapshot_id: null,
    consistencygroup_id: null,
    replication_status: 'disabled',
    'os-volume-replication:extended_status': null,
    'os-vol-host-attr:host': `pod01.${volume.zone}#${volume.type}`,
    'os-vol-tenant-attr:tenant_id': ask.project.id,
    'os-vol-mig-status-attr:migstat': null,
    'os-vol-mig-status-attr:name_id': null,
    user_id: account.userId,
    service_type: 'EVS',
    dedicated_storage_id: null,
    dedicated_storage_name: null,
    tags: volume.tags,
    wwn: `688860300000${stableHex(`wwn of ${volume.id}`, 20)}`,
    enterprise_project_id: volume.enterpriseProjectId,
    ...(volume.iops === undefined ? {} : { iops: performance(volume, volume.iops) }),
    ...(volume.throughput === undefined ? {} : { throughput: performance(volume, volume.throughput) }),
    serial_number: volume.id.slice(0, 20),
  }
}

const performance = ({ id }: Volume, total_val: number) => ({ id, frozened: false, total_val })

const micro = (time: number) => new Date(time).toISOString().replace('Z', '000')
