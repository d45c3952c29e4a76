import { expect, test } from 'vitest'
import type { Environment } from '../../src/settings.ts'
import { CREATE_FIELDS } from '../helpers/create-fields.ts'
import { ask, errorOf, type Got, keyHeaders, send } from '../helpers/house.ts'
import type { FaultHouse } from './fault-house.ts'
import type { Heard } from './fault-script.ts'

/** A read; a write that must not run twice; and a create, whose token sees to it that it does not. */
export type Kind = 'read' | 'write' | 'create'

export const KINDS: readonly Kind[] = ['read', 'write', 'create']

/** One case of the table of faults. */
export interface FaultRow {
  /** Of the table of faults: `F-01`. */
  readonly id: string
  readonly what: string
  readonly kind: Kind
  readonly env?: Environment
  /** Sets up Huawei Cloud as the row wants it, with the house in front. */
  readonly start: (env: Environment) => Promise<FaultHouse>
  /** Instead of the usual call of its kind. */
  readonly send?: (house: FaultHouse, keys: Headers) => Promise<Got>
  readonly expect: Expected
}

export type Headers = Record<string, string>

export interface Expected {
  readonly status: number
  /** The name of the google.rpc.Code; left out for a success. */
  readonly word?: string
  readonly reason?: string
  /** How often the call reached Huawei; left out where that is chance. */
  readonly heard?: number
  /** Attempts after the first, as the log tells them. None, unless told. */
  readonly repeats?: number
  /** Of google.rpc.RetryInfo, which says that repeating is safe. Missing, unless told. */
  readonly retryDelay?: string
  readonly metadata?: Readonly<Record<string, string>>
  /** Milliseconds that the answer takes, from and to. */
  readonly takes?: readonly [from: number, to: number]
  readonly more?: (got: Got, house: FaultHouse) => void | Promise<void>
}

const PLACE = { regionId: 'cn-south-1', projectId: 'p-1' }
export const PASSWORD = 'Canary-Passw0rd-77ab19'
const CREATE = {
  ...PLACE,
  ...CREATE_FIELDS,
  adminPassword: PASSWORD,
}

export const IMAGES = `/api/images?${new URLSearchParams(PLACE)}`

/** The usual call of each kind; it asks for no project, so that nothing but itself reaches Huawei. */
export function call(url: string, kind: Kind, headers: Headers = keyHeaders): Promise<Got> {
  if (kind === 'read') return ask(`${url}${IMAGES}`, { headers })
  if (kind === 'create') return send('POST', `${url}/api/instances`, CREATE, headers)
  return send('PUT', `${url}/api/instances/start`, { ...PLACE, servers: ['ins-1'] }, headers)
}

/** The row once for each kind that something is expected of. */
export const forKinds = (
  row: Omit<FaultRow, 'kind' | 'expect'>,
  wanted: Partial<Record<Kind, Expected>>,
): FaultRow[] =>
  KINDS.flatMap((kind) => {
    const expected = wanted[kind]
    return expected ? [{ ...row, kind, expect: expected }] : []
  })

/** The same of all kinds. */
export const ofAll = (expected: Expected): Record<Kind, Expected> => ({
  read: expected,
  write: expected,
  create: expected,
})

// What the answers of api.md §5 look like; a row adds how often Huawei was asked.
export const GOOD = { status: 200 } as const
export const UNREACHABLE = {
  status: 502,
  word: 'UNAVAILABLE',
  reason: 'UPSTREAM_UNREACHABLE',
  retryDelay: '1s',
} as const
export const TLS_INVALID = { status: 502, word: 'UNAVAILABLE', reason: 'UPSTREAM_TLS_INVALID' } as const
export const TIMEOUT = {
  status: 504,
  word: 'DEADLINE_EXCEEDED',
  reason: 'UPSTREAM_TIMEOUT',
  retryDelay: '1s',
} as const
export const NONSENSE = { status: 502, word: 'INTERNAL', reason: 'UPSTREAM_PROTOCOL_ERROR' } as const
export const TRUNCATED = {
  status: 502,
  word: 'INTERNAL',
  reason: 'UPSTREAM_TRUNCATED',
  retryDelay: '1s',
} as const
/** Of a write that may have run: `retryable` only for a create, whose token makes that safe. */
export const UNKNOWN = { status: 502, word: 'UNKNOWN', reason: 'UPSTREAM_OUTCOME_UNKNOWN' } as const

const nameOf = ({ id, what, kind }: FaultRow): string => `${id} ${what} (${kind})`

/** Each row a test of its own. */
export const testRows = (rows: readonly FaultRow[]): void =>
  test.each(rows.map((row) => [nameOf(row), row] as const))('%s', (_, row) => hold(row))

/** Rows that mostly wait, side by side in one test. */
export const testRowsAtOnce = (rows: readonly FaultRow[]): void =>
  test([...new Set(rows.map(({ id, what }) => `${id} ${what}`))].join(', '), async () => {
    const failed: string[] = []
    await Promise.all(rows.map((row) => hold(row).catch((error) => failed.push(`${nameOf(row)}: ${error}`))))
    expect(failed.join('\n')).toBe('')
  })

async function hold(row: FaultRow): Promise<void> {
  await holdRow(row, { HCA_LOG_LEVEL: 'trace' })
}

/** Runs a row and holds everything that came of it: the answer, what reached Huawei, and the log. */
export async function holdRow(
  row: FaultRow,
  env: Environment = {},
  keys: Headers = keyHeaders,
): Promise<FaultHouse> {
  const { kind, expect: wanted } = row
  const house = await row.start({ ...env, ...row.env })
  const began = performance.now()
  const got = await (row.send ? row.send(house, keys) : call(house.url, kind, keys))
  const took = performance.now() - began
  holdAnswer(got, wanted)
  if (wanted.takes) {
    expect(took, 'milliseconds').toBeGreaterThanOrEqual(wanted.takes[0])
    expect(took, 'milliseconds').toBeLessThanOrEqual(wanted.takes[1])
  }
  if (wanted.heard !== undefined) expect(house.heard, 'calls that reached Huawei').toHaveLength(wanted.heard)
  if (kind === 'create') holdToken(got, row.send ? house.heard.slice(-1) : house.heard)
  await wanted.more?.(got, house)
  await holdLog(house, got, wanted)
  holdSecrets([got.text, JSON.stringify([...got.headers]), JSON.stringify(house.log)], keys)
  return house
}

function holdAnswer(got: Got, { status, word, reason, retryDelay, metadata }: Expected): void {
  expect(got.status, got.text).toBe(status)
  if (word === undefined) return
  const error = errorOf(got)
  expect([error.status, error.reason]).toEqual([word, reason])
  expect(error.retryDelay, 'to repeat it').toBe(retryDelay)
  if (metadata) expect(error.metadata).toMatchObject(metadata)
}

/** One token for all attempts, and the caller is told which. */
function holdToken(got: Got, heard: readonly Heard[]): void {
  const token = got.headers.get('x-client-token')
  expect(token).toMatch(/^[0-9a-f-]{36}$/)
  for (const { headers } of heard) expect(headers['x-client-token']).toBe(token)
  if (got.status >= 400) expect(errorOf(got).metadata.clientToken).toBe(token)
}

/** One line for the request, and none of ours that something went wrong. */
async function holdLog(
  { log }: FaultHouse,
  { headers }: Got,
  { status, reason, repeats = 0 }: Expected,
): Promise<void> {
  const id = headers.get('x-request-id')
  const lines = () => log.filter(({ requestId, route }) => requestId === id && route !== undefined)
  await expect.poll(() => lines().length, { interval: 5 }).toBe(1)
  const [line] = lines()
  expect([line?.status, line?.reason, line?.repeats ?? 0]).toEqual([status, reason, repeats])
  expect(
    log.filter(({ level }) => Number(level) >= 50),
    'errors of ours',
  ).toEqual([])
}

/** Whatever goes wrong, nothing secret is told of it. */
function holdSecrets(told: readonly string[], keys: Headers): void {
  for (const secret of [keys['x-secret-key'] ?? '', PASSWORD])
    expect(
      told.some((text) => text.includes(secret)),
      'something secret is told',
    ).toBe(false)
}
