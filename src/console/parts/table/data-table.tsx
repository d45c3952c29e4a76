import { useMediaQuery } from '@mantine/hooks'
import { useMemo } from 'react'
import { Cards } from './cards.tsx'
import type { Column } from './column.ts'
import { Grid } from './grid.tsx'
import { isShown, type RowsOptions, useRows } from './use-rows.ts'

const NONE: readonly string[] = []
const ignore = () => undefined

export interface TableProps<T>
  extends Pick<RowsOptions<T>, 'rows' | 'idOf'>,
    Partial<Pick<RowsOptions<T>, 'sort' | 'onSort' | 'shown' | 'selected' | 'onSelect'>> {
  /** Made once, outside of the component or in a memo. */
  columns: readonly Column<T>[]
  /** Says what the table is to those who cannot see it. */
  label: string
  /** The name of a row, for its checkbox. */
  nameOf: (row: T) => string
  /** Enter on a row, or a click on it. */
  onOpen?: (row: T) => void
  /** Instead of rows, where there are none. */
  empty?: React.ReactNode
}

/** Rows by the thousand, of which only those in sight are there: a table, or cards below 600 px. */
export function DataTable<T extends object>(props: TableProps<T>) {
  const { rows, columns, idOf, sort = '', onSort = ignore, shown = NONE } = props
  const { selected = NONE, onSelect = ignore, empty } = props
  const model = useRows({ rows, columns, idOf, sort, onSort, shown, selected, onSelect })
  const isSmall = useMediaQuery('(max-width: 599px)', undefined, { getInitialValueInEffect: false })
  const visible = useMemo(() => columns.filter((column) => isShown(column, shown)), [columns, shown])
  const ordered = model.getRowModel().rows
  const originals = useMemo(() => ordered.map(({ original }) => original), [ordered])
  if (rows.length === 0 && empty !== undefined) return empty
  const View = isSmall ? Cards : Grid
  return (
    <View
      ordered={originals}
      columns={visible}
      idOf={idOf}
      nameOf={props.nameOf}
      label={props.label}
      sort={sort}
      onSort={props.onSort}
      selected={selected}
      onSelect={props.onSelect}
      onOpen={props.onOpen}
    />
  )
}
