import { Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { outside } from '../outside.ts'
import { GatewayError } from './errors.ts'
import { buildLogger } from './log.ts'
import { isSecurityEvent, securityEvents } from './security-events.ts'

/** Events whose ten seconds pass when the test says so. */
function setting() {
  const lines: Record<string, unknown>[] = []
  const sink = new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const sleeping: (() => void)[] = []
  const sleep = (_: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      sleeping.push(resolve)
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  const events = securityEvents(buildLogger('info', sink), { ...outside, sleep })
  const pass = async () => {
    for (const wake of sleeping.splice(0)) wake()
    await new Promise(setImmediate)
  }
  const told = () => lines.splice(0).map(({ source, count, reasons }) => ({ source, count, reasons }))
  return { events, pass, told }
}

test('a source is told at once, and then every ten seconds with what came meanwhile', async () => {
  const { events, pass, told } = setting()
  events.note('192.0.2.1', 'HOST_NOT_ALLOWED')
  expect(told()).toEqual([{ source: '192.0.2.1', count: 1, reasons: { HOST_NOT_ALLOWED: 1 } }])
  for (let n = 0; n < 5; n += 1) events.note('192.0.2.1', 'HOST_NOT_ALLOWED')
  events.note('192.0.2.1', 'MALFORMED_HTTP')
  expect(told()).toEqual([])
  await pass()
  expect(told()).toEqual([
    { source: '192.0.2.1', count: 6, reasons: { HOST_NOT_ALLOWED: 5, MALFORMED_HTTP: 1 } },
  ])
  await pass()
  expect(told()).toEqual([])
  events.note('192.0.2.1', 'MALFORMED_HTTP')
  expect(told()).toHaveLength(1)
  events.close()
})

test('sources are told apart, up to a thousand', async () => {
  const { events, pass, told } = setting()
  for (let n = 0; n < 1_100; n += 1) events.note(`source-${n}`, 'MALFORMED_HTTP')
  const first = told()
  expect(first).toHaveLength(1_001)
  expect(first.at(-1)).toMatchObject({ source: 'others', count: 1 })
  await pass()
  expect(told()).toEqual([{ source: 'others', count: 99, reasons: { MALFORMED_HTTP: 99 } }])
  events.close()
})

test('an IPv6 network is one source', () => {
  const { events, told } = setting()
  events.note('2001:db8:0:1::1', 'MALFORMED_HTTP')
  events.note('2001:db8:0:1::2', 'MALFORMED_HTTP')
  events.note('2001:db8:0:2::1', 'MALFORMED_HTTP')
  events.note('::ffff:192.0.2.1', 'MALFORMED_HTTP')
  expect(told().map(({ source }) => source)).toEqual(['2001:db8:0:1::/64', '2001:db8:0:2::/64', '192.0.2.1'])
  events.close()
})

test('what is not told yet is told in the end', () => {
  const { events, told } = setting()
  for (let n = 0; n < 3; n += 1) events.note(undefined, 'MALFORMED_HTTP')
  told()
  events.close()
  events.note('late', 'MALFORMED_HTTP')
  expect(told()).toEqual([{ source: 'unknown', count: 2, reasons: { MALFORMED_HTTP: 2 } }])
})

describe('what is worth a line', () => {
  const bad = (details = {}) => new GatewayError('INVALID_ARGUMENT', details)
  test.each([
    ['a foreign host', new GatewayError('HOST_NOT_ALLOWED'), 'HOST_NOT_ALLOWED', '/', true],
    ['an id that climbs', bad(), 'INVALID_ARGUMENT', '/api/instances/..%2fx', true],
    ['a region that is a host', bad(), 'UNKNOWN_REGION', '/api/images?regionId=evil.example', true],
    ['several regions', bad(), 'UNKNOWN_REGION', '/api/images?regionId=cn-nort-4,ru-*', false],
    ['the same, escaped', bad(), 'UNKNOWN_REGION', '/api/images?regionId=cn-nort-4%2Cx%2a', false],
    [
      'a list with a host in it',
      bad(),
      'UNKNOWN_REGION',
      '/api/images?regionId=cn-north-4%2Cevil.example',
      true,
    ],
    ['escapes in a query', bad(), 'INVALID_ARGUMENT', '/api/images?name=50%25%20%2F%3f%26', false],
    ['a region mistyped', bad(), 'UNKNOWN_REGION', '/api/images?regionId=cn-nort-4', false],
    ['a name forgotten', bad(), 'INVALID_ARGUMENT', '/api/instances', false],
    ['a body that nobody writes by mistake', bad({ hostile: true }), 'MALFORMED_JSON', '/', true],
    [
      'a key that would break a header',
      bad({ violations: [{ field: 'accessKey', description: '', hostile: true }] }),
      'INVALID_ARGUMENT',
      '/',
      true,
    ],
    ['a route that is not there', new GatewayError('ROUTE_NOT_FOUND'), 'ROUTE_NOT_FOUND', '/..%2f', false],
    ["Huawei's own refusal", new Error(), 'Ecs.0114', '/..%2f', false],
  ])('%s: %s', (_, thrown, reason, url, expected) => {
    expect(isSecurityEvent(thrown, reason, url)).toBe(expected)
  })
})
