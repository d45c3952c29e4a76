import type { Pair } from '../huaweicloud/cloud.ts'
import { nearest } from '../nearest.ts'
import type { Violation } from './errors.ts'
import { CREDENTIAL_NAMES, canonicalName, spellingsOf } from './names.ts'
import { looksLikeKey, PASSED_NAME } from './query.ts'
import { unknown } from './violations.ts'

/** The documented answers to these spellings also carry `Response.RequestId`. */
const LEGACY_NAMES = new Set(['secretId', 'instance_ids'])

/** One place of a request, its names folded. */
export interface Sorted {
  /** Values under canonical names; of several spellings the first. */
  ours: Record<string, unknown>
  passed: Pair[]
  violations: Violation[]
  conflicts: Set<string>
  legacy: boolean
}

/** No prototype: a caller's `__proto__` is a name like any other. */
export const nothing = (): Sorted => ({
  ours: Object.create(null),
  passed: [],
  violations: [],
  conflicts: new Set(),
  legacy: false,
})

/** `known` are the names that are ours, in every spelling. */
export function sortQuery(query: readonly Pair[], known: readonly string[], passesOn: boolean): Sorted {
  const sorted = nothing()
  const seen = new Set<string>()
  for (const [name, value] of query) {
    if (known.includes(name)) {
      if (seen.has(name)) sorted.violations.push({ field: name, description: 'is given more than once' })
      seen.add(name)
      fold(sorted, name, value)
    } else if (looksLikeKey(name)) {
      sorted.violations.push(mistypedKey(name))
    } else if (name === '' || (passesOn && !PASSED_NAME.test(name))) {
      sorted.violations.push({ field: 'query', description: 'has a parameter name that is no name' })
    } else if (!passesOn) {
      sorted.violations.push({ field: name.slice(0, 64), description: unknown(name, known) })
    } else {
      sorted.passed.push([name, value])
    }
  }
  return sorted
}

/** So near to a name of a key, the name itself cannot be a secret and may be said. */
function mistypedKey(name: string): Violation {
  const [meant] = PASSED_NAME.test(name) ? nearest(name, spellingsOf(CREDENTIAL_NAMES), 1) : []
  return meant
    ? { field: name, description: `is not a known parameter; did you mean ${meant}?`, looksLikeKey: true }
    : { field: 'query', description: 'has a parameter that looks like a mistyped key', looksLikeKey: true }
}

export function sortBody(body: unknown): Sorted {
  const sorted = nothing()
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return sorted
  for (const [name, value] of Object.entries(body)) fold(sorted, name, value)
  return sorted
}

function fold(sorted: Sorted, name: string, given: unknown): void {
  const canonical = canonicalName(name)
  const value = canonical === 'servers' ? asServers(given) : given
  if (LEGACY_NAMES.has(name)) sorted.legacy = true
  if (!Object.hasOwn(sorted.ours, canonical)) {
    sorted.ours[canonical] = value
  } else if (JSON.stringify(sorted.ours[canonical]) !== JSON.stringify(value)) {
    sorted.conflicts.add(canonical)
    sorted.violations.push({
      field: canonical,
      description: 'is given in two spellings with different values',
    })
  }
}

/** `["a"]` → `[{"id":"a"}]`; anything else is left for the schema to judge. */
const asServers = (given: unknown) =>
  Array.isArray(given) ? given.map((item) => (typeof item === 'string' ? { id: item } : item)) : given
