import secureJson from 'secure-json-parse'
import { GatewayError } from './errors.ts'
import { type Fault, faultIn, shapeOf } from './json-shape.ts'

/** Nothing we take is nested deeper than a handful; deep nesting only ever served to break a parser's stack. */
const DEEPEST = 32
/** An action for a thousand instances has a thousand and some. */
const MOST_KEYS = 20_000

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** `application/json`, in UTF-8 if it says so; anything after it that we do not know is refused, not guessed. */
const JSON_TYPE = /^application\/json *(?:; *charset *= *"?utf-8"? *)?$/i

export const isJsonType = (contentType: string | undefined): boolean => JSON_TYPE.test(contentType ?? '')

/** Parses a body strictly. Its faults name a position at most, never an excerpt: a key may stand there. */
export function readJson(bytes: Buffer): unknown {
  if (bytes.length === 0) throw malformed('The body is empty.')
  const text = decoded(bytes)
  const { depth, keys } = shapeOf(text)
  if (depth > DEEPEST) throw hostile(`The body is nested more than ${DEEPEST} levels deep.`)
  if (keys > MOST_KEYS) throw hostile(`The body has more than ${MOST_KEYS} keys.`)
  const value = parsed(text)
  const found = faultIn(text)
  if (found) throw malformed(`The body ${SAYS[found.fault]}, at character ${found.at}.`)
  return value
}

const SAYS: Record<Fault, string> = {
  // Whoever checked the first of them before us may have let through the second.
  'repeated-key': 'has a key twice in one object',
  'half-character': 'holds one half of a surrogate pair without the other',
  'too-large': 'holds a number that is too large to be kept exactly',
  'becomes-zero': 'holds a number that cannot be kept exactly: it becomes 0',
}

function parsed(text: string): unknown {
  try {
    // `__proto__` and `constructor.prototype` are refused, in any escaped spelling.
    return secureJson.parse(text)
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    if (message.includes('forbidden prototype property')) throw hostile('The body is not valid JSON.')
    const [, position] = /at position (\d+)/.exec(message) ?? []
    throw malformed(
      position ? `The body is not valid JSON, at character ${position}.` : 'The body is not valid JSON.',
    )
  }
}

const malformed = (message: string) => new GatewayError('MALFORMED_JSON', { message })

/** Nothing writes that by mistake. */
const hostile = (message: string) => new GatewayError('MALFORMED_JSON', { message, hostile: true })

function decoded(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    throw malformed('The body is not valid UTF-8.')
  }
}
