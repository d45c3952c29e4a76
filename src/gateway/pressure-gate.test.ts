import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { outside } from '../outside.ts'
import type { Logger } from './log.ts'
import { buildGate } from './pressure-gate.ts'

test('the last refusals are told in the end', () => {
  const told: unknown[] = []
  const gate = buildGate({
    maxDelay: 30,
    maxInFlight: 1,
    outside: { ...outside, elapsed: () => 1_000, pressure: () => ({ delayMs: 0, worstMs: 0, heapShare: 0 }) },
    log: { warn: (line: { refused: number }) => told.push(line.refused) } as unknown as Logger,
    allowedOrigins: [],
    working: () => 1,
    count: () => {},
    relieve: () => {},
  })
  const handle = gate.before(() => {})
  const response = new Proxy({}, { get: () => () => {} }) as ServerResponse
  const request = { url: '/', headers: {}, method: 'GET', resume() {} } as unknown as IncomingMessage
  for (let n = 0; n < 4; n += 1) handle(request, response)
  expect(told).toEqual([1])
  gate.close()
  expect(told).toEqual([1, 3])
})

test('parts of the console are sent while others are refused, since a browser would not ask again', () => {
  let ms = 0
  const handled: string[] = []
  const gate = buildGate({
    maxDelay: 30,
    maxInFlight: 10,
    outside: {
      ...outside,
      elapsed: () => (ms += 100),
      pressure: () => ({ delayMs: 200, worstMs: 0, heapShare: 0 }),
    },
    log: { warn() {} } as unknown as Logger,
    allowedOrigins: [],
    working: () => 0,
    count: () => {},
    relieve: () => {},
  })
  const handle = gate.before(({ url = '' }) => handled.push(url))
  const response = new Proxy({}, { get: () => () => {} }) as ServerResponse
  const ask = (url: string) =>
    handle({ url, headers: {}, method: 'GET', resume() {} } as unknown as IncomingMessage, response)
  for (const url of ['/api/regions', '/api/regions', '/console/assets/a.js', '/consoles', '/console/'])
    ask(url)
  expect(handled).toEqual(['/api/regions', '/console/assets/a.js', '/console/'])
  gate.close()
})
