import { CLOSE, OPEN } from './envelope.ts'
import { bytesOf, type Entry, type Failed, type Piece } from './list-entries.ts'
import type { ListAsk } from './list-options.ts'
import { withMember } from './with-member.ts'

export interface Frame {
  /** The field that holds the items: `servers`. */
  readonly items: string
  readonly ask: ListAsk
  /** Given where several regions are asked; filled while the pieces come. */
  readonly failed?: readonly Failed[]
  /** The JSON text of an error answer, `{"error":…}`. */
  readonly shown: (error: unknown) => string
}

/**
 * One envelope around all pieces. A single page keeps what Huawei wrote around its items (`count`, `next` …); a list put
 * together of several has a `count` of its own, and for several regions `errors`.
 */
export async function* inEnvelope(
  pieces: AsyncIterable<Piece>,
  { items, ask, failed, shown }: Frame,
): AsyncGenerator<Buffer> {
  const isWhole = ask.all || failed !== undefined
  const begin = (rest: Piece['rest']) => {
    const around =
      isWhole || !rest ? [] : [...rest].map(([name, value]) => `${JSON.stringify(name)}:${value},`)
    return `${OPEN}{${around.join('')}${JSON.stringify(items)}:[`
  }
  let count = 0
  let hasBegun = false
  for await (const { entries, rest } of pieces) {
    const parts: Buffer[] = hasBegun ? [] : [Buffer.from(begin(rest))]
    hasBegun = true
    for (const entry of entries) {
      if (count > 0) parts.push(COMMA)
      parts.push(...bytesOf(entry, ask))
      count += 1
    }
    if (parts.length > 0) yield Buffer.concat(parts)
  }
  const errors = failed?.map((one) => told(one, shown)).join(',')
  const end = `]${isWhole ? `,"count":${count}` : ''}${errors === undefined ? '' : `,"errors":[${errors}]`}}`
  yield Buffer.from(`${hasBegun ? '' : begin(undefined)}${end}${CLOSE}}`)
}

const COMMA = Buffer.from(',')

/** One item a line (https://github.com/ndjson/ndjson-spec). After the first a failure is told in the last line. */
export async function* inLines(
  pieces: AsyncIterable<Piece>,
  { ask, failed, shown }: Frame,
): AsyncGenerator<Buffer> {
  let hasBegun = false
  try {
    for await (const { entries } of pieces) {
      if (entries.length === 0) continue
      yield Buffer.concat(entries.flatMap((entry) => line(entry, ask)))
      hasBegun = true
    }
  } catch (error) {
    if (!hasBegun) throw error
    yield Buffer.from(`${shown(error)}\n`)
  }
  for (const one of failed ?? []) yield Buffer.from(`${told(one, shown)}\n`)
}

const line = (entry: Entry, ask: ListAsk) => [...bytesOf(entry, ask).map(onOneLine), NEWLINE]

const NEWLINE = Buffer.from('\n')

/** A break inside JSON stands between its parts only, where a blank does as well. */
const onOneLine = (json: Buffer) =>
  json.includes(LF) || json.includes(CR)
    ? Buffer.from(json.map((byte) => (byte === LF || byte === CR ? BLANK : byte)))
    : json

const [LF, CR, BLANK] = [0x0a, 0x0d, 0x20]

const told = ({ regionId, error }: Failed, shown: Frame['shown']) =>
  withMember(shown(error), `"regionId":${JSON.stringify(regionId)}`)
