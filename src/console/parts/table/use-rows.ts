import {
  type ColumnVisibilityState,
  columnVisibilityFeature,
  createSortedRowModel,
  type RowSelectionState,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo } from 'react'
import type { Column } from './column.ts'
import { compareValues, sortingOf } from './compare.ts'

const features = tableFeatures({
  rowSortingFeature,
  rowSelectionFeature,
  columnVisibilityFeature,
  sortedRowModel: createSortedRowModel(),
})

export interface RowsOptions<T> {
  rows: readonly T[]
  columns: readonly Column<T>[]
  idOf: (row: T) => string
  /** `-created`; as it comes if empty. */
  sort: string
  onSort: (sort: string) => void
  /** Ids of the columns that are shown; none means those that are not hidden at first. */
  shown: readonly string[]
  selected: readonly string[]
  onSelect: (ids: readonly string[]) => void
}

/** The model behind a table: order, choice of columns and of rows, all of it kept by the page. */
export function useRows<T extends object>(options: RowsOptions<T>) {
  const { rows, columns, idOf, sort, onSort, shown, selected, onSelect } = options
  const defs = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        accessorFn: column.value,
        sortFn: (a: { original: T }, b: { original: T }) =>
          compareValues(column.value(a.original), column.value(b.original)),
      })),
    [columns],
  )
  const sorting = useMemo(() => [sortingOf(sort)].filter((one) => one !== undefined), [sort])
  const columnVisibility: ColumnVisibilityState = useMemo(
    () => Object.fromEntries(columns.map((column) => [column.id, isShown(column, shown)])),
    [columns, shown],
  )
  const rowSelection: RowSelectionState = useMemo(
    () => Object.fromEntries(selected.map((id) => [id, true])),
    [selected],
  )
  return useTable({
    features,
    columns: defs,
    data: rows as T[],
    getRowId: idOf,
    sortDescFirst: false,
    state: { sorting, columnVisibility, rowSelection },
    onSortingChange: (update) => {
      const [first] = typeof update === 'function' ? update(sorting) : update
      onSort(first ? `${first.desc ? '-' : ''}${first.id}` : '')
    },
    onRowSelectionChange: (update) => {
      const next = typeof update === 'function' ? update(rowSelection) : update
      onSelect(Object.keys(next).filter((id) => next[id]))
    },
  })
}

export const isShown = <T>({ id, isHidden, isName }: Column<T>, shown: readonly string[]): boolean =>
  isName === true || (shown.length > 0 ? shown.includes(id) : isHidden !== true)
