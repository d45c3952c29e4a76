import { connect } from 'node:net'
import { expect } from 'vitest'
import { catalogue } from '../../src/gateway/catalogue.ts'
import { documented } from '../helpers/documented.ts'
import { errorOf, type Got, type RawRequest } from '../helpers/house.ts'

/** Sends the bytes, and reads until the server closes the connection or falls silent for a while. */
export function replyTo(url: string, bytes: Buffer, silenceMs: number): Promise<Buffer> {
  const { hostname, port } = new URL(url)
  const chunks: Buffer[] = []
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) })
    socket.setTimeout(silenceMs, () => socket.destroy())
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', () => {}) // a reset is an answer too, or the end of one
    socket.on('close', () => resolve(Buffer.concat(chunks)))
    socket.write(bytes)
  })
}

/** As it goes over the wire, its connection to be closed after the answer. */
export function bytesOf(
  url: string,
  { method = 'GET', target, headers = [], body = '' }: RawRequest,
): Buffer {
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    ...headers,
    ...(body.length > 0 ? [`Content-Length: ${Buffer.byteLength(body)}`] : []),
    'Connection: close',
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)])
}

export interface Reply extends Got {
  /** Whether all of it came. */
  whole: boolean
}

/** The answers in what came back, without interim ones. `toHead`: the answers have no body. */
export function repliesIn(bytes: Buffer, toHead = false): Reply[] {
  const replies: Reply[] = []
  let rest = bytes
  while (rest.length > 0) {
    const end = rest.indexOf('\r\n\r\n')
    const [first = '', ...lines] = rest
      .subarray(0, end < 0 ? rest.length : end)
      .toString('latin1')
      .split('\r\n')
    expect(first).toMatch(/^HTTP\/1\.1 \d{3} /)
    const headers = new Headers(
      lines.map((line): [string, string] => [
        line.slice(0, line.indexOf(':')),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    )
    const status = Number(first.split(' ')[1])
    const after = end < 0 ? Buffer.alloc(0) : rest.subarray(end + 4)
    // What the parser turns away is answered before it is known to be a HEAD.
    const bodiless = toHead && (after.length === 0 || after.toString('latin1', 0, 5) === 'HTTP/')
    const bare = bodiless || status < 200 || status === 204 || status === 304
    const { body, used, whole } = bare ? { body: '', used: 0, whole: true } : bodyIn(after, headers)
    rest = after.subarray(used)
    if (status < 200) continue
    const isJson = whole && headers.get('content-type')?.startsWith('application/json') && body !== ''
    replies.push({ status, headers, text: body, whole, json: isJson ? JSON.parse(body) : undefined })
  }
  return replies
}

function bodyIn(bytes: Buffer, headers: Headers): { body: string; used: number; whole: boolean } {
  const length = headers.get('content-length')
  if (length !== null) {
    const used = Math.min(Number(length), bytes.length)
    return { body: bytes.toString('utf8', 0, used), used, whole: bytes.length >= Number(length) }
  }
  if (headers.get('transfer-encoding') !== 'chunked')
    return { body: bytes.toString(), used: bytes.length, whole: true }
  const parts: Buffer[] = []
  let at = 0
  for (;;) {
    const line = bytes.indexOf('\r\n', at)
    const size = line < 0 ? Number.NaN : Number.parseInt(bytes.toString('latin1', at, line), 16)
    const next = line + 2 + size + 2
    if (Number.isNaN(size) || next > bytes.length)
      return { body: Buffer.concat(parts).toString(), used: bytes.length, whole: false }
    parts.push(bytes.subarray(line + 2, line + 2 + size))
    at = next
    if (size === 0) return { body: Buffer.concat(parts).toString(), used: at, whole: true }
  }
}

const reasons = new Set(Object.keys(catalogue))

/** Of what was asked, where an answer may come from elsewhere. */
export interface Elsewhere {
  /** Huawei Cloud's own bytes may stand in it. */
  readonly raw?: boolean
  /** The sandbox's own door, which says no in its own words. */
  readonly control?: boolean
}

/** Holds one answer against what all of them promise. */
export function isSound(got: Got, { raw = false, control = false }: Elsewhere = {}): void {
  expect(got.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  expect(got.status).not.toBe(500)
  if (raw && got.headers.has('x-upstream-request-id')) return
  if (control && got.status >= 400 && Object.keys(got.json ?? {}).join() === 'error_code,error_msg') return
  if (got.status >= 400 && got.text !== '') {
    const { reason, domain } = errorOf(got)
    if (domain === 'huawei-cloud-api') expect(reasons).toContain(reason)
    expect(reason).not.toBe('INTERNAL')
  }
}

/** The same for the answer to a request of the route table, whose kind is known. */
export function isSoundFor(url: string, { method = 'GET', target }: RawRequest, got: Got): void {
  documented(method, `${url}${target}`, got)
  isSound(got)
  if (got.status >= 300 || method === 'OPTIONS' || method === 'HEAD') return
  const type = got.headers.get('content-type') ?? ''
  if (type.startsWith('application/json')) expect(Object.keys(got.json)[0]).toBe('data')
  else expect(type).toMatch(/^(?:application\/x-ndjson|text\/event-stream|$)/)
}

/** The one answer to one request, if one came. */
export async function onlyReply(
  url: string,
  bytes: Buffer,
  patienceMs: number,
  toHead = false,
): Promise<Reply | undefined> {
  const [reply, ...more] = repliesIn(await replyTo(url, bytes, patienceMs), toHead)
  expect(more).toEqual([])
  expect(reply?.whole, 'no whole answer came').not.toBe(false)
  return reply
}
