import { SegmentedControl, Switch, TextInput } from '@mantine/core'
import '@mantine/core/styles/Switch.layer.css'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { type LogEntry, logQuery } from '../../api/sandbox.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import hint from '../../parts/hint.module.css'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/section.tsx'
import { DataTable } from '../../parts/table/data-table.tsx'
import { textFilter } from '../../parts/table/filtered.ts'
import { useSearchState } from '../../parts/use-search-state.ts'
import { useText } from '../../text/locale.ts'
import { useFormat } from '../../text/use-format.ts'
import { logColumns } from './log-columns.tsx'
import classes from './sandbox.module.css'

const DEFAULTS = { q: '', kind: '', live: true, sort: '' }
const KINDS = ['', 'request', 'job', 'lifetime', 'control'] as const
const LIVE_EVERY_MS = 2_000

const filter = textFilter((entry: LogEntry) =>
  [
    entry.service,
    entry.operation,
    entry.region,
    entry.requestId,
    entry.status,
    entry.code,
    entry.fault,
    ...(entry.jobs ?? []),
    ...(entry.targets ?? []),
  ].join(' '),
)
const idOf = (entry: LogEntry) => String(entry.number)

export function LogSection() {
  const catalog = useText()
  const text = catalog.sandbox
  const format = useFormat()
  const [state, change] = useSearchState(DEFAULTS)
  const query = useQuery({
    ...logQuery(),
    // A log that cannot be had is not asked for every two seconds: its error counts down by itself.
    refetchInterval: ({ state: { status } }) => (state.live && status === 'success' ? LIVE_EVERY_MS : false),
  })
  const wanted = useDeferredValue(state.q)
  const ofKind = useMemo(
    () => (query.data ?? []).filter(({ kind }) => state.kind === '' || kind === state.kind),
    [query.data, state.kind],
  )
  const columns = useMemo(() => logColumns(text, catalog.parts.region, format), [text, catalog, format])
  const rows = filter(ofKind, wanted)
  return (
    <Section title={text.log} hint={text.logHint} isWide>
      <div className={classes.filters}>
        <TextInput
          aria-label={text.searchLog}
          placeholder={text.searchLog}
          value={state.q}
          onChange={(event) => change({ q: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label={text.kind}
          value={state.kind}
          onChange={(kind) => change({ kind })}
          data={KINDS.map((kind) => ({ value: kind, label: text.entryKinds[kind === '' ? 'all' : kind] }))}
        />
        <Switch
          label={text.live}
          checked={state.live}
          onChange={(event) => change({ live: event.currentTarget.checked })}
        />
        <span className={hint.hint}>
          {catalog.parts.rowsOf(format.number(rows.length), format.number(query.data?.length ?? 0))}
        </span>
      </div>
      <Loaded query={query}>
        {(all) => (
          <DataTable
            label={text.log}
            rows={rows}
            columns={columns}
            idOf={idOf}
            nameOf={idOf}
            sort={state.sort}
            onSort={(sort) => change({ sort })}
            empty={
              all.length === 0 ? (
                <EmptyState title={text.logEmpty} />
              ) : (
                <EmptyState title={catalog.parts.nothingFound} hint={catalog.parts.nothingFoundHint} />
              )
            }
          />
        )}
      </Loaded>
    </Section>
  )
}
