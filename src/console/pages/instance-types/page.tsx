import { Button } from '@mantine/core'
import { IconChartDots } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { instanceTypesQuery, openedRegionsQuery, zonesQuery } from '../../api/queries.ts'
import { CutList } from '../../parts/cut-list.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import panel from '../../parts/panel.module.css'
import { OneRegionSelect } from '../../parts/region-select.tsx'
import type { Facet } from '../../parts/table/facets.ts'
import { textFilter } from '../../parts/table/filtered.ts'
import { NarrowedTable } from '../../parts/table/narrowed-table.tsx'
import { useFittingColumns } from '../../parts/table/use-fitting-columns.ts'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { columnsOf } from './columns.tsx'
import { isWithdrawn, onSaleIn, rowOf, type TypeRow, within } from './facts.ts'
import classes from './instance-types.module.css'
import { Narrowing } from './narrowing.tsx'

const Scatter = lazy(() => import('./scatter.tsx'))

const NONE: readonly string[] = []
const NO_BOUNDS = { vcpusFrom: '', vcpusTo: '', memoryFrom: '', memoryTo: '', withdrawn: false }
const DEFAULTS = {
  q: '',
  sort: 'vcpus',
  region: '',
  columns: NONE,
  family: NONE,
  arch: NONE,
  zone: NONE,
  sale: NONE,
  chart: true,
  ...NO_BOUNDS,
}

const search = textFilter<TypeRow>(({ name, family, kind }) => `${name} ${family} ${kind}`)
const idOf = ({ id }: TypeRow) => id
const nameOf = ({ name }: TypeRow) => name

export default function InstanceTypesPage() {
  const catalog = useText()
  const text = catalog.instanceTypes
  const format = useFormat()
  const [state, change] = useSearchState(DEFAULTS)
  const opened = useQuery(openedRegionsQuery())
  const region = state.region || opened.data?.[0] || ''
  const query = useQuery({ ...instanceTypesQuery([region]), enabled: region !== '' })
  const zones = useQuery({ ...zonesQuery([region]), enabled: region !== '' })
  const items = query.data?.items
  const zoneItems = zones.data?.items
  const all = useMemo(() => {
    const names = zoneItems?.flatMap(({ zoneName }) => zoneName ?? []) ?? []
    return (items ?? []).map((flavor) => rowOf(flavor, names))
  }, [items, zoneItems])
  const rows = useMemo(
    () => within(state.withdrawn ? all : all.filter((row) => !isWithdrawn(row)), state),
    [all, state],
  )
  const columns = useMemo(() => columnsOf(catalog, format, region), [catalog, format, region])
  const fitting = useFittingColumns(columns)
  const facets = useMemo<readonly Facet<TypeRow>[]>(() => {
    const { columns: headers, sales } = catalog.instanceTypes
    const words: Readonly<Record<string, string>> = sales
    return [
      { id: 'family', name: headers.family, valuesOf: ({ family }) => [family] },
      { id: 'arch', name: headers.architecture, valuesOf: ({ architecture }) => [architecture] },
      { id: 'zone', name: headers.zones, valuesOf: onSaleIn },
      {
        id: 'sale',
        name: headers.sale,
        valuesOf: ({ sale }) => [sale],
        labelOf: (value) => words[value] ?? value,
      },
    ]
  }, [catalog])
  const choose = useCallback(
    ({ vcpus, memory }: { vcpus: number; memory: number }) => {
      const [cpu, gib] = [String(vcpus), String(memory)]
      change({ vcpusFrom: cpu, vcpusTo: cpu, memoryFrom: gib, memoryTo: gib })
    },
    [change],
  )
  const toggle = (
    <Button
      variant="default"
      aria-pressed={state.chart}
      leftSection={<IconChartDots size={16} stroke={1.6} aria-hidden />}
      onClick={() => change({ chart: !state.chart })}
    >
      {state.chart ? text.chart.hide : text.chart.show}
    </Button>
  )
  return (
    <>
      <PageHeader title={text.title} description={text.description} queries={[query]} actions={toggle} />
      <Loaded<unknown> query={opened.data ? query : opened}>
        {() =>
          query.data && (
            <>
              <CutList list={query.data} onRetry={() => void query.refetch()} />
              <NarrowedTable
                rows={rows}
                total={all.length}
                isWhole={query.data.isWhole}
                facets={facets}
                search={search}
                state={state}
                change={change}
                searchLabel={text.search}
                before={
                  <OneRegionSelect
                    value={region}
                    onChange={(chosen) => change({ region: chosen, zone: [] })}
                  />
                }
                after={<Narrowing state={state} onChange={change} />}
                cleared={NO_BOUNDS}
                columns={fitting}
                idOf={idOf}
                nameOf={nameOf}
                label={text.table}
                none={<EmptyState title={text.none} hint={text.noneHint} />}
              >
                {(shown) =>
                  state.chart &&
                  shown.length > 0 && (
                    <section className={`${panel.panel} ${classes.chart}`} aria-label={text.chart.title}>
                      <div className={classes.chartHead}>
                        <h2>{text.chart.title}</h2>
                        <p>{text.chart.hint}</p>
                      </div>
                      <Suspense fallback={<div className={classes.canvas} />}>
                        <Scatter rows={shown} onChoose={choose} />
                      </Suspense>
                    </section>
                  )
                }
              </NarrowedTable>
            </>
          )
        }
      </Loaded>
    </>
  )
}
