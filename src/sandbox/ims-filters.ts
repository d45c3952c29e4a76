import type { ImageView } from './images.ts'

/** What a query parameter asks of an image; parameters nobody knows ask nothing. */
export const fits = {
  isReadable(name: string, value: string): boolean {
    if (name === 'created_at' || name === 'updated_at') return readTime(value) !== undefined
    if (name === 'min_ram' || name === 'min_disk') return /^\d{1,9}$/.test(value)
    if (name === 'protected') return /^(true|false)$/i.test(value)
    return true
  },
  one(view: ImageView, name: string, value: string): boolean {
    if (name === 'created_at' || name === 'updated_at') return fitsTime(String(view[name]), value)
    if (name === 'tag') return (view.tags as readonly string[]).includes(value)
    // No image has been shared with this account, so none has a member's status to compare.
    if (name === 'member_status') return view.visibility !== 'shared'
    if (name === '__whole_image' && value === 'false') return view.__whole_image === undefined
    if (!compared.has(name) && !/^__support_\w+$/.test(name)) return true
    return (
      String(view[name] ?? '').toLowerCase() === value.toLowerCase() &&
      (!exact.has(name) || view[name] === value)
    )
  },
}

const compared = new Set([
  '__imagetype',
  '__isregistered',
  '__os_type',
  '__os_bit',
  '__platform',
  '__whole_image',
  '__system__cmkid',
  'protected',
  'visibility',
  'owner',
  'id',
  'status',
  'name',
  'container_format',
  'disk_format',
  'min_ram',
  'min_disk',
  'virtual_env_type',
])

const exact = new Set(['name', 'id', 'owner'])

const comparisons = new Map<string, (a: number, b: number) => boolean>(
  Object.entries({
    gt: (a, b) => a > b,
    gte: (a, b) => a >= b,
    lt: (a, b) => a < b,
    lte: (a, b) => a <= b,
    eq: (a, b) => a === b,
    neq: (a, b) => a !== b,
  }),
)

/** `gt:2018-10-28T10:00:00Z`, or the same with a blank for the T and no zone. */
function readTime(text: string): { compare: (a: number, b: number) => boolean; time: number } | undefined {
  const [, operator = '', date, clock] = /^(\w+):(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)Z?$/.exec(text) ?? []
  const compare = comparisons.get(operator)
  const time = Date.parse(`${date}T${clock}Z`)
  return compare && !Number.isNaN(time) ? { compare, time } : undefined
}

function fitsTime(actual: string, wanted: string): boolean {
  const read = readTime(wanted)
  return read?.compare(Date.parse(actual), read.time) ?? false
}

export interface Order {
  isDefault: boolean
  compare(a: ImageView, b: ImageView): number
}

const sortable = [
  'name',
  'container_format',
  'disk_format',
  'status',
  'id',
  'size',
  'created_at',
  'updated_at',
]

/** Newest first unless asked otherwise; equals by id. Undefined for a key or direction that does not exist. */
export function orderOf(key = 'created_at', direction = 'desc'): Order | undefined {
  if (!sortable.includes(key) || (direction !== 'asc' && direction !== 'desc')) return undefined
  const sign = direction === 'asc' ? 1 : -1
  return {
    isDefault: key === 'created_at' && direction === 'desc',
    compare: (a, b) => sign * (byValue(a[key], b[key]) || byValue(a.id, b.id)),
  }
}

function byValue(a: unknown, b: unknown): number {
  const [left, right] = [a as string | number, b as string | number]
  return left < right ? -1 : left > right ? 1 : 0
}
