import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { buildKeyGuard, REST_MS, Resting, untilAborted, type Verdict } from './key-guard.ts'
import { handClock, settled } from './test-outside.ts'

const never = new AbortController().signal

/** A guard, and a way to see who has been let in, in order. */
function guarded(most?: number) {
  const outside = handClock()
  const guard = buildKeyGuard(outside, most)
  const inside: { name: string; settle: (verdict: Verdict) => void }[] = []
  const enter = async (identity: string, name = identity, signal = never) => {
    const settle = await guard.admit(identity, signal)
    inside.push({ name, settle })
    return settle
  }
  /** Lets one in and out. */
  const ask = async (identity: string, verdict: Verdict) => (await guard.admit(identity, never))(verdict)
  return { outside, guard, inside, enter, ask }
}

test('of an unproven pair three calls go at once, the others in turn, until one is accepted', async () => {
  const { enter, inside } = guarded()
  const calls = ['1', '2', '3', '4', '5', '6'].map((name) => enter('a', name))
  await settled()
  expect(inside.map(({ name }) => name)).toEqual(['1', '2', '3'])
  inside[0]?.settle('unknown')
  await settled()
  expect(inside.map(({ name }) => name)).toEqual(['1', '2', '3', '4'])
  inside[1]?.settle('accepted')
  await Promise.all(calls)
  expect(inside.map(({ name }) => name)).toEqual(['1', '2', '3', '4', '5', '6'])
})

test('each refusal leaves one place less', async () => {
  const { ask, enter, inside } = guarded()
  await ask('a', 'rejected')
  const calls = [enter('a'), enter('a'), enter('a')]
  await settled()
  expect(inside).toHaveLength(2)
  inside[0]?.settle('accepted')
  await Promise.all(calls)
})

test('another pair does not wait for it', async () => {
  const { enter, inside } = guarded()
  await Promise.all([enter('a'), enter('b')])
  expect(inside).toHaveLength(2)
})

test('an accepted pair is parallel from then on', async () => {
  const { enter, inside, ask } = guarded()
  await ask('a', 'accepted')
  await Promise.all(Array.from({ length: 50 }, () => enter('a')))
  expect(inside).toHaveLength(50)
})

test('three refusals, and the pair rests for a minute; everybody in line is told', async () => {
  const { enter, inside, outside } = guarded()
  const calls = Array.from({ length: 50 }, (_, name) =>
    enter('a', String(name)).catch((error: unknown) => error),
  )
  await settled()
  expect(inside).toHaveLength(3)
  for (const { settle } of [...inside]) {
    settle('rejected')
    await settled()
    expect(inside).toHaveLength(3)
  }
  const refused = (await Promise.all(calls)).filter((result) => result instanceof Resting)
  expect([inside.length, refused.length]).toEqual([3, 47])
  expect(new Set(refused.map(({ seconds }) => seconds))).toEqual(new Set([60]))
  outside.advance(REST_MS - 1_500)
  await expect(enter('a')).rejects.toMatchObject({ seconds: 2 })
  outside.advance(1_499)
  await expect(enter('a')).rejects.toMatchObject({ seconds: 1 })
  outside.advance(1)
  await enter('a')
  expect(inside).toHaveLength(4)
})

test('after a rest a single refusal is enough for the next', async () => {
  const { ask, outside } = guarded()
  for (let round = 0; round < 3; round += 1) await ask('a', 'rejected')
  outside.advance(REST_MS)
  await ask('a', 'rejected')
  await expect(ask('a', 'rejected')).rejects.toBeInstanceOf(Resting)
})

test('after a rest a call that is accepted clears the account', async () => {
  const { ask, outside } = guarded()
  for (let round = 0; round < 3; round += 1) await ask('a', 'rejected')
  outside.advance(REST_MS)
  for (const verdict of ['accepted', 'rejected', 'rejected', 'accepted', 'rejected', 'rejected'] as const) {
    await ask('a', verdict)
  }
  await ask('a', 'accepted')
})

test('two refusals are no rest, and verdicts that tell nothing count for nothing', async () => {
  const { ask } = guarded()
  for (let round = 0; round < 2; round += 1) await ask('a', 'rejected')
  for (let round = 0; round < 20; round += 1) await ask('a', 'unknown')
  await ask('a', 'rejected')
  await expect(ask('a', 'unknown')).rejects.toBeInstanceOf(Resting)
})

test('another secret of the same access key, which is another identity, goes on', async () => {
  const { ask } = guarded()
  for (let round = 0; round < 3; round += 1) await ask('key with wrong secret', 'rejected')
  await ask('key with right secret', 'accepted')
  await expect(ask('key with wrong secret', 'unknown')).rejects.toBeInstanceOf(Resting)
})

test('an accepted pair that is refused has to prove itself again', async () => {
  const { ask, enter, inside } = guarded()
  await ask('a', 'accepted')
  await ask('a', 'rejected')
  const calls = [enter('a'), enter('a'), enter('a')]
  await settled()
  expect(inside).toHaveLength(2)
  inside[0]?.settle('accepted')
  await Promise.all(calls)
})

test('an accepted pair whose parallel calls are all refused rests', async () => {
  const { ask, enter, inside } = guarded()
  await ask('a', 'accepted')
  await Promise.all(Array.from({ length: 5 }, () => enter('a')))
  for (const { settle } of inside) settle('rejected')
  await expect(ask('a', 'unknown')).rejects.toMatchObject({ seconds: 60 })
})

test('who gives up waiting leaves, and the next still gets the turn', async () => {
  const { enter, inside } = guarded()
  const stop = new AbortController()
  await Promise.all([enter('a', 'first'), enter('a', 'beside'), enter('a', 'beside')])
  const second = enter('a', 'second', stop.signal)
  const third = enter('a', 'third')
  const why = new Error('left')
  stop.abort(why)
  await expect(second).rejects.toBe(why)
  inside[0]?.settle('unknown')
  await third
  expect(inside.map(({ name }) => name)).toEqual(['first', 'beside', 'beside', 'third'])
})

test('who has given up already is not let in and holds up nobody', async () => {
  const { enter, inside } = guarded()
  const why = new Error('left')
  await expect(enter('a', 'first', AbortSignal.abort(why))).rejects.toBe(why)
  await enter('a', 'second')
  expect(inside).toHaveLength(1)
})

test('a pair that nobody remembers starts anew, and the memory has a bound', async () => {
  const { ask, guard } = guarded(2)
  for (let round = 0; round < 3; round += 1) await ask('a', 'rejected')
  await ask('b', 'rejected')
  await expect(guard.admit('a', never)).rejects.toBeInstanceOf(Resting)
  await ask('c', 'rejected')
  await ask('a', 'unknown')
})

test('untilAborted gives the value, the failure, or the reason to leave, whichever is first', async () => {
  const stop = new AbortController()
  expect(await untilAborted(Promise.resolve(1), stop.signal)).toBe(1)
  await expect(untilAborted(Promise.reject(new Error('x')), stop.signal)).rejects.toThrow('x')
  const open = Promise.withResolvers<number>()
  const waiting = untilAborted(open.promise, stop.signal)
  stop.abort(new Error('left'))
  await expect(waiting).rejects.toThrow('left')
  await expect(untilAborted(Promise.resolve(1), stop.signal)).rejects.toThrow('left')
})

test('a failure that comes after everybody has left is not left unhandled', async () => {
  const unhandled: unknown[] = []
  const note = (why: unknown) => void unhandled.push(why)
  process.on('unhandledRejection', note)
  const [late, early] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  await expect(untilAborted(early.promise, AbortSignal.abort(new Error('left')))).rejects.toThrow('left')
  const stop = new AbortController()
  const waiting = untilAborted(late.promise, stop.signal)
  stop.abort(new Error('left'))
  await expect(waiting).rejects.toThrow('left')
  early.reject(new Error('too late'))
  late.reject(new Error('too late'))
  await settled()
  await settled()
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

test('untilAborted leaves no listener on a signal that lives on', async () => {
  const { signal } = new AbortController()
  await untilAborted(Promise.resolve(), signal)
  await untilAborted(Promise.reject(new Error('x')), signal).catch(() => {})
  expect(getEventListeners(signal, 'abort')).toEqual([])
})

test('four different wrong secrets, and all unproven pairs of the access key rest', async () => {
  const { guard, outside } = guarded()
  const refuse = async (pair: string) => (await guard.admit(pair, never, 'key'))('rejected')
  await (await guard.admit('right', never, 'key'))('accepted')
  for (const pair of ['w1', 'w2', 'w3', 'w4']) await refuse(pair)
  await expect(guard.admit('w5', never, 'key')).rejects.toBeInstanceOf(Resting)
  await guard.admit('right', never, 'key')
  await guard.admit('w5', never, 'another key')
  outside.advance(REST_MS)
  await refuse('w5')
  await expect(guard.admit('w6', never, 'key')).rejects.toBeInstanceOf(Resting)
})

test('fifty wrong secrets of one access key at once: four go out', async () => {
  const { guard } = guarded()
  let asked = 0
  const calls = Array.from({ length: 50 }, async (_, at) => {
    const settle = await guard.admit(`w${at}`, never, 'key')
    asked += 1
    await settled()
    settle('rejected')
  })
  const outcomes = await Promise.allSettled(calls)
  expect(asked).toBe(4)
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(46)
})

test('an accepted pair makes the count of its access key begin anew', async () => {
  const { guard } = guarded()
  for (const pair of ['w1', 'w2', 'w3']) (await guard.admit(pair, never, 'key'))('rejected')
  ;(await guard.admit('right', never, 'key'))('accepted')
  for (const pair of ['w4', 'w5', 'w6', 'w7']) (await guard.admit(pair, never, 'key'))('rejected')
  await expect(guard.admit('w8', never, 'key')).rejects.toBeInstanceOf(Resting)
})
