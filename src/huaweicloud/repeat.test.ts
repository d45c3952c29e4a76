import { expect, onTestFinished, test } from 'vitest'
import { signingClock } from './clock.ts'
import { buildConnections } from './connections.ts'
import { failed } from './delivery.ts'
import { operation } from './operation.ts'
import { DEFAULT_POLICY, type Policy } from './policy.ts'
import { buildRawTransport, type RawAnswer } from './raw-transport.ts'
import { buildRepeater, type Repeatable, type Sending } from './repeat.ts'
import type { Sendable } from './signed-message.ts'
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
  const wellbeingOf = keepWellbeing(policy, quick, (_, isOpen) => void breakers.push(isOpen))
  const endpoint = { origin: upstream.origin, host: upstream.host }
  /** As other calls would. */
  const openBreaker = () => {
    const { breaker } = wellbeingOf({ endpoint, operation: read, region: 'cn-north-4' })
    for (let at = 0; at < 5; at += 1) breaker.enter()('ill')
  }
  const tries = { send: buildTransport(connections, clock), lossIn: () => undefined, kept: () => undefined }
  const repeat = buildRepeater({
    policy,
    outside: quick,
    wellbeingOf,
    clock,
    firstByteMs: 8_000,
  })
  const repeats: string[] = []
  const callWith = <Got>(sending: Sending<Got>, more: Partial<Repeatable> = {}): Promise<Got> =>
    repeat(
      {
        operation: read,
        region: 'cn-north-4',
        caller: CALLER,
        endpoint,
        path: '/v1/p0/things',
        projectId: 'p0',
        signal: new AbortController().signal,
        onRepeat: (reason) => repeats.push(reason),
        ...more,
      },
      sending,
    )
  const call = (more?: Partial<Repeatable>): Promise<Answer> => callWith(tries, more)
  const sendRaw = buildRawTransport(connections, clock)
  const raw: Sending<RawAnswer> = {
    send: sendRaw,
    lossIn: ({ refusal }, request) => refusal && failed(request, refusal),
    kept: (answer) => answer,
  }
  const callRaw = (more?: Partial<Repeatable>): Promise<RawAnswer> => callWith(raw, more)
  return { upstream, outside, waited, repeats, breakers, openBreaker, call, callRaw, callWith }
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

test('where no breaker would help, the budget ends repetitions', async () => {
  const { call, upstream, repeats, breakers } = await setting([json('{}', 500)])
  for (let at = 0; at < 100; at += 1) await failureOf(call())
  expect(breakers).toEqual([])
  expect(repeats).toHaveLength(35)
  expect(upstream.requests).toHaveLength(100 + 35)
})

test('when Huawei is not there few calls are made: the breaker sees to it', async () => {
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

test('a deadline of the caller’s own says nothing of Huawei, however long, unless it was as long as ours', async () => {
  const { call, breakers, outside } = await setting([() => {}])
  const hangFor = async (ms: number) => {
    const over = new AbortController()
    const calling = call({ signal: over.signal })
    await settled()
    outside.advance(ms)
    over.abort(new DeadlineExceeded())
    await failureOf(calling)
  }
  for (let at = 0; at < 10; at += 1) await hangFor(7_999)
  expect(breakers).toEqual([])
  for (let at = 0; at < 5; at += 1) await hangFor(8_000)
  expect(breakers).toEqual([true])
})

test('connections that are not made in time open it', async () => {
  const { callWith, breakers } = await setting([])
  const send = async (request: Sendable) => {
    throw failed(request, { kind: 'timeout' }, false)
  }
  for (let at = 0; at < 5; at += 1)
    await failureOf(callWith({ send, lossIn: () => undefined, kept: () => undefined }))
  expect(breakers).toEqual([true])
})

test('a raw call’s answers count once for it, however often it was made', async () => {
  const { callRaw, breakers, upstream } = await setting([json('{}', 503)])
  for (let at = 0; at < 4; at += 1) expect((await callRaw()).status).toBe(503)
  expect(upstream.requests).toHaveLength(12)
  expect(breakers).toEqual([])
  expect((await callRaw()).status).toBe(503)
  expect(breakers).toEqual([true])
})

test('a raw answer in hand goes out when it opens before another is asked for', async () => {
  const { callRaw, openBreaker, upstream } = await setting([json('{"n":1}', 503)])
  expect((await callRaw({ onRepeat: openBreaker })).body.toString()).toBe('{"n":1}')
  expect(upstream.requests).toHaveLength(1)
})

test.each([
  ['runs out of time', new DeadlineExceeded()],
  ['leaves', new CallerLeft()],
])('a raw answer in hand, when its caller %s meanwhile', async (what, reason) => {
  const over = new AbortController()
  const { callRaw, upstream } = await setting([json('{"n":1}', 503)])
  const answering = callRaw({ signal: over.signal, onRepeat: () => over.abort(reason) })
  if (what === 'leaves') expect((await failureOf(answering)).failure).toEqual({ kind: 'cancelled' })
  else expect((await answering).body.toString()).toBe('{"n":1}')
  expect(upstream.requests).toHaveLength(1)
})

test('no repetition is paid for or counted when time is up already', async () => {
  const over = new AbortController()
  const { callWith, repeats } = await setting([])
  const send = async (request: Sendable) => {
    over.abort(new DeadlineExceeded())
    throw failed(request, { kind: 'unreachable', why: 'connection' })
  }
  const sending = { send, lossIn: () => undefined, kept: () => undefined }
  const { failure } = await failureOf(callWith(sending, { signal: over.signal }))
  expect(failure).toEqual({ kind: 'unreachable', why: 'connection' })
  expect(repeats).toEqual([])
})

test('failures leave no more room for repetitions than there was', async () => {
  const hanging: Promise<unknown>[] = []
  let isHanging = false
  const { callWith, repeats } = await setting([])
  const send = (request: Sendable, isFirst: boolean) =>
    isHanging && !isFirst
      ? new Promise<never>(() => {})
      : Promise.reject(failed(request, { kind: 'truncated' }))
  const once = () => {
    let sent = 0
    return callWith<never>({
      send: (request) => {
        sent += 1
        return send(request, sent === 1)
      },
      lossIn: () => undefined,
      kept: () => undefined,
    })
  }
  for (let at = 0; at < 5; at += 1) await failureOf(once())
  expect(repeats).toHaveLength(5)
  isHanging = true
  for (let at = 0; at < 10; at += 1) hanging.push(once().catch(() => {}))
  await settled()
  expect(repeats).toHaveLength(5 + 3)
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

test('all that were signed with the wrong time are made again, once each', async () => {
  const { callWith, repeats, outside } = await setting([])
  const together = Promise.withResolvers<void>()
  let sent = 0
  const send = async (request: Sendable): Promise<string> => {
    sent += 1
    if (sent > 3) return 'well'
    if (sent === 3) together.resolve()
    await together.promise
    throw failed(request, {
      kind: 'refused',
      status: 401,
      refusal: { code: 'APIGW.0301', message: 'Signature expired' },
      date: new Date(outside.now() + 3_600_000).toUTCString(),
    })
  }
  const sending = { send, lossIn: () => undefined, kept: () => undefined }
  const all = await Promise.all(Array.from({ length: 3 }, () => callWith(sending)))
  expect(all).toEqual(['well', 'well', 'well'])
  expect(repeats).toEqual(['clock', 'clock', 'clock'])
})

test('with one attempt nothing is made again', async () => {
  const { call, upstream } = await setting([json('{}', 500), good], { attempts: { read: 1, write: 1 } })
  await failureOf(call())
  expect(upstream.requests).toHaveLength(1)
})
