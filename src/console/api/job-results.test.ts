import { expect, test } from 'vitest'
import { resultsOf } from './job-results.ts'

const batch = {
  status: 'RUNNING',
  entities: {
    sub_jobs: [
      { status: 'SUCCESS', entities: { server_id: 'a' } },
      { status: 'FAIL', error_code: 'Ecs.0319', fail_reason: 'sold out', entities: { server_id: 'b' } },
      { status: 'RUNNING', entities: { server_id: 'c' } },
    ],
  },
}

test('each instance of a batch has its own outcome', () => {
  expect(resultsOf(batch, ['c', 'b', 'a'])).toEqual([
    { id: 'c', ok: null },
    { id: 'b', ok: false, code: 'Ecs.0319', message: 'sold out' },
    { id: 'a', ok: true },
  ])
})

test('a job for one thing stands for what was asked', () => {
  expect(resultsOf({ status: 'SUCCESS', entities: { server_id: 'a' } })).toEqual([{ id: 'a', ok: true }])
  expect(resultsOf({ status: 'INIT' }, ['x'])).toEqual([{ id: 'x', ok: null }])
})
