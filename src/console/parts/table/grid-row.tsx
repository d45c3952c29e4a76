import { memo, type ReactNode } from 'react'
import { Check } from './check.tsx'
import type { Column } from './column.ts'
import { shownIn, titleIn } from './shown-in.tsx'
import classes from './table.module.css'

interface Props<T> {
  row: T
  index: number
  columns: readonly Column<T>[]
  /** The name of its checkbox; undefined where rows cannot be selected. */
  checkLabel: string | undefined
  isSelected: boolean
  isHere: boolean
  canOpen: boolean
}

/** Clicks and keys are heard by the table, so that a row stays as it is while others come and go. */
function Row<T>({ row, index, columns, checkLabel, isSelected, isHere, canOpen }: Props<T>) {
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={checkLabel === undefined ? undefined : isSelected}
      tabIndex={isHere ? 0 : -1}
      className={classes.row}
      data-index={index}
      data-open={canOpen || undefined}
    >
      {checkLabel !== undefined && (
        <td className={classes.check}>
          <Check label={checkLabel} isChecked={isSelected} isSkipped />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          data-numeric={column.isNumeric || undefined}
          data-name={column.isName || undefined}
          title={titleIn(column, row)}
        >
          {shownIn(column, row)}
        </td>
      ))}
    </tr>
  )
}

export const GridRow = memo(Row) as <T>(props: Props<T>) => ReactNode
