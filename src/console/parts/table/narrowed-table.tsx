import { Button } from '@mantine/core'
import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { useText } from '../../text/locale.ts'
import { EmptyState } from '../empty-state.tsx'
import { Counts } from './counts.tsx'
import { DataTable, type TableProps } from './data-table.tsx'
import { type Chosen, fromAddress, narrowed } from './facets.ts'
import { FilterBar, type FilterBarProps } from './filter-bar.tsx'
import classes from './narrowed-table.module.css'

interface Props<T>
  extends Omit<FilterBarProps<T>, 'rows' | 'chosen'>,
    Pick<TableProps<T>, 'label' | 'nameOf' | 'idOf' | 'onOpen'> {
  /** All of them, after what is narrowed by the page itself. */
  rows: readonly T[]
  /** How many there are before anything is narrowed. */
  total: number
  isWhole: boolean
  /** A `textFilter`. */
  search: (rows: readonly T[], search: string) => readonly T[]
  /** What `after` puts back when everything is cleared. */
  cleared?: Readonly<Record<string, string | boolean>>
  none: ReactNode
  /** Ids of the rows that are chosen, where some can be. */
  selected?: readonly string[]
  onSelect?: (ids: readonly string[]) => void
  /** What can be done to those that are chosen and in sight. */
  actions?: (chosen: readonly T[]) => ReactNode
  /** Above the table, of the rows that are left. */
  children?: (rows: readonly T[]) => ReactNode
}

const NONE: readonly string[] = []
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : NONE)

/** A list with search, facets and columns to choose, all of it in the address. */
export function NarrowedTable<T extends object>(props: Props<T>) {
  const { rows: all, facets, search, state, total, isWhole, idOf, cleared = {} } = props
  const { selected = NONE, onSelect, actions } = props
  const text = useText().parts
  const q = useDeferredValue(state.q)
  // Compared by what it says: the state is another one after each key.
  const wanted = JSON.stringify(facets.map(({ id }) => [id, fromAddress(listOf(state[id]))]))
  const chosen = useMemo((): Chosen => Object.fromEntries(JSON.parse(wanted)), [wanted])
  const rows = useMemo(() => narrowed(search(all, q), facets, chosen), [all, q, facets, chosen, search])
  // Only what is in sight is acted upon: a filter may hide what was chosen before.
  const marked = useMemo(() => {
    const ids = new Set(selected)
    return ids.size === 0 ? [] : rows.filter((row) => ids.has(idOf(row)))
  }, [rows, selected, idOf])
  const markedIds = useMemo(() => marked.map(idOf), [marked, idOf])
  const canClear =
    state.q !== '' ||
    facets.some(({ id }) => chosen[id]?.length) ||
    Object.entries(cleared).some(([name, value]) => state[name] !== value)
  const clear = () =>
    props.change({ q: '', ...Object.fromEntries(facets.map(({ id }) => [id, []])), ...cleared })
  return (
    <>
      <FilterBar {...props} rows={all} chosen={chosen} />
      <div className={classes.bar} data-chosen={marked.length > 0 || undefined}>
        {actions?.(marked)}
        <Counts
          shown={rows.length}
          total={total}
          isWhole={isWhole}
          selected={marked.length}
          onUnselect={() => onSelect?.([])}
          onClear={canClear ? clear : undefined}
        />
      </div>
      {total === 0 && isWhole ? (
        props.none
      ) : (
        <>
          {props.children?.(rows)}
          <DataTable
            rows={rows}
            columns={props.columns}
            idOf={idOf}
            nameOf={props.nameOf}
            label={props.label}
            sort={state.sort}
            onSort={(sort) => props.change({ sort })}
            shown={state.columns}
            selected={markedIds}
            {...(onSelect ? { onSelect } : {})}
            {...(props.onOpen ? { onOpen: props.onOpen } : {})}
            empty={
              isWhole ? (
                <EmptyState
                  title={text.nothingFound}
                  hint={text.nothingFoundHint}
                  action={
                    <Button variant="default" onClick={clear}>
                      {text.clearFilters}
                    </Button>
                  }
                />
              ) : undefined
            }
          />
        </>
      )}
    </>
  )
}
