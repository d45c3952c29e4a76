import { distance } from 'fastest-levenshtein'
import type { TObject, TSchema } from 'typebox'
import type { Pair } from '../huaweicloud/cloud.ts'
import { GatewayError } from './errors.ts'

/** What stands behind the first question mark; a later one belongs to a value. */
export function searchOf(url = ''): string {
  const at = url.indexOf('?')
  return at < 0 ? '' : url.slice(at + 1)
}

/**
 * The pairs of a query string, decoded, in order, repeats kept. A plus is a space, as HTML forms have it.
 * Own code, because `URLSearchParams` takes broken escapes for text and so would sign something else than
 * the caller meant.
 */
export function readQuery(search: string): Pair[] {
  if (!search) return []
  return search
    .split('&')
    .filter((part) => part !== '')
    .map((part): Pair => {
      const at = part.indexOf('=')
      return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))]
    })
}

function decode(text: string): string {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new GatewayError('MALFORMED_URL')
  }
}

/**
 * Query values are text; what the schema wants as a number or as true or false is read as one. What cannot be read so
 * without a loss (`1.5` for a whole number) stays text, for the schema to refuse.
 */
export function coerced(schema: TObject, fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, coercedTo(schema.properties[name], value)]),
  )
}

function coercedTo(schema: TSchema | undefined, value: unknown): unknown {
  const type: unknown = schema && Reflect.get(schema, 'type')
  if (typeof value !== 'string') return value
  if (type === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value)
  if (type === 'number' && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value)) return Number(value)
  if (type === 'boolean' && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true'
  return value
}

/** What may go to Huawei as a parameter's name. */
export const PASSED_NAME = /^[\p{L}\p{N}_.:-]{1,64}$/u

const KEY_NAMES = ['accesskey', 'secretkey', 'securitytoken', 'secretid', 'secret', 'passwd']
const KEY_WORDS = /secret|passw|token|credential|accesskey|signature/
const KEY_PARTS = new Set(['ak', 'sk', 'aksk', 'pwd'])

/** Whether a parameter we do not know looks like a mistyped key, which must not travel on in a URL. */
export function looksLikeKey(name: string): boolean {
  const parts = name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  const plain = parts.join('')
  return (
    KEY_WORDS.test(plain) ||
    [plain, ...parts].some((part) => KEY_PARTS.has(part)) ||
    KEY_NAMES.some((key) => distance(plain, key) <= (key.length > 6 ? 2 : 1))
  )
}
