import type { LogEntry } from '../../api/sandbox.ts'
import type { Column } from '../../parts/table/column.ts'
import type { Catalog } from '../../text/en.ts'
import type { Format } from '../../text/format.ts'

export function logColumns(text: Catalog['sandbox'], region: string, format: Format): Column<LogEntry>[] {
  return [
    { id: 'number', header: text.number, value: ({ number }) => number, width: 80, isNumeric: true },
    { id: 'at', header: text.at, value: ({ at }) => at, cell: ({ at }) => format.time(at), width: 190 },
    {
      id: 'what',
      header: text.what,
      value: whatOf,
      isName: true,
      mayGrow: true,
      width: 230,
    },
    { id: 'region', header: region, value: (entry) => entry.region, width: 140 },
    {
      id: 'outcome',
      header: text.outcome,
      value: ({ status, code }) => [status, code].filter(Boolean).join(' '),
      cell: (entry) => outcomeOf(entry, text),
      width: 170,
    },
    { id: 'fault', header: text.struckBy, value: ({ fault }) => fault, width: 110 },
    { id: 'changed', header: text.changed, value: (entry) => changedOf(entry, text), width: 220 },
  ]
}

const whatOf = ({ service, operation, kind }: LogEntry) =>
  [service, operation].filter(Boolean).join('.') || kind

function outcomeOf({ kind, status, code, failures }: LogEntry, text: Catalog['sandbox']): string {
  if (kind === 'request')
    return status === undefined ? text.noAnswer : [status, code].filter(Boolean).join(' ')
  if (failures && failures.length > 0) return text.jobFailed
  return kind === 'job' ? (code ?? text.jobDone) : (code ?? '')
}

function changedOf({ changed }: LogEntry, text: Catalog['sandbox']): string {
  const names: Readonly<Record<string, string>> = text.kinds
  return Object.entries(changed ?? {})
    .map(([kind, by]) => `${by > 0 ? '+' : '−'}${Math.abs(by)} ${names[kind] ?? kind}`)
    .join(', ')
}
