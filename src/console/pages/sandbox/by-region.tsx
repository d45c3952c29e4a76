import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Listed } from '../../api/list.ts'
import {
  instancesQuery,
  openedRegionsQuery,
  publicIpsQuery,
  volumesQuery,
  vpcsQuery,
} from '../../api/queries.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import type { Column } from '../../parts/table/column.ts'
import { DataTable } from '../../parts/table/data-table.tsx'
import { useRegionName } from '../../parts/use-region-name.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'

const ALL: readonly string[] = []
const KINDS = ['servers', 'volumes', 'vpcs', 'publicIps'] as const
type Row = { region: string } & Record<(typeof KINDS)[number], number | undefined>

const idOf = (row: Row) => row.region

/** Counted from the API's own lists, since the sandbox tells how much there is in all only. */
export default function ByRegion() {
  const catalog = useText()
  const format = useFormat()
  const regionName = useRegionName()
  const regions = useQuery(openedRegionsQuery())
  const servers = useQuery(instancesQuery(ALL))
  const volumes = useQuery(volumesQuery(ALL))
  const vpcs = useQuery(vpcsQuery(ALL))
  const publicIps = useQuery(publicIpsQuery(ALL))
  const lists = [servers, volumes, vpcs, publicIps]
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: 'region',
        header: catalog.parts.region,
        value: (row) => regionName(row.region),
        isName: true,
        mayGrow: true,
        width: 200,
      },
      ...KINDS.map((kind) => ({
        id: kind,
        header: catalog.sandbox.kinds[kind],
        value: (row: Row) => row[kind],
        cell: (row: Row) => (row[kind] === undefined ? '–' : format.number(row[kind])),
        width: 130,
        isNumeric: true,
      })),
    ],
    [catalog, format, regionName],
  )
  const counts = [servers, volumes, vpcs, publicIps].map(countOf)
  return (
    <Loaded query={regions}>
      {(ids) => (
        <>
          {lists.map(
            (list, index) =>
              list.data && (
                <CutList key={KINDS[index]} list={list.data} onRetry={() => void list.refetch()} />
              ),
          )}
          <DataTable
            label={catalog.sandbox.byRegion}
            rows={ids.map(
              (region): Row => ({
                region,
                servers: counts[0]?.(region),
                volumes: counts[1]?.(region),
                vpcs: counts[2]?.(region),
                publicIps: counts[3]?.(region),
              }),
            )}
            columns={columns}
            idOf={idOf}
            nameOf={idOf}
          />
        </>
      )}
    </Loaded>
  )
}

/** Nothing is known of a region while its list is still coming, or failed. */
function countOf({ data }: UseQueryResult<Listed<object>>): (region: string) => number | undefined {
  if (!data) return () => undefined
  const found = new Map<string, number>()
  for (const { regionId } of data.items) found.set(regionId, (found.get(regionId) ?? 0) + 1)
  const failed = new Set(data.failures.map(({ regionId }) => regionId))
  const isSure = data.isWhole && data.cut === undefined
  return (region) => found.get(region) ?? (isSure && !failed.has(region) ? 0 : undefined)
}
