import type { Server } from '../../api/schema.ts'

/** What the other groups of the page tell already. */
const TOLD = new Set([
  'id',
  'name',
  'status',
  'description',
  'created',
  'updated',
  'tenant_id',
  'locked',
  'tags',
  'key_name',
  'fault',
  'flavor',
  'image',
  'addresses',
  'enterprise_project_id',
  'security_groups',
  'os-extended-volumes:volumes_attached',
  'OS-EXT-STS:task_state',
  'OS-EXT-STS:power_state',
  'OS-EXT-AZ:availability_zone',
  'OS-SRV-USG:launched_at',
  'OS-EXT-SRV-ATTR:hostname',
  'auto_terminate_time',
  'hostId',
  'metadata.charging_mode',
  'metadata.vpc_id',
  'metadata.image_name',
  'metadata.os_type',
  'metadata.os_bit',
])

/** All that Huawei tells beyond that, by the names that it has for it; fields that we have never heard of too. */
export function othersOf(server: Server): readonly (readonly [string, string])[] {
  return flat(server, '').filter(([name]) => !TOLD.has(name))
}

function flat(value: unknown, name: string): (readonly [string, string])[] {
  if (TOLD.has(name) || value === null || value === undefined || value === '') return []
  if (typeof value !== 'object') return [[name, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, name === '' ? key : `${name}.${key}`))
}
