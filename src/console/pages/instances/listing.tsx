import { useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { ActionButtons } from '../../actions/action-buttons.tsx'
import type { Listed } from '../../api/list.ts'
import type { Server } from '../../api/schema.ts'
import { RegionSelect } from '../../parts/region-select.tsx'
import { textFilter } from '../../parts/table/filtered.ts'
import { NarrowedTable } from '../../parts/table/narrowed-table.tsx'
import { useFittingColumns } from '../../parts/table/use-fitting-columns.ts'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { DEFAULTS } from './address.ts'
import { columnsOf, pathOf } from './columns.tsx'
import { facetsOf } from './facets.ts'
import { type Instance, keyOf, nameOf, searchedIn } from './facts.ts'

const search = textFilter<Instance>(searchedIn)

interface Props {
  list: Listed<Server>
  /** Instead of the table, where there is no instance at all. */
  empty: React.ReactNode
}

export function Listing({ list: { items, isWhole }, empty }: Props) {
  const catalog = useText()
  const text = catalog.instances
  const format = useFormat()
  const regionName = useRegionName()
  const [, go] = useLocation()
  const [address, change] = useSearchState(DEFAULTS)
  const [selected, setSelected] = useState<readonly string[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name of a region follows the catalog
  const columns = useMemo(() => columnsOf(catalog, format, regionName), [catalog, format])
  const facets = useMemo(() => facetsOf(catalog), [catalog])
  return (
    <NarrowedTable
      rows={items}
      total={items.length}
      isWhole={isWhole}
      facets={facets}
      search={search}
      state={address}
      change={change}
      searchLabel={text.search}
      before={<RegionSelect value={address.regions} onChange={(regions) => change({ regions })} />}
      columns={useFittingColumns(columns)}
      idOf={keyOf}
      nameOf={nameOf}
      label={text.table}
      onOpen={(row) => go(pathOf(row))}
      selected={selected}
      onSelect={setSelected}
      actions={(chosen) => <ActionButtons servers={chosen} onDone={() => setSelected([])} />}
      none={empty}
    />
  )
}
