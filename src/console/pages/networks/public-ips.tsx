import { IconWorld } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import type { Listed, Regional } from '../../api/list.ts'
import type { Publicip, Server } from '../../api/schema.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { textFilter } from '../../parts/table/filtered.ts'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { DEFAULTS } from './address.ts'
import { type Address, addressWords, holdersOf, keyOf } from './facts.ts'
import { publicIpColumns } from './public-ip-columns.tsx'

interface Props {
  query: UseQueryResult<Listed<Publicip>>
  instances: readonly Regional<Server>[] | undefined
}

const search = textFilter(addressWords)
const nameOf = ({ public_ip_address: address, public_ipv6_address: v6, id = '' }: Address) =>
  address || v6 || id

export function PublicIps({ query, instances }: Props) {
  const catalog = useText()
  const text = catalog.networks
  const format = useFormat()
  const regionName = useRegionName()
  const [state, change] = useSearchState(DEFAULTS)
  const q = useDeferredValue(state.q)
  const holders = useMemo(() => holdersOf(instances ?? []), [instances])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name of a region follows the catalog
  const columns = useMemo(
    () => publicIpColumns(catalog, format, regionName, holders),
    [catalog, format, holders],
  )
  return (
    <Loaded query={query}>
      {(list) => (
        <>
          <CutList list={list} onRetry={() => void query.refetch()} />
          {list.items.length === 0 && list.isWhole ? (
            <EmptyState icon={IconWorld} title={text.noIps} hint={text.noIpsHint} />
          ) : (
            <DataTable
              rows={search(list.items, q)}
              columns={columns}
              idOf={keyOf}
              nameOf={nameOf}
              label={text.tabs.ips}
              sort={state.sort}
              onSort={(sort) => change({ sort })}
              empty={
                list.isWhole ? (
                  <EmptyState title={catalog.parts.nothingFound} hint={catalog.parts.nothingFoundHint} />
                ) : undefined
              }
            />
          )}
        </>
      )}
    </Loaded>
  )
}
