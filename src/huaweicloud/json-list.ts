import { CLOSE_BRACE, isBlank, OPEN_BRACE } from './json-bytes.ts'

/** A list as it came: each item's own bytes, and those of every other field beside it. */
export interface JsonList {
  readonly items: Buffer[]
  readonly rest: ReadonlyMap<string, Buffer>
}

/**
 * Takes the list called `name` in a JSON object apart without parsing it: what is passed on is what came, down
 * to numbers that no double holds. Values are found by their brackets; whoever reads one still parses it. Throws
 * {@link SyntaxError} where this is no object with such a list.
 */
export function splitList(bytes: Buffer, name: string): JsonList {
  let items: Buffer[] | undefined
  const rest = new Map<string, Buffer>()
  let at = expect(bytes, skipBlank(bytes, 0), OPEN_BRACE)
  at = skipBlank(bytes, at)
  while (bytes[at] !== CLOSE_BRACE) {
    if (bytes[at] !== QUOTE) throw broken()
    const keyEnd = endOfText(bytes, at)
    const key: string = JSON.parse(bytes.toString('utf8', at, keyEnd))
    at = skipBlank(bytes, expect(bytes, skipBlank(bytes, keyEnd), COLON))
    if (key === name) {
      items = []
      at = splitArray(bytes, expect(bytes, at, OPEN_BRACKET), items)
    } else {
      const end = endOfValue(bytes, at)
      rest.set(key, bytes.subarray(at, end))
      at = end
    }
    at = nextMember(bytes, at, CLOSE_BRACE)
  }
  if (!items || skipBlank(bytes, at + 1) < bytes.length) throw broken()
  return { items, rest }
}

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d

const broken = () => new SyntaxError('not a JSON object with such a list')

function splitArray(bytes: Buffer, from: number, items: Buffer[]): number {
  let at = skipBlank(bytes, from)
  while (bytes[at] !== CLOSE_BRACKET) {
    const end = endOfValue(bytes, at)
    items.push(bytes.subarray(at, end))
    at = nextMember(bytes, end, CLOSE_BRACKET)
  }
  return at + 1
}

/** Behind a comma the next member, or where the closing bracket stands. */
function nextMember(bytes: Buffer, from: number, close: number): number {
  const at = skipBlank(bytes, from)
  if (bytes[at] === close) return at
  const next = skipBlank(bytes, expect(bytes, at, COMMA))
  if (bytes[next] === close) throw broken()
  return next
}

function endOfValue(bytes: Buffer, from: number): number {
  const first = bytes[from]
  if (first === QUOTE) return endOfText(bytes, from)
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfNested(bytes, from)
  let at = from
  while (at < bytes.length && !ENDS_SCALAR[bytes[at] ?? 0]) at += 1
  if (at === from) throw broken()
  return at
}

function endOfNested(bytes: Buffer, from: number): number {
  let depth = 0
  for (let at = from; at < bytes.length; at += 1) {
    const sign = bytes[at]
    if (sign === QUOTE) at = endOfText(bytes, at) - 1
    else if (sign === OPEN_BRACE || sign === OPEN_BRACKET) depth += 1
    else if (sign === CLOSE_BRACE || sign === CLOSE_BRACKET) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  throw broken()
}

/** Behind the closing quote: one with an even number of backslashes before it. */
function endOfText(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(QUOTE, from + 1); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    let slashes = 0
    while (bytes[at - 1 - slashes] === BACKSLASH) slashes += 1
    if (slashes % 2 === 0) return at + 1
  }
  throw broken()
}

function expect(bytes: Buffer, at: number, sign: number): number {
  if (bytes[at] !== sign) throw broken()
  return at + 1
}

function skipBlank(bytes: Buffer, from: number): number {
  let at = from
  while (isBlank(bytes[at])) at += 1
  return at
}

const ENDS_SCALAR = Array.from({ length: 256 }, (_, byte) =>
  [COMMA, CLOSE_BRACE, CLOSE_BRACKET, 0x20, 0x09, 0x0a, 0x0d].includes(byte),
)
