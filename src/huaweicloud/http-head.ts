import type { Incoming } from './exchange.ts'

/** What came is no HTTP/1.1 (RFC 9112). Its code is one that `why-failed.ts` knows. */
export class NotHttp extends Error {
  readonly code = 'HPE_NOT_HTTP'
}

export interface AnswerHead {
  readonly status: number
  readonly headers: Incoming['headers']
  /** How its body ends: after so many bytes, with the last chunk, or with the connection. */
  readonly body: number | 'chunks' | 'close'
  /** Milliseconds that the connection may rest, as the other end says; undefined where it says nothing. */
  readonly keptMs: number | undefined
  /** Whether another request may follow. */
  readonly isKept: boolean
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*?)[\t ]*$/
const KEPT_SECONDS = /(?:^|[,\s])timeout=(\d{1,6})/i

interface Read {
  readonly lines: readonly string[]
  readonly names: readonly string[]
  readonly head: AnswerHead
}

/** What else than its length tells how an answer ends, and what becomes of its connection. */
const TELLING = new Set(['transfer-encoding', 'connection', 'keep-alive'])

/**
 * Reads heads of answers to GETs, those of one connection: from one to the next a date, an id and a length differ, as a
 * rule, and then only these are read. A third of the time.
 */
export class HeadReader {
  #last: Read | undefined

  /** `text` is without the blank line behind it. Throws {@link NotHttp}. */
  read(text: string): AnswerHead {
    const lines = text.split('\r\n')
    const last = this.#last
    const head = last && headLike(last, lines)
    this.#last = head ? { lines, names: last.names, head } : anew(lines)
    return this.#last.head
  }
}

/** Undefined where another line differs than one whose name stands there once, as before, and tells of nothing else. */
function headLike({ lines, names, head }: Read, now: readonly string[]): AnswerHead | undefined {
  if (lines.length !== now.length || lines[0] !== now[0]) return undefined
  const headers = { ...head.headers }
  for (let at = 1; at < now.length; at += 1) {
    const line = now[at] as string
    if (line === lines[at]) continue
    const [name, value] = fieldOf(line)
    if (name !== names[at] || TELLING.has(name) || typeof headers[name] !== 'string') return undefined
    headers[name] = value
  }
  const { status, keptMs, isKept } = head
  const body = headers['content-length'] === undefined ? head.body : bodyOf(status, headers)
  return { status, headers, body, keptMs, isKept }
}

function anew(lines: readonly string[]): Read {
  const [, minor, digits] = STATUS_LINE.exec(lines[0] ?? '') ?? []
  if (digits === undefined) throw new NotHttp('no status')
  const status = Number(digits)
  const headers: Incoming['headers'] = {}
  const names = ['']
  for (let at = 1; at < lines.length; at += 1) {
    const [name, value] = fieldOf(lines[at] as string)
    const before = headers[name]
    headers[name] = before === undefined ? value : [before, value].flat()
    names.push(name)
  }
  const options = String(headers.connection ?? '').toLowerCase()
  const [, seconds] = KEPT_SECONDS.exec(String(headers['keep-alive'] ?? '')) ?? []
  const body = bodyOf(status, headers)
  const head: AnswerHead = {
    status,
    headers,
    body,
    keptMs: seconds === undefined ? undefined : Number(seconds) * 1_000,
    isKept: body !== 'close' && (minor === '1' ? !options.includes('close') : options.includes('keep-alive')),
  }
  return { lines, names, head }
}

/** Throws {@link NotHttp}. */
export function fieldOf(line: string): readonly [name: string, value: string] {
  const [, name, value = ''] = FIELD.exec(line) ?? []
  // An object has a prototype by that name.
  if (name === undefined || name === '__proto__') throw new NotHttp('no header')
  return [name.toLowerCase(), value]
}

/** Where two of what tells the end are given, a proxy on the way could take the other one (RFC 9112, 6.3). */
function bodyOf(
  status: number,
  { 'content-length': length, 'transfer-encoding': coding }: Incoming['headers'],
): AnswerHead['body'] {
  if (coding !== undefined) {
    if (length !== undefined || String(coding).toLowerCase() !== 'chunked') throw new NotHttp('no end')
    return hasNone(status) ? 0 : 'chunks'
  }
  if (length !== undefined && !/^\d{1,15}$/.test(String(length))) throw new NotHttp('no length')
  if (hasNone(status)) return 0
  return length === undefined ? 'close' : Number(length)
}

const hasNone = (status: number) => status < 200 || status === 204 || status === 304
