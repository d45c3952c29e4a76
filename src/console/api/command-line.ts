import { type CommandRow, commandRows } from './command-rows.ts'
import type { RecordedCall } from './recorded-call.ts'
import { shellWord } from './shell-word.ts'

type Said = Pick<RecordedCall, 'method' | 'path' | 'headers' | 'body'>

/** Where the file of a create stands. No text has it. */
const FILE = '\0'

/** The same call by our command line, to this gateway, with keys of its own; undefined where no command makes it. */
export function commandOf(call: Said, origin: string): string | undefined {
  const { pathname, searchParams } = new URL(call.path, origin)
  const query = Object.fromEntries(searchParams)
  const [, service, path = ''] = /^\/api\/raw\/([^/]+)(\/.*)/.exec(pathname) ?? []
  const words = service
    ? rawWords(call, service, decodeURIComponent(path), new Fields(query))
    : rowWords(call, pathname, new Fields({ ...query, ...Object(call.body) }))
  if (!words) return undefined
  return ['huawei-cloud-api', ...words, '--gateway', origin]
    .map((word) => (word === FILE ? fileOf(call.body) : shellWord(word)))
    .join(' ')
}

/** What a call was asked; what is taken out has found its place on the line. */
class Fields {
  #left: Map<string, unknown>

  constructor(fields: object) {
    this.#left = new Map(Object.entries(fields))
  }

  take(name: string): unknown {
    const value = this.#left.get(name)
    this.#left.delete(name)
    return value
  }

  takeAll(): [string, unknown][] {
    const all = [...this.#left]
    this.#left.clear()
    return all
  }

  get isEmpty(): boolean {
    return this.#left.size === 0
  }
}

const places = commandRows.map((row) => ({
  row,
  place: new RegExp(`^${row.call.replace(/\{\w+\}/, '([^/]+)')}$`),
}))

function rowWords({ method, headers, body }: Said, pathname: string, given: Fields): string[] | undefined {
  for (const { row, place } of places) {
    const found = place.exec(`${method} ${pathname}`)
    if (!found) continue
    const ids = [...found.slice(1).map(decodeURIComponent), ...serversOf(given.take('servers'))]
    const words = [
      ...row.words.split(' '),
      ...ids,
      ...(row.isOfFile ? fileFlags(given, body) : whereFlags(given)),
      ...flagsOf(row, given),
      ...(row.isList ? listFlags(given) : []),
      ...headerFlags(headers),
    ]
    return given.isEmpty ? words : undefined
  }
  return undefined
}

function rawWords({ method, body }: Said, service: string, path: string, given: Fields): string[] {
  return [
    'raw',
    method,
    service,
    path,
    ...whereFlags(given),
    ...given.takeAll().flatMap(([name, value]) => ['--parameter', `${name}=${value}`]),
    ...(body === undefined ? [] : ['--data', JSON.stringify(body)]),
  ]
}

const serversOf = (servers: unknown): string[] =>
  Array.isArray(servers) ? servers.map((one) => String(Object(one).id)) : []

function whereFlags(given: Fields): string[] {
  const [regionId, projectId] = [given.take('regionId'), given.take('projectId')]
  return [
    ...(regionId === undefined ? [] : ['--region', regionId === '*' ? 'all' : String(regionId)]),
    ...(projectId === undefined ? [] : ['--project-id', String(projectId)]),
  ]
}

function flagsOf({ flags = {} }: CommandRow, given: Fields): string[] {
  return Object.entries(flags).flatMap(([field, flag]) => {
    const value = given.take(field)
    if (value === undefined) return []
    if (typeof flag === 'string') return [`--${flag}`, String(value)]
    return value === flag.where ? [`--${flag.flag}`] : []
  })
}

function listFlags(given: Fields): string[] {
  const [all, fields, sort] = [given.take('all'), given.take('fields'), given.take('sort')]
  return [
    ...(String(all) === 'true' ? ['--all'] : []),
    ...(fields === undefined ? [] : ['--fields', String(fields)]),
    ...(sort === undefined ? [] : ['--sort', String(sort)]),
    ...given.takeAll().flatMap(([name, value]) => ['--filter', `${name}=${value}`]),
  ]
}

/** A password is asked for: it stands in no file and on no line. */
function fileFlags(given: Fields, body: unknown): string[] {
  given.takeAll()
  return ['--from', FILE, ...(Object.hasOwn(Object(body), 'adminPassword') ? ['--ask-password'] : [])]
}

/** Not stdin, from which a password is read. */
function fileOf(body: unknown): string {
  const { adminPassword: _, ...rest } = Object(body)
  return `<(cat <<'END'\n${JSON.stringify(rest, undefined, 2)}\nEND\n)`
}

function headerFlags(headers: Said['headers']): string[] {
  const wait = /^wait=(\d+)$/.exec(headers.Prefer ?? '')?.[1]
  const key = headers['Idempotency-Key']
  return [
    ...(headers.Accept === 'application/x-ndjson' ? ['-o', 'ndjson'] : []),
    ...(wait === undefined ? [] : [`--wait=${wait}`]),
    ...(key === undefined ? [] : ['--idempotency-key', key]),
  ]
}
