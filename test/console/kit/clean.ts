import { expect } from 'vitest'
import { elsewhere, type Visit } from './visit.ts'

/** Nothing that the policy, or we, would not have. */
export async function isClean(seen: Visit, origin: string): Promise<void> {
  expect(await seen.violations()).toEqual([])
  expect(await seen.inline()).toEqual([])
  expect(elsewhere(seen, origin)).toEqual([])
  expect(seen.complaints).toEqual([])
}
