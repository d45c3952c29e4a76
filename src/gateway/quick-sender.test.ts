import type { IncomingMessage } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { QuickPlan } from './quick-plan.ts'
import { type Known, keep, knownOf, QuickSenders } from './quick-sender.ts'

const plan = {} as QuickPlan
const request = (socket: object, ...rawHeaders: string[]) =>
  ({ socket, rawHeaders }) as unknown as IncomingMessage
const KEYS = ['Host', 'a', 'X-Access-Key', 'b', 'X-Secret-Key', 'c']

const senderOf = (asked: IncomingMessage, senders = new QuickSenders()) => senders.of(asked)

describe('a sender', () => {
  test('is the same while it sends the same headers on its connection', () => {
    const socket = {}
    const senders = new QuickSenders()
    const sender = senders.of(request(socket, ...KEYS))
    expect(sender).toBeDefined()
    expect(senders.of(request(socket, ...KEYS))).toBe(sender)
  })

  test('is found again on any connection, among others, until all are forgotten', () => {
    const senders = new QuickSenders()
    const [one, other] = [{}, {}]
    const sender = senders.of(request(one, ...KEYS))
    const another = senders.of(request(one, ...KEYS.slice(0, 5), 'C'))
    expect(another).not.toBe(sender)
    expect(senders.of(request(other, ...KEYS))).toBe(sender)
    expect(senders.of(request(one, ...KEYS))).toBe(sender)
    senders.clear()
    expect(senders.of(request({}, ...KEYS))).not.toBe(sender)
  })

  test.each([
    ['another secret', ['Host', 'a', 'X-Access-Key', 'b', 'X-Secret-Key', 'C']],
    ['another order', ['Host', 'a', 'X-Secret-Key', 'c', 'X-Access-Key', 'b']],
    ['one header more', [...KEYS, 'Accept', '*/*']],
    ['one header fewer', KEYS.slice(0, 4)],
    ['a name and a value that change places', ['a', 'Host', ...KEYS.slice(2)]],
  ])('is another with %s', (_, headers) => {
    const socket = {}
    const senders = new QuickSenders()
    const sender = senders.of(request(socket, ...KEYS))
    expect(senders.of(request(socket, ...headers))).not.toBe(sender)
    expect(senders.of(request({}, ...headers))).not.toBe(sender)
    expect(senders.of(request(socket, ...KEYS))).toBe(sender)
  })

  test.each([
    'Content-Length',
    'Transfer-Encoding',
    'Expect',
    'Upgrade',
    'Origin',
    'Sec-Fetch-Site',
    'Prefer',
    'X-Request-Timeout',
    'If-None-Match',
    'Cache-Control',
    'X-Forwarded-For',
    'Cookie',
    'Range',
    'X-Anything',
    'Idempotency-Key',
    'TE',
  ])('is none with %s, which may mean anything', (name) => {
    expect(senderOf(request({}, ...KEYS, name, 'x'))).toBeUndefined()
  })

  test('is none where a header comes twice, in whatever letters', () => {
    expect(senderOf(request({}, ...KEYS, 'x-secret-KEY', 'c'))).toBeUndefined()
    expect(senderOf(request({}, ...KEYS, 'HOST', 'a'))).toBeUndefined()
  })
})

describe('what is known of a sender', () => {
  const whole = (url: string): Known => ({ before: url, after: '', differs: false, plan })
  const parted = (before: string, after: string): Known => ({ before, after, differs: true, plan })
  const sender = () => senderOf(request({}, ...KEYS)) ?? expect.fail('no sender')

  test('is found by the whole URL, or by what stands around one part of its path', () => {
    const one = sender()
    const list = whole('/api/images?regionId=a')
    const jobs = parted('/api/jobs/', '?regionId=a')
    keep(one, list)
    keep(one, jobs)
    expect(knownOf(one, '/api/images?regionId=a')).toBe(list)
    expect(knownOf(one, '/api/jobs/j-1?regionId=a')).toBe(jobs)
    for (const url of [
      '/api/images?regionId=ab',
      '/api/images?regionId=',
      '/api/jobs/?regionId=a',
      '/api/jobs/j-1?regionId=ab',
      '/api/jobs/j-1/events?regionId=a',
      '/api/jobs/j-1/?regionId=a',
      '/api/job/j-1?regionId=a',
      '/api/jobs/j-1',
      '/api/jobs?regionId=a',
    ])
      expect([url, knownOf(one, url)]).toEqual([url, undefined])
  })

  test('may overlap in nothing: what is before and behind the part are two things', () => {
    const one = sender()
    keep(one, parted('/a/a', 'a/a'))
    expect(knownOf(one, '/a/a/a')).toBeUndefined()
  })

  test('is at most eight things, of which the oldest goes', () => {
    const one = sender()
    for (let n = 0; n < 20; n += 1) keep(one, whole(`/${n}`))
    expect(one.known.map(({ before }) => before)).toEqual(Array.from({ length: 8 }, (_, n) => `/${n + 12}`))
  })
})
