import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { FilterMenu } from '../../pages/instances/filter-menu.tsx'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { EmptyState } from '../empty-state.tsx'
import { ColumnChoice } from './column-choice.tsx'
import { DataTable, type TableProps } from './data-table.tsx'
import { choicesOf, type Facet, fromAddress, inAddress, narrowed } from './facets.ts'
import classes from './narrowed-table.module.css'

/** What the address of such a page holds; its facets stand there by their ids. */
export interface ListState {
  q: string
  sort: string
  columns: readonly string[]
  [other: string]: string | number | boolean | readonly string[]
}

interface Props<T> extends Pick<TableProps<T>, 'columns' | 'label' | 'nameOf' | 'idOf' | 'onOpen'> {
  /** All of them, after what is narrowed by the page itself. */
  rows: readonly T[]
  /** How many there are before anything is narrowed. */
  total: number
  isWhole: boolean
  /** Made once. */
  facets: readonly Facet<T>[]
  /** A `textFilter`. */
  search: (rows: readonly T[], search: string) => readonly T[]
  state: ListState
  // As a method, so that a page's own narrower patches fit.
  change(patch: Record<string, unknown>): void
  searchLabel: string
  /** Before the search, such as the choice of regions. */
  before?: ReactNode
  /** After the facets. */
  after?: ReactNode
  /** What `after` puts back when everything is cleared. */
  cleared?: Record<string, unknown>
  none: ReactNode
  /** Above the table, of the rows that are left. */
  children?: (rows: readonly T[]) => ReactNode
}

/** A list with search, facets and columns to choose, all of it in the address. */
export function NarrowedTable<T extends object>(props: Props<T>) {
  const { rows: all, facets, search, state, columns, total, isWhole, cleared = {} } = props
  const text = useText().parts
  const format = useFormat()
  const q = useDeferredValue(state.q)
  const chosen = useMemo(
    () => Object.fromEntries(facets.map(({ id }) => [id, fromAddress(listOf(state[id]))])),
    [facets, state],
  )
  const rows = useMemo(() => narrowed(search(all, q), facets, chosen), [all, q, facets, chosen, search])
  const clear = () =>
    props.change({ q: '', ...Object.fromEntries(facets.map(({ id }) => [id, []])), ...cleared })
  const isNarrowed = rows.length !== total
  const counted = isNarrowed
    ? text.rowsOf(format.number(rows.length), format.number(total))
    : total === 1
      ? text.oneRow
      : text.rows(format.number(total))
  return (
    <>
      <search className={classes.toolbar}>
        {props.before}
        <TextInput
          type="search"
          className={classes.search ?? ''}
          aria-label={props.searchLabel}
          placeholder={props.searchLabel}
          leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
          value={state.q}
          onChange={(event) => props.change({ q: event.currentTarget.value })}
        />
        {facets.map((facet) => (
          <FilterMenu
            key={facet.id}
            name={facet.name}
            options={() => choicesOf(facet, all, chosen[facet.id] ?? [])}
            labelOf={facet.labelOf ?? ((value) => value)}
            chosen={chosen[facet.id] ?? []}
            onChange={(values) => props.change({ [facet.id]: inAddress(values) })}
          />
        ))}
        {props.after}
        <ColumnChoice
          columns={columns}
          shown={state.columns}
          onChange={(shown) => props.change({ columns: shown })}
        />
      </search>
      <div className={classes.counts}>
        <span role="status">{isWhole ? counted : text.stillLoading(format.number(total))}</span>
        {isNarrowed && (
          <Button size="compact-xs" variant="subtle" onClick={clear}>
            {text.clearFilters}
          </Button>
        )}
      </div>
      {total === 0 && isWhole ? (
        props.none
      ) : (
        <>
          {props.children?.(rows)}
          <DataTable
            rows={rows}
            columns={columns}
            idOf={props.idOf}
            nameOf={props.nameOf}
            label={props.label}
            sort={state.sort}
            onSort={(sort) => props.change({ sort })}
            shown={state.columns}
            {...(props.onOpen ? { onOpen: props.onOpen } : {})}
            empty={
              isWhole ? <EmptyState title={text.nothingFound} hint={text.nothingFoundHint} /> : undefined
            }
          />
        </>
      )}
    </>
  )
}

const NONE: readonly string[] = []
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : NONE)
