import { expect, onTestFinished, test } from 'vitest'
import { signingClock } from './clock.ts'
import { buildConnections } from './connections.ts'
import { operation } from './operation.ts'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import { buildRepeater, type Repeatable } from './repeat.ts'
import { handClock, settled } from './test-outside.ts'
import { CALLER, failureOf, json, type Reply, read, startUpstream, write } from './test-upstream.ts'
import { type Answer, buildTransport } from './transport.ts'
import { keepWellbeing } from './wellbeing.ts'
import { CallerLeft, DeadlineExceeded } from './why-failed.ts'

const good = json('{"ok":true}')
const hangUp: Reply = (outgoing) => outgoing.destroy()
const create = operation({ ...write, name: 'CreateThings' })
const TOKEN = { operation: create, clientToken: 't1', body: '{}' }

/** Answers attempts in turn, the last reply for good; time passes as fast as it is waited for. */
async function setting(replies: Reply[], changed: Partial<Policy> = {}) {
  const policy = { ...DEFAULT_POLICY, ...changed }
  const outside = handClock()
  const waited: number[] = []
  const quick = {
    ...outside,
    elapsed: outside.elapsed,
    now: outside.now,
    sleep: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted()
      waited.push(ms)
      outside.advance(ms)
    },
  }
  const upstream = await startUpstream((outgoing, received) => {
    const at = Math.min(upstream.requests.length, replies.length) - 1
    replies[at]?.(outgoing, received)
  })
  const connections = buildConnections({}, outside)
  onTestFinished(() => connections.close())
  const clock = signingClock(outside)
  const breakers: boolean[] = []
  const repeat = buildRepeater({
    policy,
    outside: quick,
    wellbeingOf: keepWellbeing(policy, quick, (_, __, isOpen) => breakers.push(isOpen)),
    setClock: clock.set,
  })
  const send = buildTransport(connections, clock)
  const repeats: string[] = []
  const call = (more: Partial<Repeatable> = {}): Promise<Answer> =>
    repeat(
      {
        operation: read,
        region: 'cn-north-4',
        caller: CALLER,
        endpoint: { origin: upstream.origin, host: upstream.host },
        path: '/v1/p0/things',
        projectId: 'p0',
        signal: new AbortController().signal,
        onRepeat: (reason) => repeats.push(reason),
        ...more,
      },
      { send, lossIn: () => undefined, dismiss: () => {} },
    )
  return { upstream, outside, waited, repeats, breakers, call }
}

test('a read that fails in passing is made again, with waits that grow', async () => {
  const { call, waited, repeats, upstream } = await setting([json('{}', 500), hangUp, good])
  expect((await call()).status).toBe(200)
  expect(repeats).toEqual(['upstream-error', 'broken-off'])
  expect(waited).toEqual([25, 50])
  expect(upstream.requests).toHaveLength(3)
})

test('three attempts are all, and the last failure is told', async () => {
  const { call, upstream } = await setting([json('{}', 500), json('{}', 500), json('{}', 503), good])
  expect((await failureOf(call())).failure).toMatchObject({ kind: 'refused', status: 503 })
  expect(upstream.requests).toHaveLength(3)
})

test('every attempt is signed anew', async () => {
  const { call, upstream } = await setting([
    json('{}', 429, { 'retry-after': '2' }),
    json('{}', 429, { 'retry-after': '2' }),
    good,
  ])
  await call()
  const dates = upstream.requests.map(({ headers }) => headers['x-sdk-date'])
  expect(new Set(dates).size).toBe(3)
})

test.each<[what: string, reply: Reply]>([
  ['a hang-up', hangUp],
  ['a 503', json('{}', 503)],
  ['nonsense', json('<html>')],
])('%s after a write went out is not answered by sending it again', async (_, reply) => {
  const { call, upstream } = await setting([reply, good])
  const { circumstances } = await failureOf(call({ operation: write, body: '{}' }))
  expect(circumstances.sent).toBe(true)
  expect(upstream.requests).toHaveLength(1)
})

test('a write that Huawei’s front throttled has not run, and is made again', async () => {
  const throttled = json('{"error_code":"APIGW.0308","error_msg":"too many"}', 429)
  const { call, upstream, repeats } = await setting([throttled, good])
  await call({ operation: write, body: '{}' })
  expect(upstream.requests).toHaveLength(2)
  expect(repeats).toEqual(['throttled'])
})

test('a create is made again with its token', async () => {
  const { call, upstream } = await setting([hangUp, good])
  await call(TOKEN)
  expect(upstream.requests.map(({ headers }) => headers['x-client-token'])).toEqual(['t1', 't1'])
})

test.each<[what: string, reply: Reply]>([
  ['is refused', json('{"error":{"code":"Ecs.0005","message":"no"}}', 400)],
  ['is throttled', json('{"error_code":"APIGW.0308","error_msg":"too many"}', 429)],
])('a create that may have run, and then %s, may have run', async (_, reply) => {
  const { call } = await setting([hangUp, reply])
  const { circumstances } = await failureOf(call(TOKEN))
  expect(circumstances).toMatchObject({ lostBefore: true, sent: true, clientToken: 't1' })
})

test('a create that was throttled and then refused has not run', async () => {
  const throttled = json('{"error_code":"APIGW.0308","error_msg":"too many"}', 429)
  const { call } = await setting([throttled, json('{"error":{"code":"Ecs.0005","message":"no"}}', 400)])
  expect((await failureOf(call(TOKEN))).circumstances.lostBefore).toBeUndefined()
})

test('a wait that is longer than the time left is not begun', async () => {
  const { call, outside, waited, upstream } = await setting([json('{}', 429, { 'retry-after': '3' }), good])
  await failureOf(call({ until: outside.elapsed() + 3_000 }))
  expect(waited).toEqual([])
  expect((await call({ until: outside.elapsed() + 3_001 })).status).toBe(200)
  expect(upstream.requests).toHaveLength(2)
})

test('Huawei is waited for as long as it asks, but not for an hour', async () => {
  const { call, waited } = await setting([json('{}', 429, { 'retry-after': '3600' }), good])
  await call()
  expect(waited).toEqual([500 + 5_000])
})

test('time that runs out during the wait does not hide what had failed', async () => {
  const over = new AbortController()
  const { call } = await setting([json('{}', 500)])
  const calling = call({
    signal: over.signal,
    onRepeat: () => over.abort(new DeadlineExceeded()),
  })
  expect((await failureOf(calling)).failure).toMatchObject({ kind: 'refused', status: 500 })
})

test('a caller who leaves during the wait has left', async () => {
  const over = new AbortController()
  const { call, upstream } = await setting([json('{}', 500)])
  const calling = call({ signal: over.signal, onRepeat: () => over.abort(new CallerLeft()) })
  expect((await failureOf(calling)).failure).toEqual({ kind: 'cancelled' })
  expect(upstream.requests).toHaveLength(1)
})

test('when everything fails, few calls are made: the budget and the breaker see to it', async () => {
  const { call, upstream, breakers, outside } = await setting([json('{}', 503)])
  for (let at = 0; at < 200; at += 1) {
    await failureOf(call())
    outside.advance(2)
  }
  expect(breakers).toEqual([true])
  expect(upstream.requests.length).toBeLessThanOrEqual(7)
})

test('while it is open nothing is sent, and the caller is told for how long', async () => {
  const { call, upstream, outside, breakers } = await setting([...Array(5).fill(json('{}', 503)), good])
  await failureOf(call())
  await failureOf(call())
  const { failure, circumstances } = await failureOf(call())
  expect(failure).toEqual({ kind: 'breaker-open', seconds: 1 })
  expect(circumstances.sent).toBe(false)
  expect(upstream.requests).toHaveLength(5)
  expect((await call({ region: 'cn-south-1' })).status).toBe(200)
  outside.advance(1_000)
  expect((await call()).status).toBe(200)
  expect(breakers).toEqual([true, false])
})

test('a deadline too short to learn anything does not open it', async () => {
  const { call, breakers } = await setting([() => {}])
  for (let at = 0; at < 10; at += 1) {
    const over = new AbortController()
    const calling = call({ signal: over.signal })
    await settled()
    over.abort(new DeadlineExceeded())
    expect((await failureOf(calling)).failure).toEqual({ kind: 'timeout' })
  }
  expect(breakers).toEqual([])
})

test('a wrong clock is put right and the call made again, a write too', async () => {
  const expired = json(
    '{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: Signature expired"}',
    401,
    { date: 'Mon, 23 Nov 2026 09:00:00 GMT' },
  )
  const { call, upstream, repeats } = await setting([expired, good])
  await call({ operation: write, body: '{}' })
  expect(repeats).toEqual(['clock'])
  expect(upstream.requests.map(({ headers }) => headers['x-sdk-date'])).toEqual([
    '20261123T080000Z',
    '20261123T090000Z',
  ])
})

test('with one attempt nothing is made again', async () => {
  const { call, upstream } = await setting([json('{}', 500), good], { attempts: { read: 1, write: 1 } })
  await failureOf(call())
  expect(upstream.requests).toHaveLength(1)
})
