import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { imagesQuery } from '../../api/queries.ts'
import { architectureOfImage } from '../../facts/architecture.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { RegionSelect } from '../../parts/region-select.tsx'
import type { Facet } from '../../parts/table/facets.ts'
import { textFilter } from '../../parts/table/filtered.ts'
import { NarrowedTable } from '../../parts/table/narrowed-table.tsx'
import { useFittingColumns } from '../../parts/table/use-fitting-columns.ts'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { columnsOf } from './columns.tsx'
import { type ImageRow, keyOf, kindOf, nameOf, platformOf, searchedIn } from './facts.ts'

const NONE: readonly string[] = []
const DEFAULTS = {
  q: '',
  sort: 'name',
  regions: NONE,
  columns: NONE,
  system: NONE,
  arch: NONE,
  kind: NONE,
  status: NONE,
}

const search = textFilter<ImageRow>(searchedIn)

export default function ImagesPage() {
  const catalog = useText()
  const text = catalog.images
  const format = useFormat()
  const regionName = useRegionName()
  const [state, change] = useSearchState(DEFAULTS)
  const query = useQuery(imagesQuery(state.regions))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name of a region follows the catalog
  const columns = useMemo(() => columnsOf(catalog, format, regionName), [catalog, format])
  const fitting = useFittingColumns(columns)
  const facets = useMemo<readonly Facet<ImageRow>[]>(() => {
    const kinds: Readonly<Record<string, string>> = catalog.images.kinds
    const statuses: Readonly<Record<string, string>> = catalog.statuses
    const { columns: headers } = catalog.images
    return [
      { id: 'system', name: headers.platform, valuesOf: (row) => [platformOf(row)] },
      { id: 'arch', name: headers.architecture, valuesOf: (row) => [architectureOfImage(row)] },
      {
        id: 'kind',
        name: headers.kind,
        valuesOf: (row) => [kindOf(row)],
        labelOf: (value) => kinds[value] ?? value,
      },
      {
        id: 'status',
        name: headers.status,
        valuesOf: ({ status = '' }) => [status],
        labelOf: (value) => statuses[value] ?? value,
      },
    ]
  }, [catalog])
  return (
    <>
      <PageHeader title={text.title} description={text.description} queries={[query]} />
      <Loaded query={query}>
        {(list) => (
          <>
            <CutList list={list} onRetry={() => void query.refetch()} />
            <NarrowedTable
              rows={list.items}
              total={list.items.length}
              isWhole={list.isWhole}
              facets={facets}
              search={search}
              state={state}
              change={change}
              searchLabel={text.search}
              before={<RegionSelect value={state.regions} onChange={(regions) => change({ regions })} />}
              columns={fitting}
              idOf={keyOf}
              nameOf={nameOf}
              label={text.table}
              none={<EmptyState title={text.none} hint={text.noneHint} />}
            />
          </>
        )}
      </Loaded>
    </>
  )
}
