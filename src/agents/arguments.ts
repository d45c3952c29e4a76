import type { Static, TObject } from 'typebox'
import { type Check, checkOf } from '../gateway/violations.ts'
import { ToolRefused } from './refused.ts'

const checks = new WeakMap<TObject, Check>()

/** Fails with {@link ToolRefused}, with all that is wrong at once. */
export function checkArguments<Fields extends TObject>(schema: Fields, given: unknown): Static<Fields> {
  const check = checks.get(schema) ?? checkOf(schema)
  checks.set(schema, check)
  const faults = check(given)
  if (faults.length === 0) return given as Static<Fields>
  const told = faults.map(({ field, description }) => ({
    field: field === 'body' ? 'arguments' : field,
    description,
  }))
  throw new ToolRefused(
    'INVALID_ARGUMENT',
    'The arguments are not as they must be.',
    'Mend them and call again.',
    told,
  )
}
