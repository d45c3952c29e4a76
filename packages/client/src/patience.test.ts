import { describe, expect, test } from 'vitest'
import { patienceOf } from './patience.ts'

/** A clock that a test moves; sleepers wake in their time. */
function clock() {
  let now = 0
  const slept: number[] = []
  const sleepers = new Set<{ at: number; wake: () => void }>()
  return {
    slept,
    asleep: () => sleepers.size,
    outside: {
      now: () => now,
      random: () => 0,
      sleep: (ms: number, signal: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          slept.push(ms)
          const sleeper = { at: now + ms, wake: resolve }
          sleepers.add(sleeper)
          signal.addEventListener('abort', () => {
            sleepers.delete(sleeper)
            reject(signal.reason)
          })
        }),
    },
    async to(time: number) {
      now = time
      for (const sleeper of sleepers)
        if (sleeper.at <= now) {
          sleepers.delete(sleeper)
          sleeper.wake()
        }
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

describe('patience', () => {
  test('is over when its time is', async () => {
    const { outside, to } = clock()
    const { signal, left } = patienceOf(1_000, [], outside)
    await to(999)
    expect([signal.aborted, left()]).toEqual([false, 1])
    await to(1_000)
    expect(signal.reason).toMatchObject({ reason: 'TIMEOUT' })
  })

  test('begins anew, and rests while nobody waits', async () => {
    const { outside, to } = clock()
    const { signal, hold, renew } = patienceOf(1_000, [], outside)
    await to(900)
    renew()
    await to(1_800)
    hold()
    await to(60_000)
    renew()
    await to(60_999)
    expect(signal.aborted).toBe(false)
    await to(61_500)
    await to(62_000)
    expect(signal.aborted).toBe(true)
  })

  test('is not over at once where it is longer than a timer may be', async () => {
    const { outside, slept, to } = clock()
    const longest = 2 ** 31 - 1
    const { signal } = patienceOf(longest + 1_000, [], outside)
    await to(longest)
    expect(signal.aborted).toBe(false)
    await to(longest + 1_000)
    expect([signal.aborted, slept]).toEqual([true, [longest, 1_000]])
  })

  test('sleeps no more when it has ended', async () => {
    const { outside, asleep } = clock()
    const patience = patienceOf(1_000, [], outside)
    expect(asleep()).toBe(1)
    patience.end()
    expect(asleep()).toBe(0)
  })

  test('is over at once where a signal already is', () => {
    const reason = new RangeError('enough')
    expect(patienceOf(1_000, [undefined, AbortSignal.abort(reason)], clock().outside).signal.reason).toBe(
      reason,
    )
  })
})
