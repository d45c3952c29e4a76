import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { RegionSelect } from '../../parts/region-select.tsx'
import type { Column } from '../../parts/table/column.ts'
import { ColumnChoice } from '../../parts/table/column-choice.tsx'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { DEFAULTS } from './address.ts'
import type { Instance } from './facts.ts'
import { FilterMenu } from './filter-menu.tsx'
import { FILTERS, type Filters, inAddress, optionsFor } from './filters.ts'
import classes from './instances.module.css'

interface Props {
  items: readonly Instance[]
  filters: Filters
  columns: readonly Column<Instance>[]
}

/** Regions, search, filters and columns: all of it stands in the address. */
export function Toolbar({ items, filters, columns }: Props) {
  const catalog = useText()
  const text = catalog.instances
  const [address, change] = useSearchState(DEFAULTS)
  const statuses: Readonly<Record<string, string>> = catalog.statuses
  const headers = {
    status: text.columns.status,
    flavor: text.columns.flavor,
    image: text.columns.image,
    tag: text.columns.tags,
  }
  return (
    <search className={classes.toolbar}>
      <RegionSelect value={address.regions} onChange={(regions) => change({ regions })} />
      <TextInput
        type="search"
        className={classes.search ?? ''}
        aria-label={text.search}
        placeholder={text.search}
        leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
        value={address.q}
        onChange={(event) => change({ q: event.currentTarget.value })}
      />
      {FILTERS.map((name) => (
        <FilterMenu
          key={name}
          name={headers[name]}
          options={() => optionsFor(name, items, filters[name])}
          labelOf={(value) => (name === 'status' ? (statuses[value] ?? value) : value)}
          chosen={filters[name]}
          onChange={(chosen) => change({ [name]: inAddress(chosen) })}
        />
      ))}
      <ColumnChoice
        columns={columns}
        shown={address.columns}
        onChange={(shown) => change({ columns: shown })}
      />
    </search>
  )
}
