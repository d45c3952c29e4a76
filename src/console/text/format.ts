import type { Locale } from './locale.ts'

export interface Format {
  /** 1,234.5 */
  number(value: number, digits?: number): string
  /** 26 Nov 2026, 14:30 */
  date(value: string | number | Date | null | undefined): string
  /** To the second, for logs. */
  time(value: string | number | Date): string
  /** 5 minutes ago */
  relative(value: string | number | Date | null | undefined, now?: number): string
  /** 8 GiB, of the MiB that Huawei counts memory in; TiB from 1,024 GiB on. */
  memory(mib: number): string
  /** 40 GiB, of what disks are counted in. */
  gib(gib: number): string
  bytes(bytes: number): string
  percent(part: number, whole: number): string
  /** 2 h 5 min, of seconds. */
  duration(seconds: number): string
  list(items: readonly string[]): string
}

const NONE = '–'
const made = new Map<Locale, Format>()

export function formatOf(locale: Locale): Format {
  const known = made.get(locale) ?? make(locale === 'zh' ? 'zh-CN' : 'en-GB')
  made.set(locale, known)
  return known
}

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const satisfies readonly (readonly [Intl.RelativeTimeFormatUnit, number])[]

const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

function make(tag: string): Format {
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' })
  const time = new Intl.DateTimeFormat(tag, { dateStyle: 'short', timeStyle: 'medium' })
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 0 })
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  const tenths = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })
  const number = (value: number, digits = 1) =>
    digits === 1
      ? tenths.format(value)
      : new Intl.NumberFormat(tag, { maximumFractionDigits: digits }).format(value)
  const binary = (value: number, from: number) => {
    let step = from
    let size = value
    for (; size >= 1_024 && step < BINARY.length - 1; step += 1) size /= 1_024
    return `${number(size)} ${BINARY[step]}`
  }
  return {
    number,
    date: (value) => shown(value, (at) => date.format(at)),
    time: (value) => shown(value, (at) => time.format(at)),
    relative: (value, now = Date.now()) =>
      shown(value, (at) => {
        const seconds = (at.getTime() - now) / 1_000
        const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
        return relative.format(Math.trunc(seconds / size), unit)
      }),
    memory: (mib) => binary(mib, 2),
    gib: (gib) => binary(gib, 3),
    bytes: (bytes) => binary(bytes, 0),
    percent: (part, whole) => (whole > 0 ? percent.format(part / whole) : NONE),
    duration: (seconds) => durationText(tag, seconds),
    list: (items) => list.format(items),
  }
}

function durationText(tag: string, seconds: number): string {
  const parts = [
    ['day', Math.floor(seconds / 86_400)],
    ['hour', Math.floor(seconds / 3_600) % 24],
    ['minute', Math.floor(seconds / 60) % 60],
    ['second', Math.floor(seconds) % 60],
  ] as const
  const first = parts.findIndex(([, count]) => count > 0)
  const kept = parts.slice(first < 0 ? 3 : first, first < 0 ? 4 : first + 2)
  return kept
    .filter(([, count], index) => index === 0 || count > 0)
    .map(([unit, count]) =>
      new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short' }).format(count),
    )
    .join(' ')
}

function shown(value: string | number | Date | null | undefined, write: (at: Date) => string): string {
  if (value == null || value === '') return NONE
  const at = value instanceof Date ? value : new Date(withZone(value))
  return Number.isNaN(at.getTime()) ? String(value) : write(at)
}

/** Some of Huawei's services write UTC without saying so. */
const withZone = (value: string | number) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ][\d:.]+$/.test(value)
    ? `${value.replace(' ', 'T')}Z`
    : value
