import secureJson from 'secure-json-parse'
import { GatewayError } from './errors.ts'

/** Nothing we take is nested deeper than a handful; deep nesting only ever served to break a parser's stack. */
const DEEPEST = 32

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** `application/json`, in UTF-8 if it says so; anything after it that we do not know is refused, not guessed. */
const JSON_TYPE = /^application\/json *(?:; *charset *= *"?utf-8"? *)?$/i

export const isJsonType = (contentType: string | undefined): boolean => JSON_TYPE.test(contentType ?? '')

/** Parses a body strictly. Its faults name a position at most, never an excerpt: a key may stand there. */
export function readJson(bytes: Buffer): unknown {
  if (bytes.length === 0) throw malformed('The body is empty.')
  const text = decoded(bytes)
  if (depthOf(text) > DEEPEST) throw malformed(`The body is nested more than ${DEEPEST} levels deep.`)
  try {
    // `__proto__` and `constructor.prototype` are refused, in any escaped spelling.
    return secureJson.parse(text, exactly)
  } catch (error) {
    if (error instanceof GatewayError) throw error
    const [, position] = /at position (\d+)/.exec(error instanceof Error ? error.message : '') ?? []
    throw malformed(
      position ? `The body is not valid JSON, at character ${position}.` : 'The body is not valid JSON.',
    )
  }
}

/** A number that changes by being read would go to Huawei Cloud as another one. */
function exactly(_: string, value: unknown): unknown {
  if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value
  throw malformed('The body holds a number that is too large to be kept exactly.')
}

const malformed = (message: string) => new GatewayError('MALFORMED_JSON', { message })

function decoded(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    throw malformed('The body is not valid UTF-8.')
  }
}

/** Brackets outside of texts, counted without parsing. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inText = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at)
    if (inText) {
      if (sign === BACKSLASH) at += 1
      else if (sign === QUOTE) inText = false
    } else if (sign === QUOTE) inText = true
    else if (sign === OPEN_BRACE || sign === OPEN_BRACKET) deepest = Math.max(deepest, ++depth)
    else if (sign === CLOSE_BRACE || sign === CLOSE_BRACKET) depth -= 1
  }
  return deepest
}

const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [
  0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d,
]
