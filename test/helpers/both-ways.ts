import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Environment } from '../../src/settings.ts'
import { HURRIED } from '../trouble/fault-house.ts'
import { type Heard, type ScriptSettings, type Step, startScript } from '../trouble/fault-script.ts'
import { good } from '../trouble/fault-steps.ts'
import type { Sample } from './exposition.ts'
import { keyHeaders, startHouse, type TestHouse } from './house.ts'
import { scraped } from './scrape.ts'

/** What Huawei Cloud does with a read, and what is asked. */
export interface Case {
  readonly steps: readonly Step[]
  readonly target?: string
  readonly env?: Environment
  /** Lines of the request beside those of the keys. */
  readonly headers?: readonly string[]
  /** How often it is asked, one after the other. */
  readonly asks?: number
  /** Done between the request that proves the keys and the others. */
  readonly before?: () => Promise<void>
  readonly script?: ScriptSettings
  /** The answer that proves the keys. */
  readonly first?: Step
}

export const LIST = '/api/images?regionId=cn-south-1&projectId=p-1'

/** With this the quick way leaves a request to the usual one; it changes nothing, since our own deadlines are shorter. */
const UNUSUAL = 'X-Request-Timeout: 100'

export interface Observed {
  answers: { line: string; headers: string[]; body: string; isWhole: boolean }[]
  log: Record<string, unknown>[]
  /** By name and labels; how long things took aside. */
  counted: Record<string, number>
  heard: Omit<Heard, 'connection'>[]
  /** How many of the requests Huawei Cloud was asked for on the quick way. */
  quick: number
  /** And how many of these were known by their bytes. */
  unread: number
}

/** The usual way, and the quick one for requests that Node has read, and for those known by their bytes. */
export type Way = 'usual' | 'quick' | 'unread'

/** Everything that can be seen of a read from outside, on one of the ways. */
export async function observed(way: Way, row: Case): Promise<Observed> {
  const { steps, target = LIST, env = {}, headers = [], asks = 1, before, script, first = good } = row
  const { origin, heard } = await startScript([first, ...steps], script)
  const house = await startHouse(
    { HCA_SANDBOX: 'off', HUAWEICLOUD_ENDPOINT_URL: origin, ...env },
    { ...HURRIED, uuid: () => '00000000-0000-4000-8000-000000000000' },
  )
  const get = (more: readonly string[] = []) =>
    lettersAnswered(house.url, requestFor(house.url, target, [...headers, ...more]))
  const kept = keptLine(house.url, requestFor(house.url, target, headers, false))
  await (way === 'unread' ? kept.ask() : get([UNUSUAL]))
  await house.logged(1)
  await before?.()
  const texts: string[] = []
  for (let n = 0; n < asks; n += 1)
    texts.push(way === 'unread' ? await kept.ask() : await get(way === 'usual' ? [UNUSUAL] : []))
  kept.close()
  await house.logged(asks + 1)
  const samples = await scraped(house.url)
  return {
    answers: texts.map((text) => seen(text, new URL(origin).host)),
    log: house.log.slice(1).map(timeless),
    counted: Object.fromEntries(samples.filter(isCounted).map(named)),
    heard: heard.slice(1).map(({ connection: _, ...one }) => ({ ...one, headers: unsigned(one.headers) })),
    quick: numberOf(samples, 'hca_http_quick_total'),
    unread: numberOf(samples, 'hca_http_unread_total'),
  }
}

export const requestFor = (url: string, target: string, headers: readonly string[] = [], close = true) =>
  [
    `GET ${target} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    ...Object.entries(keyHeaders).map(([name, value]) => `${name}: ${value}`),
    ...headers,
    ...(close ? ['Connection: close'] : []),
    '',
    '',
  ].join('\r\n')

export const numberOf = (samples: readonly Sample[], name: string): number =>
  samples.find((one) => one.name === name)?.value ?? 0

export const quickCount = async (house: Pick<TestHouse, 'url'>): Promise<number> =>
  numberOf(await scraped(house.url), 'hca_http_quick_total')

/** All that is answered until the server ends the connection, a letter for each byte. */
async function lettersAnswered(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => {})
  socket.write(bytes)
  await once(socket, 'close')
  return Buffer.concat(chunks).toString('latin1')
}

/** Asks the same again and again on one connection, or on a new one where the last answer ended it. */
function keptLine(url: string, bytes: string) {
  const { hostname, port } = new URL(url)
  let socket: Socket | undefined
  const open = () => connect({ host: hostname, port: Number(port) }).on('error', () => {})
  return {
    async ask() {
      if (!socket || socket.closed || socket.readableEnded) socket = open()
      const to = socket
      let text = ''
      const isOver = Promise.withResolvers<void>()
      const take = (chunk: Buffer) => {
        text += chunk.toString('latin1')
        if (isWholeAnswer(text)) isOver.resolve()
      }
      to.on('data', take).once('close', isOver.resolve)
      to.write(bytes)
      await isOver.promise
      to.off('data', take).off('close', isOver.resolve)
      if (/^connection: close/im.test(text) && !to.closed) await once(to, 'close')
      return text
    },
    close: () => void socket?.destroy(),
  }
}

function isWholeAnswer(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return false
  const [, length] = /^content-length: (\d+)/im.exec(text.slice(0, end)) ?? []
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length >= end + 4 + Number(length)
}

function seen(text: string, upstream: string): Observed['answers'][number] {
  const end = text.indexOf('\r\n\r\n')
  const [line = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines
    .filter((one) => !/^(?:date|content-length|connection|keep-alive):/i.test(one))
    .map((one) => one.replace(/^[^:]*/, (name) => name.toLowerCase()))
  const rest = text.slice(end + 4)
  const isChunked = headers.includes('transfer-encoding: chunked')
  const [, length] = /^content-length: (\d+)/im.exec(text.slice(0, end)) ?? []
  return {
    line,
    headers: headers.sort(),
    // Its port may have more digits one time than another.
    body: (isChunked ? dechunked(rest) : rest).replaceAll(upstream, 'upstream'),
    isWhole: isChunked ? rest.endsWith('\r\n0\r\n\r\n') : Number(length) === rest.length,
  }
}

function dechunked(text: string): string {
  let all = ''
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\r\n', at)
    const size = Number.parseInt(text.slice(at, end), 16)
    all += text.slice(end + 2, end + 2 + size)
    at = end + 2 + size + 2
  }
  return all
}

/** Times as what they are, since no two are the same. */
const timeless = (line: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(line).map(([name, value]) => [
      name,
      name === 'ms' || name === 'upstreamMs' || name === 'time' ? typeof value : value,
    ]),
  )

const isCounted = ({ name, labels }: Sample) =>
  name.startsWith('hca_') &&
  !/_(?:bucket|sum)$|^hca_(?:http_quick_total|http_unread_total|event_loop)/.test(name) &&
  labels.route !== '/metrics'

const named = ({ name, labels, value }: Sample): [string, number] => [
  `${name} ${JSON.stringify(labels)}`,
  value,
]

const unsigned = ({ authorization: _, 'x-sdk-date': __, host: ___, ...headers }: Heard['headers']) => headers
