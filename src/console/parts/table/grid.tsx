import { useVirtualizer } from '@tanstack/react-virtual'
import { type MouseEvent, useCallback, useMemo, useRef, useState } from 'react'
import { useText } from '../../text/locale.ts'
import { Check } from './check.tsx'
import { widthOf } from './column.ts'
import { GridHead } from './grid-head.tsx'
import { GridRow } from './grid-row.tsx'
import classes from './table.module.css'
import { useRowKeys } from './use-row-keys.ts'
import { toggled, type ViewProps } from './view.ts'

const ROW = 42
const CHECK = 42

export function Grid<T>(props: ViewProps<T>) {
  const { ordered, columns, idOf, nameOf, label, sort, onSort, selected, onSelect, onOpen } = props
  const text = useText().parts
  const box = useRef<HTMLDivElement>(null)
  const [here, setHere] = useState(0)
  const chosen = useMemo(() => new Set(selected), [selected])
  // The same function as long as the rows are the same: with another one all of them are laid out anew.
  const keyOf = useCallback(
    (index: number) => {
      const row = ordered[index]
      return row === undefined ? index : idOf(row)
    },
    [ordered, idOf],
  )
  const virtual = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
    getItemKey: keyOf,
  })
  const select = (row: T) => onSelect?.(toggled(selected, idOf(row)))
  const onKeyDown = useRowKeys({
    count: ordered.length,
    here,
    go: (index) => {
      setHere(index)
      virtual.scrollToIndex(index)
      // The row is there once the scroll has been taken in.
      requestAnimationFrame(() =>
        box.current
          ?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`)
          ?.focus({ preventScroll: true }),
      )
    },
    select: (index) => {
      const row = ordered[index]
      if (row !== undefined && onSelect) select(row)
    },
    open: (index) => {
      const row = ordered[index]
      if (row !== undefined) onOpen?.(row)
    },
  })
  const onClick = ({ target }: MouseEvent<HTMLElement>) => {
    const row = ordered[indexOf(target) ?? -1]
    if (row === undefined || !(target instanceof Element)) return
    if (target.closest('input')) return onSelect && select(row)
    // A click on something in the row, or at the end of marking text, is meant for that.
    if (!target.closest('a, button, label') && getSelection()?.isCollapsed !== false) onOpen?.(row)
  }
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const all = useMemo(() => ordered.map(idOf), [ordered, idOf])
  const isAll = all.length > 0 && all.every((id) => chosen.has(id))
  const width = columns.reduce((sum, column) => sum + widthOf(column), onSelect ? CHECK : 0)
  return (
    <div ref={box} className={classes.box}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as above
        role="grid"
        className={classes.table}
        style={{ minWidth: width }}
        aria-label={label}
        aria-rowcount={ordered.length + 1}
        aria-multiselectable={onSelect ? true : undefined}
        aria-description={text.tableKeys}
        onKeyDown={onKeyDown}
      >
        <colgroup>
          {onSelect && <col style={{ width: CHECK }} />}
          {columns.map((column) => (
            <col key={column.id} style={column.mayGrow ? undefined : { width: widthOf(column) }} />
          ))}
        </colgroup>
        <GridHead columns={columns} sort={sort} onSort={onSort}>
          {onSelect && (
            <th scope="col" className={classes.check}>
              <Check
                label={text.selectAll}
                isChecked={isAll}
                isMixed={!isAll && chosen.size > 0}
                onChange={() => onSelect(isAll ? [] : all)}
              />
            </th>
          )}
        </GridHead>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the table */}
        <tbody onClick={onClick} onFocus={(event) => setHere(indexOf(event.target) ?? here)}>
          <Gap height={before} />
          {items.map(({ index, key }) => {
            const row = ordered[index]
            if (row === undefined) return null
            return (
              <GridRow
                key={String(key)}
                row={row}
                index={index}
                columns={columns}
                checkLabel={onSelect && text.selectRow(nameOf(row))}
                isSelected={chosen.has(idOf(row))}
                isHere={index === Math.min(here, ordered.length - 1)}
                canOpen={onOpen !== undefined}
              />
            )
          })}
          <Gap height={after} />
        </tbody>
      </table>
    </div>
  )
}

function indexOf(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('tr[data-index]') : null
  return row ? Number(row.dataset.index) : undefined
}

/** Stands for the rows that are out of sight. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can be focused
    <tr aria-hidden="true" className={classes.gap}>
      <td style={{ height }} />
    </tr>
  )
}
