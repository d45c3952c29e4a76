import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Column } from './column.ts'
import { ColumnChoice } from './column-choice.tsx'
import { type Chosen, type Facet, inAddress } from './facets.ts'
import classes from './filter-bar.module.css'
import { FilterMenu } from './filter-menu.tsx'

/** What the address of such a page holds; its facets stand there by their ids. */
interface ListState {
  q: string
  sort: string
  columns: readonly string[]
  [other: string]: string | number | boolean | readonly string[]
}

export interface FilterBarProps<T> {
  rows: readonly T[]
  /** Made once. */
  facets: readonly Facet<T>[]
  chosen: Chosen
  columns: readonly Column<T>[]
  state: ListState
  // As a method, so that a page's own narrower patches fit.
  change(patch: Record<string, unknown>): void
  searchLabel: string
  /** Before the search, such as the choice of regions. */
  before?: ReactNode
  /** On a line of its own, such as bounds. */
  after?: ReactNode
}

/** Search, facets and columns: all of it stands in the address. */
export function FilterBar<T>(props: FilterBarProps<T>) {
  const { rows, facets, chosen, columns, state, searchLabel, before, after } = props
  return (
    <search className={classes.bar}>
      {before}
      <TextInput
        type="search"
        className={classes.search ?? ''}
        aria-label={searchLabel}
        placeholder={searchLabel}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        value={state.q}
        onChange={(event) => props.change({ q: event.currentTarget.value })}
      />
      {facets.map((facet) => (
        <FilterMenu
          key={facet.id}
          facet={facet}
          rows={rows}
          chosen={chosen[facet.id] ?? []}
          onChange={(values) => props.change({ [facet.id]: inAddress(values) })}
        />
      ))}
      <ColumnChoice
        columns={columns}
        shown={state.columns}
        onChange={(shown) => props.change({ columns: shown })}
      />
      {after && <div className={classes.after}>{after}</div>}
    </search>
  )
}
