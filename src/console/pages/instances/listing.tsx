import { Button } from '@mantine/core'
import { useDeferredValue, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import { ActionButtons } from '../../actions/action-buttons.tsx'
import type { Listed } from '../../api/list.ts'
import type { Server } from '../../api/schema.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { textFilter } from '../../parts/table/filtered.ts'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { DEFAULTS } from './address.ts'
import { columnsOf, pathOf } from './columns.tsx'
import { type Instance, keyOf, nameOf, searchedIn } from './facts.ts'
import { FILTERS, filtered, fromAddress } from './filters.ts'
import classes from './instances.module.css'
import { Toolbar } from './toolbar.tsx'

const search = textFilter<Instance>(searchedIn)

interface Props {
  list: Listed<Server>
  /** Instead of the table, where there is no instance at all. */
  empty: React.ReactNode
}

export function Listing({ list, empty }: Props) {
  const catalog = useText()
  const format = useFormat()
  const regionName = useRegionName()
  const [, go] = useLocation()
  const [address, change] = useSearchState(DEFAULTS)
  const [selected, setSelected] = useState<readonly string[]>([])
  const q = useDeferredValue(address.q)
  const { status, flavor, image, tag } = address
  const filters = useMemo(
    () => ({
      status: fromAddress(status),
      flavor: fromAddress(flavor),
      image: fromAddress(image),
      tag: fromAddress(tag),
    }),
    [status, flavor, image, tag],
  )
  const { items, isWhole } = list
  const rows = useMemo(() => filtered(search(items, q), filters), [items, q, filters])
  // Only what is in sight is acted upon: a filter may hide what was chosen before.
  const chosenKeys = useMemo(() => new Set(selected), [selected])
  const chosen = useMemo(() => rows.filter((row) => chosenKeys.has(keyOf(row))), [rows, chosenKeys])
  const chosenIds = useMemo(() => chosen.map(keyOf), [chosen])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name of a region follows the catalog
  const columns = useMemo(() => columnsOf(catalog, format, regionName), [catalog, format])
  const isNarrowed = address.q !== '' || FILTERS.some((name) => filters[name].length > 0)
  const clear = () => change({ q: '', status: [], flavor: [], image: [], tag: [] })
  const text = catalog.parts
  const counted = isNarrowed
    ? text.rowsOf(format.number(rows.length), format.number(items.length))
    : items.length === 1
      ? text.oneRow
      : text.rows(format.number(items.length))
  return (
    <>
      <Toolbar items={items} filters={filters} columns={columns} />
      <div className={classes.bar} data-chosen={chosen.length > 0 || undefined}>
        <ActionButtons servers={chosen} onDone={() => setSelected([])} />
        <div className={classes.counts}>
          {chosen.length > 0 && (
            <>
              <strong>{text.selected(format.number(chosen.length))}</strong>
              <Button size="compact-xs" variant="subtle" onClick={() => setSelected([])}>
                {text.clearSelection}
              </Button>
            </>
          )}
          {isNarrowed && (
            <Button size="compact-xs" variant="subtle" onClick={clear}>
              {text.clearFilters}
            </Button>
          )}
          <span role="status">{isWhole ? counted : text.stillLoading(format.number(items.length))}</span>
        </div>
      </div>
      {items.length === 0 && isWhole ? (
        empty
      ) : (
        <DataTable
          rows={rows}
          columns={columns}
          idOf={keyOf}
          nameOf={nameOf}
          label={catalog.instances.table}
          sort={address.sort}
          onSort={(sort) => change({ sort })}
          shown={address.columns}
          selected={chosenIds}
          onSelect={setSelected}
          onOpen={(row) => go(pathOf(row))}
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
      )}
    </>
  )
}
