import { expect, test } from 'vitest'
import type { Job } from '../huaweicloud/jobs.ts'
import { resultsOf } from './job-results.ts'

const part = (status: string, server_id?: string, more: Partial<Job> = {}): Job => ({
  status,
  ...more,
  entities: { ...(server_id === undefined ? {} : { server_id }) },
})
const batch = (status: string, ...sub_jobs: Job[]): Job => ({ status, entities: { sub_jobs } })
const failed = { error_code: 'Ecs.0100', fail_reason: 'wrong state' }

test('each server of a batch has its own result, in the order asked', () => {
  const job = batch('FAIL', part('SUCCESS', 'b'), part('FAIL', 'a', failed), part('RUNNING', 'c'))
  expect(resultsOf(job, ['a', 'b', 'c'])).toEqual([
    { id: 'a', ok: false, code: 'Ecs.0100', message: 'wrong state' },
    { id: 'b', ok: true },
    { id: 'c', ok: null },
  ])
})

test('a job for one thing speaks for it', () => {
  expect(resultsOf({ status: 'SUCCESS', entities: { server_id: 'a' } }, ['a'])).toEqual([
    { id: 'a', ok: true },
  ])
  expect(resultsOf({ status: 'FAIL', ...failed }, ['a'])).toEqual([
    { id: 'a', ok: false, code: 'Ecs.0100', message: 'wrong state' },
  ])
})

test('asked for nothing by name, what the job names is told', () => {
  expect(resultsOf({ status: 'SUCCESS', entities: { image_id: 'i' } }, [])).toEqual([{ id: 'i', ok: true }])
  expect(resultsOf(batch('SUCCESS', part('SUCCESS', 'a'), part('SUCCESS', 'b')), [])).toEqual([
    { id: 'a', ok: true },
    { id: 'b', ok: true },
  ])
})

test('a server that was never made takes the sub-job without a server', () => {
  const soldOut = { error_code: 'Ecs.0319', fail_reason: 'no capacity' }
  const job = batch('FAIL', part('SUCCESS', 'a'), part('FAIL', undefined, soldOut))
  expect(resultsOf(job, ['a', 'b'])).toEqual([
    { id: 'a', ok: true },
    { id: 'b', ok: false, code: 'Ecs.0319', message: 'no capacity' },
  ])
})

test('at its beginning a job has no parts, and nothing is known', () => {
  expect(resultsOf({ status: 'INIT' }, ['a'])).toEqual([{ id: 'a', ok: null }])
  expect(resultsOf({ status: 'INIT', entities: {} }, ['a'])).toEqual([{ id: 'a', ok: null }])
})

test('where the fields are empty, the text among the entities is told', () => {
  const job: Job = {
    status: 'FAIL',
    error_code: null,
    fail_reason: null,
    entities: { errorcode_message: 'why' },
  }
  expect(resultsOf(job, ['a'])).toEqual([{ id: 'a', ok: false, message: 'why' }])
})

test('a thousand servers', () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => `s${index}`)
  const results = resultsOf(batch('SUCCESS', ...ids.map((id) => part('SUCCESS', id))), ids)
  expect(results.map(({ id }) => id)).toEqual(ids)
  expect(results.every(({ ok }) => ok === true)).toBe(true)
})
