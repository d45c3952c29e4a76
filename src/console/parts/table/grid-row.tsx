import { Checkbox } from '@mantine/core'
import type { MouseEvent } from 'react'
import { useText } from '../../text/locale.ts'
import type { Column } from './column.ts'
import classes from './table.module.css'
import { shownIn } from './view.ts'

interface Props<T> {
  row: T
  index: number
  columns: readonly Column<T>[]
  name: string
  /** Undefined where rows cannot be selected. */
  isSelected: boolean | undefined
  isHere: boolean
  onHere: (index: number) => void
  onSelect: (row: T) => void
  onOpen: ((row: T) => void) | undefined
}

export function GridRow<T>(props: Props<T>) {
  const { row, index, columns, name, isSelected, isHere, onHere, onSelect, onOpen } = props
  const text = useText().parts
  const click = (event: MouseEvent<HTMLElement>) => {
    // A click on something in the row, or at the end of marking text, is meant for that.
    const isOther = event.target instanceof Element && event.target.closest('a, button, input, label')
    if (!isOther && getSelection()?.isCollapsed !== false) onOpen?.(row)
  }
  return (
    <tr
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isHere ? 0 : -1}
      onFocus={() => onHere(index)}
      onClick={click}
      className={classes.row}
      data-open={onOpen ? true : undefined}
    >
      {isSelected !== undefined && (
        <td className={classes.check}>
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={text.selectRow(name)}
            checked={isSelected}
            onChange={() => onSelect(row)}
          />
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          data-numeric={column.isNumeric || undefined}
          data-name={column.isName || undefined}
        >
          {shownIn(column, row)}
        </td>
      ))}
    </tr>
  )
}
