import type { Environment } from '../../src/settings.ts'
import { CREATE_FIELDS } from '../helpers/create-fields.ts'
import type { Double } from '../helpers/double.ts'
import {
  askRaw,
  bytesAnswered,
  exchangeRaw,
  type Got,
  KEYS,
  type RawRequest,
  type TestHouse,
} from '../helpers/house.ts'

/** A house whose Huawei Cloud is the double, unless the row starts another. */
export type InputHouse = TestHouse & { readonly double?: Double }

/** One case of the table of bad inputs. */
export interface InputRow {
  /** Of the table of bad inputs: `I-01`. */
  readonly id: string
  readonly what: string
  readonly env?: Environment
  readonly start?: (env: Environment) => Promise<InputHouse>
  /** Undefined where there is no answer to hold against anything. */
  readonly send: (house: InputHouse) => Promise<Got | undefined>
  readonly expect: Expected
}

export interface Expected {
  readonly status?: number
  readonly reason?: string
  /** The name of the google.rpc.Code, where the status leaves it open. */
  readonly word?: string
  /** Faults by field. */
  readonly fields?: readonly string[]
  /** The connection ends with the answer. */
  readonly closes?: true
  /** A line of its own tells who tried. */
  readonly event?: true
  /** How often Huawei is asked, look-ups of projects aside. Never, unless told. */
  readonly sent?: number
  readonly more?: (got: Got, house: InputHouse) => void | Promise<void>
}

type Send = InputRow['send']

export const keys = [`X-Access-Key: ${KEYS.accessKey}`, `X-Secret-Key: ${KEYS.secretKey}`]
export const JSON_LINE = 'Content-Type: application/json'
export const REGION = 'regionId=cn-south-1'
export const START = { regionId: 'cn-south-1', servers: [{ id: 'ins-1' }] }
export const START_PATH = '/api/instances/start'

export const raw =
  (request: RawRequest): Send =>
  ({ url }) =>
    askRaw(url, request)

export const get = (target: string, ...headers: string[]): Send =>
  raw({ target, headers: [...keys, ...headers] })

export const images = (search: string, ...headers: string[]): Send =>
  get(`/api/images?${REGION}${search}`, ...headers)

const text = (body: unknown) =>
  typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)

/** A write that takes a body, with keys. */
export const write =
  (method: string, target: string) =>
  (body: unknown, ...headers: string[]): Send =>
    raw({ method, target, headers: [...keys, JSON_LINE, ...headers], body: text(body) })

export const start = write('PUT', START_PATH)
export const startWith = (changed: object): Send => start({ ...START, ...changed })

export const CREATE = {
  regionId: 'cn-south-1',
  ...CREATE_FIELDS,
}
export const create = write('POST', '/api/instances')
export const createWith = (changed: object): Send => create({ ...CREATE, ...changed })

/** Bytes as they are; `host` is what stands in a good Host header. */
export const bytes =
  (make: (host: string) => string | Buffer): Send =>
  ({ url }) =>
    exchangeRaw(url, make(new URL(url).host))

/** Bytes that are answered more than once; all of it is `text`. */
export const several =
  (make: (host: string) => string): Send =>
  async ({ url }) => {
    const text = await bytesAnswered(url, make(new URL(url).host))
    return { status: Number(text.split(' ')[1]), headers: new Headers(), text, json: undefined }
  }

/** A request without keys by its lines, which nothing is added to. */
export const lines = (make: (host: string) => string[]): Send =>
  bytes((host) => `${make(host).join('\r\n')}\r\n\r\n`)

/** The first line of the log like this, when it comes. */
export async function lineLike(
  { log, logged }: TestHouse,
  is: (line: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown>> {
  for (;;) {
    const found = log.find(is)
    if (found) return found
    await logged(log.length + 1)
  }
}

export const isRequest = ({ route }: Record<string, unknown>): boolean => route !== undefined
export const isEvent = ({ msg }: Record<string, unknown>): boolean => msg === 'refused'

/** The same row for several inputs. */
export const each = <Input>(inputs: readonly Input[], row: (input: Input) => InputRow): InputRow[] =>
  inputs.map(row)

/** How an input is named in a test. */
export const named = (value: unknown): string => {
  const shown = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return shown.length > 40 ? `${shown.slice(0, 30)}… (${String(value).length})` : shown
}
