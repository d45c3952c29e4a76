import type { TObject } from 'typebox'
import { type Check, checkOf } from '../gateway/violations.ts'
import { ToolRefused } from './refused.ts'

const checks = new WeakMap<TObject, Check>()

/** Fails with {@link ToolRefused}, with all that is wrong at once. */
export function checkArguments(schema: TObject, given: unknown): Record<string, unknown> {
  const check = checks.get(schema) ?? checkOf(schema)
  checks.set(schema, check)
  const faults = check(given)
  if (faults.length === 0) return given as Record<string, unknown>
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
