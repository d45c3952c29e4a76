import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Column } from './column.ts'
import { sortingOf } from './compare.ts'
import classes from './table.module.css'
import { nextSort } from './view.ts'

interface Props<T> {
  columns: readonly Column<T>[]
  sort: string
  onSort: ((sort: string) => void) | undefined
  /** The heading of the checkboxes. */
  children: ReactNode
}

export function GridHead<T>({ columns, sort, onSort, children }: Props<T>) {
  const by = sortingOf(sort)
  return (
    <thead>
      <tr aria-rowindex={1}>
        {children}
        {columns.map(({ id, header, isNumeric, isAction }) => {
          const isBy = by?.id === id
          const Icon = isBy ? (by.desc ? IconArrowDown : IconArrowUp) : IconArrowsSort
          return (
            <th
              key={id}
              scope="col"
              data-numeric={isNumeric || undefined}
              aria-sort={isBy ? (by.desc ? 'descending' : 'ascending') : undefined}
            >
              {onSort && !isAction ? (
                <button type="button" className={classes.sort} onClick={() => onSort(nextSort(sort, id))}>
                  {header}
                  <Icon size={13} stroke={2} aria-hidden className={isBy ? undefined : classes.faint} />
                </button>
              ) : (
                header
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}
