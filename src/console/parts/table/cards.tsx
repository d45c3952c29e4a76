import { Checkbox, Group, NativeSelect } from '@mantine/core'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useText } from '../../text/locale.ts'
import { shownIn } from './shown-in.tsx'
import classes from './table.module.css'
import { toggled, type ViewProps } from './view.ts'

const CARD = 180

/** The same rows on a small screen: one card each, headed by the name. */
export function Cards<T>(props: ViewProps<T>) {
  const { ordered, columns, idOf, nameOf, label, selected, onSelect } = props
  const text = useText().parts
  const list = useRef<HTMLUListElement>(null)
  const [top, setTop] = useState(0)
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), [])
  const keyOf = useCallback(
    (index: number) => {
      const row = ordered[index]
      return row === undefined ? index : idOf(row)
    },
    [ordered, idOf],
  )
  const virtual = useWindowVirtualizer({
    count: ordered.length,
    estimateSize: () => CARD,
    overscan: 6,
    scrollMargin: top,
    getItemKey: keyOf,
  })
  const heading = columns.find(({ isName }) => isName) ?? columns[0]
  const facts = columns.filter((column) => column !== heading)
  return (
    <>
      <Order {...props} />
      <ul ref={list} className={classes.cards} style={{ height: virtual.getTotalSize() }} aria-label={label}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = ordered[index]
          if (row === undefined || !heading) return null
          const id = idOf(row)
          return (
            <li
              key={String(key)}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={ordered.length}
              aria-posinset={index + 1}
              className={classes.card}
              style={{ transform: `translateY(${start - top}px)` }}
            >
              <div className={classes.cardBody} data-selected={selected.includes(id) || undefined}>
                <div className={classes.cardHead}>
                  <div className={classes.cardName}>{shownIn(heading, row)}</div>
                  {onSelect && (
                    <Checkbox
                      aria-label={text.selectRow(nameOf(row))}
                      checked={selected.includes(id)}
                      onChange={() => onSelect(toggled(selected, id))}
                    />
                  )}
                </div>
                <dl className={classes.facts}>
                  {facts.map((column) => (
                    <div key={column.id}>
                      <dt>{column.header}</dt>
                      <dd>{shownIn(column, row)}</dd>
                    </div>
                  ))}
                </dl>
              </div>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** Cards have no headings to press, so their order is chosen above them. */
function Order<T>({ columns, ordered, idOf, sort, onSort, selected, onSelect }: ViewProps<T>) {
  const text = useText().parts
  if (!onSort && !onSelect) return null
  const isAll = ordered.length > 0 && selected.length >= ordered.length
  const data = [
    { value: '', label: '–' },
    ...columns
      .filter(({ isAction }) => !isAction)
      .flatMap(({ id, header }) => [
        { value: id, label: `${header} ↑` },
        { value: `-${id}`, label: `${header} ↓` },
      ]),
  ]
  return (
    <Group justify="space-between" gap="xs" mb="xs" wrap="nowrap">
      {onSelect && (
        <Checkbox
          label={text.selectAll}
          checked={isAll}
          indeterminate={!isAll && selected.length > 0}
          onChange={() => onSelect(isAll ? [] : ordered.map(idOf))}
        />
      )}
      {onSort && (
        <NativeSelect
          aria-label={text.sortBy}
          size="xs"
          data={data}
          value={sort}
          onChange={(event) => onSort(event.currentTarget.value)}
        />
      )}
    </Group>
  )
}
