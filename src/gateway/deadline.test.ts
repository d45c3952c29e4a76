import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { DeadlineExceeded } from '../huaweicloud/why-failed.ts'
import { outside } from '../outside.ts'
import { deadline } from './deadline.ts'

const response = () => new EventEmitter() as ServerResponse

test('the last call ends what is under way, and what begins behind it', () => {
  const ending = new AbortController()
  const before = deadline(response(), 10, false, outside, ending.signal)
  expect(before.signal.aborted).toBe(false)
  ending.abort()
  expect(before.signal.aborted).toBe(true)
  const behind = deadline(response(), 10, false, outside, ending.signal)
  expect(behind.signal.reason).toBeInstanceOf(DeadlineExceeded)
  before.end()
  behind.end()
})
