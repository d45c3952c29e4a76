import { expect, test } from 'vitest'
import { partOf } from './part-of.ts'
import { readSettings } from './settings.ts'

test('one alone has all', () => {
  const settings = readSettings({}, {})
  expect(partOf(settings, 1)).toBe(settings)
})

test('what several have is together not more than what is allowed', () => {
  const settings = readSettings({}, {})
  expect(partOf(settings, 3)).toMatchObject({
    connections: 10,
    connectionsCaller: 5,
    queue: 85,
    maxInFlight: 666,
    maxConnections: 666,
  })
})

test('each has at least one of everything, and none of what is none', () => {
  const env = { HCA_CONNECTIONS: '1', HCA_CONNECTIONS_CALLER: '1', HCA_QUEUE: '0', HCA_MAX_CONNECTIONS: '2' }
  expect(partOf(readSettings({}, env), 8)).toMatchObject({
    connections: 1,
    connectionsCaller: 1,
    queue: 0,
    maxConnections: 1,
  })
})

test('times stay as they are', () => {
  expect(partOf(readSettings({}, {}), 4)).toMatchObject({ queueWait: 1, deadlineRead: 10, maxDelay: 30 })
})
