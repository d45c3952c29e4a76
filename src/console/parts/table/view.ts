import type { Column } from './column.ts'

/** What a table and a stack of cards have in common. */
export interface ViewProps<T> {
  ordered: readonly T[]
  columns: readonly Column<T>[]
  idOf: (row: T) => string
  nameOf: (row: T) => string
  label: string
  sort: string
  onSort: ((sort: string) => void) | undefined
  selected: readonly string[]
  /** Rows can be selected where this is given. */
  onSelect: ((ids: readonly string[]) => void) | undefined
  onOpen: ((row: T) => void) | undefined
}

/** By one more press on a heading: up, down, as it came. */
export function nextSort(sort: string, id: string): string {
  if (sort === id) return `-${id}`
  return sort === `-${id}` ? '' : id
}

export function toggled(selected: readonly string[], id: string): readonly string[] {
  return selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id]
}
