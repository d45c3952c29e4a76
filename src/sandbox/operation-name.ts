import type { Row } from './service.ts'

/** Operations that share a place and are told apart by a word in the body, under the name of their row. */
const shared: Readonly<Record<string, (body: Record<string, unknown>) => string | undefined>> = {
  BatchStartServers: (body) =>
    'os-stop' in body ? 'BatchStopServers' : 'reboot' in body ? 'BatchRebootServers' : undefined,
  BatchCreateServerTags: ({ action }) => (action === 'delete' ? 'BatchDeleteServerTags' : undefined),
}

/** What the official SDKs call the operation that is asked for. */
export function operationName(row: Row, body: Buffer): string {
  const tell = shared[row.name]
  if (!tell) return row.name
  try {
    return tell(Object(JSON.parse(body.toString()))) ?? row.name
  } catch {
    return row.name
  }
}
