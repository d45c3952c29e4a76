import type { Column } from '../api-row.ts'
import { safeText } from './safe-text.ts'

const GAP = '  '

/** Items a line each; of columns in which nothing stands, none. Without items, the headings alone. */
export function table(items: readonly unknown[], columns: readonly Column[]): string {
  const shown =
    items.length === 0
      ? columns
      : columns.filter(([, path]) => items.some((item) => cell(inside(item, path)) !== ''))
  const used = shown.length > 0 ? shown : columns.slice(0, 1)
  const lines = [
    used.map(([heading]) => heading),
    ...items.map((item) => used.map(([, path]) => cell(inside(item, path)))),
  ]
  const widths = used.map((_, at) => Math.max(...lines.map((cells) => widthOf(cells[at] ?? ''))))
  return lines
    .map((cells) =>
      cells
        .map((text, at) => text + ' '.repeat((widths[at] ?? 0) - widthOf(text)))
        .join(GAP)
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

/** The columns of items that nobody has chosen columns for. */
export const columnsOf = (items: readonly unknown[]): Column[] => {
  const names = new Set(items.flatMap((item) => (isObject(item) ? Object.keys(item) : [])))
  return [...names].map((name) => [name.toUpperCase(), name])
}

/** The value that stands behind a path; a name that holds dots itself comes first. */
export function inside(item: unknown, path: string): unknown {
  if (path === '') return item
  if (!isObject(item)) return undefined
  if (Object.hasOwn(item, path)) return Reflect.get(item, path)
  const at = path.indexOf('.')
  return at < 0 ? undefined : inside(Reflect.get(item, path.slice(0, at)), path.slice(at + 1))
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return safeText(String(value))
  const addresses = Object.values(value).flat().flatMap(addressOf)
  return addresses.length > 0 ? safeText(addresses.join(' ')) : safeText(JSON.stringify(value))
}

const addressOf = (one: unknown): string[] => {
  const address = inside(one, 'addr')
  return typeof address === 'string' ? [address] : []
}

/** In a terminal letters of East Asia take two places. */
const widthOf = (text: string): number =>
  text.length +
  (text.match(
    /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/g,
  )?.length ?? 0)
