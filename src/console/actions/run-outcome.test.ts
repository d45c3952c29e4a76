import { expect, test } from 'vitest'
import { ApiError, networkLost } from '../api/error.ts'
import { failedOf, isOutcomeUnknown, outcomesOf, tallyOf } from './run-outcome.ts'
import type { Part, Run } from './run-store.ts'

const targets = ['a', 'b', 'c'].map((id) => ({ id, name: `web-${id}`, regionId: 'cn-east-2' }))
const part = (more: Partial<Part>): Part => ({
  regionId: 'cn-east-2',
  targets,
  state: 'running',
  results: [],
  ...more,
})
const runOf = (...parts: Part[]): Run => ({
  number: 1,
  kind: 'stop',
  options: {},
  at: 0,
  mayRepeat: true,
  parts,
})

test('each instance has its own outcome, and those that failed can be repeated', () => {
  const run = runOf(
    part({
      state: 'running',
      results: [
        { id: 'a', ok: true },
        { id: 'b', ok: false, code: 'Ecs.0219', message: 'no' },
        { id: 'c', ok: null },
      ],
    }),
  )
  expect(tallyOf(run)).toEqual({ all: 3, done: 1, failed: 1, unknown: 0, waiting: 1 })
  expect(failedOf(run)).toEqual([targets[1]])
})

test('a refused call failed for all of its instances, a lost answer for none', () => {
  const error = new ApiError({ status: 403, reason: 'Ecs.0010', message: 'not allowed' })
  expect(outcomesOf(part({ state: 'refused', error })).map(({ outcome, code }) => [outcome, code])).toEqual(
    Array(3).fill(['failed', 'Ecs.0010']),
  )
  expect(failedOf(runOf(part({ state: 'unknown' })))).toEqual([])
})

test('a write whose answer was lost on any part of the way may have been done', () => {
  const lost = new ApiError({ status: 502, reason: 'UPSTREAM_OUTCOME_UNKNOWN', message: '' })
  expect(isOutcomeUnknown(lost)).toBe(true)
  expect(isOutcomeUnknown(networkLost('gone'))).toBe(true)
  expect(isOutcomeUnknown(new ApiError({ status: 400, reason: 'Ecs.0005', message: '' }))).toBe(false)
})
