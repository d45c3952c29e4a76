import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Writable } from 'node:stream'
import { expect, onTestFinished } from 'vitest'
import { type Names, type Outside, outside } from '../../src/outside.ts'
import { profilePlaces } from '../../src/profile-places.ts'
import { type House, serve } from '../../src/serve.ts'
import { type Environment, readSettings } from '../../src/settings.ts'
import { documented, documentedRaw, holdToDocument } from './documented.ts'
import { type Double, startDouble } from './double.ts'

export interface TestHouse extends House {
  readonly url: string
  /** Everything logged so far, a parsed line each. */
  readonly log: Record<string, unknown>[]
  /** Resolves to the log when it has so many lines. */
  logged(count: number): Promise<Record<string, unknown>[]>
}

/** A busy machine must not make a house refuse what a test asks. */
const calm = () => ({ delayMs: 0, worstMs: 0, heapShare: 0 })

/** The whole server in this process, on a port of its own, ended with the test. */
export async function startHouse(
  env: Environment = {},
  changed: Partial<Outside & Names> = {},
): Promise<TestHouse> {
  const log: Record<string, unknown>[] = []
  const sink = new Writable({
    write(chunk, _, done) {
      log.push(JSON.parse(String(chunk)))
      sink.emit('line')
      done()
    },
  })
  const logged = async (count: number) => {
    while (log.length < count) await once(sink, 'line')
    return log
  }
  // Nobody is left at the end of a test for whom it would be worth waiting, and what was built must not change what it sees.
  const settings = readSettings({ port: '0' }, { HCA_GRACE: '0', HCA_CONSOLE: 'off', ...env })
  const house = await serve(settings, { ...outside, pressure: calm, ...changed }, sink, profilePlaces(env))
  onTestFinished(() => house.close())
  holdToDocument(house.urls)
  return { ...house, url: house.urls[0] ?? '', log, logged }
}

/** For tests of what one failure is told as: failed calls are not made again. */
export const ONCE = { HCA_ATTEMPTS_READ: '1', HCA_ATTEMPTS_WRITE: '1' }

export const KEYS = {
  accessKey: 'AKTESTTESTTESTTEST01',
  secretKey: 'SKtestSKtestSKtestSKtestSKtestSKtest0001',
}

export const keyHeaders = { 'x-access-key': KEYS.accessKey, 'x-secret-key': KEYS.secretKey }

/** The house in front of the double, which knows {@link KEYS}. */
export async function startBoth(env: Environment = {}, changed: Partial<Outside & Names> = {}) {
  const double = await startDouble(KEYS)
  onTestFinished(() => double.close())
  const house = await startHouse({ HUAWEICLOUD_ENDPOINT_URL: double.url, ...env }, changed)
  return { ...house, double }
}

/** What the double was asked, look-ups of projects aside. */
export const asked = ({ requests }: Double) => requests.filter(({ path }) => path !== '/v3/projects')

/** A Huawei Cloud that misbehaves as the test wants, with the house in front of it. */
export async function startBefore(
  upstream: RequestListener,
  env: Environment = {},
  changed: Partial<Outside & Names> = {},
) {
  const server = createServer(upstream)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  const house = await startHouse({ HUAWEICLOUD_ENDPOINT_URL: `http://127.0.0.1:${port}`, ...env }, changed)
  return { ...house, upstream: `127.0.0.1:${port}` }
}

export interface Got {
  status: number
  headers: Headers
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  json: any
}

/** Asks and reads everything. */
export async function ask(url: string, init: RequestInit = {}): Promise<Got> {
  const response = await fetch(url, init)
  return documented(init.method, response.url, got(response.status, response.headers, await response.text()))
}

export const send = (
  method: string,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Got> =>
  ask(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const got = (status: number, headers: Headers, text: string): Got => ({
  status,
  headers,
  text,
  json: headers.get('content-type')?.startsWith('application/json') && text ? JSON.parse(text) : undefined,
})

export interface RawRequest {
  method?: string
  target: string
  /** Whole lines. Host is added unless one is here or `host` is null; keys are not added. */
  headers?: readonly string[]
  host?: null
  version?: string
  /** Sent as it is; its Content-Length is added unless a line tells how long it is. */
  body?: string | Buffer
}

/** Sends what no well-behaved client would: bytes as they are, read until the server ends the connection. */
export function askRaw(url: string, request: RawRequest): Promise<Got> {
  const { method = 'GET', target, headers = [], host, version = 'HTTP/1.1', body = '' } = request
  const has = (name: RegExp) => headers.some((line) => name.test(line))
  const lines = [
    `${method} ${target} ${version}`,
    ...(host === null || has(/^host:/i) ? [] : [`Host: ${new URL(url).host}`]),
    ...headers,
    ...(body.length > 0 && !has(/^(content-length|transfer-encoding):/i)
      ? [`Content-Length: ${Buffer.byteLength(body)}`]
      : []),
    'Connection: close',
  ]
  return exchangeRaw(url, Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)]))
}

/** The answer to these bytes. */
export const exchangeRaw = async (url: string, bytes: string | Buffer): Promise<Got> =>
  documentedRaw(url, bytes, parsedAnswer(await bytesAnswered(url, bytes)))

/** All that is answered until the server ends the connection. */
export async function bytesAnswered(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await new Promise<void>((resolve) => {
    socket.on('error', () => resolve()) // a reset after the answer; without an answer the test sees none
    socket.on('close', () => resolve())
    socket.write(bytes)
  })
  return Buffer.concat(chunks).toString()
}

export function parsedAnswer(text: string): Got {
  const at = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, at).split('\r\n')
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trim()]
    }),
  )
  return got(Number(first.split(' ')[1]), headers, text.slice(at + 4))
}

const WORDS = [
  'INVALID_ARGUMENT',
  'UNAUTHENTICATED',
  'PERMISSION_DENIED',
  'NOT_FOUND',
  'ABORTED',
  'FAILED_PRECONDITION',
  'RESOURCE_EXHAUSTED',
  'CANCELLED',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'UNKNOWN',
  'DEADLINE_EXCEEDED',
]

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export interface ErrorInfo {
  status: string
  message: string
  reason: string
  domain: string
  metadata: Record<string, string>
  violations: { field: string; description: string }[]
  retryDelay: string | undefined
  original: unknown
}

/** Holds an error answer against the one shape all of them have, and takes it apart. */
export function errorOf({ status, headers, json }: Got): ErrorInfo {
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(headers.get('x-request-id')).toMatch(UUID)
  expect(Object.keys(json)).toEqual(['error'])
  const { error } = json
  expect(Object.keys(error)).toEqual(['code', 'status', 'message', 'details'])
  expect(error.code).toBe(status)
  expect(WORDS).toContain(error.status)
  expect(error.message).toEqual(expect.any(String))
  const [info, ...rest] = error.details
  expect(info).toEqual({
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: expect.stringMatching(/./),
    domain: expect.stringMatching(/^\S+$/),
    metadata: expect.any(Object),
  })
  expect(Object.values(info.metadata).every((value) => typeof value === 'string')).toBe(true)
  const types: string[] = error.details.map((detail: { '@type': string }) => detail['@type'])
  expect(new Set(types).size).toBe(types.length)
  const detail = (type: string) => rest.find((each: { '@type': string }) => each['@type'].endsWith(type))
  const violations = detail('.rpc.BadRequest')?.fieldViolations ?? []
  for (const violation of violations) {
    expect(violation).toEqual({
      field: expect.stringMatching(/./),
      description: expect.stringMatching(/./),
    })
  }
  const retryDelay = detail('.rpc.RetryInfo')?.retryDelay
  if (retryDelay !== undefined) expect(retryDelay).toMatch(/^\d+s$/)
  const original = detail('.protobuf.Struct')?.value
  const { message } = error
  const { reason, domain, metadata } = info
  return { status: error.status, message, reason, domain, metadata, violations, retryDelay, original }
}

/** The same for what we refuse ourselves. */
export function ourErrorOf(answer: Got): ErrorInfo {
  const error = errorOf(answer)
  expect(error.domain).toBe('huawei-cloud-api')
  expect(error.reason).toMatch(/^[A-Z][A-Z0-9_]{1,62}$/)
  expect(error.original).toBeUndefined()
  return error
}
