import { expect, test } from 'vitest'
import { buildKeyGuard, REST_MS, Resting, type Verdict } from './key-guard.ts'
import { type DeskOfOne, deskOf } from './key-guard-desk.ts'
import { buildSharedGuard, type NamedKeys, type SharedGuard } from './key-guard-shared.ts'
import { handClock, settled } from './test-outside.ts'

const never = new AbortController().signal
const later = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Several guards with one behind them; everything between takes a turn, as between processes. */
function processes(count: number) {
  const outside = handClock()
  const guard = buildKeyGuard(outside)
  const all: { guard: SharedGuard; desk: DeskOfOne }[] = []
  const everywhere = async (keys: NamedKeys) => {
    await later()
    for (const one of all) one.guard.forget(keys)
    await later()
  }
  for (let n = 0; n < count; n += 1) {
    const desk = deskOf(guard, everywhere)
    all.push({
      desk,
      guard: buildSharedGuard({
        admit: (keys, signal) => later().then(() => desk.admit(keys, signal)),
        tell: (told) => later().then(() => desk.tell(told)),
      }),
    })
  }
  const of = (index: number) => (all[index % count] as (typeof all)[number]).guard
  /** One call through one of them; false where it was not made. */
  const call = async (index: number, verdict: Verdict, identity = 'pair', key = 'key') => {
    const one = of(index)
    const settle = one.pass(identity, key) ?? (await one.admit(identity, never, key).catch((why) => why))
    if (settle instanceof Resting) return false
    await settle(verdict)
    return true
  }
  return { outside, all, of, call }
}

const made = (calls: readonly boolean[]) => calls.filter(Boolean).length

test.each([2, 5, 8])(
  'of a wrong pair three calls are made, through %i processes, one after the other',
  async (count) => {
    const { call, outside } = processes(count)
    const calls: boolean[] = []
    for (let n = 0; n < 20; n += 1) calls.push(await call(n, 'rejected'))
    expect(made(calls)).toBe(3)
    outside.advance(REST_MS)
    const further: boolean[] = []
    for (let n = 0; n < 20; n += 1) further.push(await call(n, 'rejected'))
    expect(made(further)).toBe(1)
  },
)

test('and all at once', async () => {
  const { call } = processes(4)
  expect(made(await Promise.all(Array.from({ length: 50 }, (_, n) => call(n, 'rejected'))))).toBe(3)
})

test('of different wrong pairs with one access key, four', async () => {
  const { call } = processes(4)
  const calls: boolean[] = []
  for (let n = 0; n < 20; n += 1) calls.push(await call(n, 'rejected', `pair ${n}`))
  expect(made(calls)).toBe(4)
})

test('a pair accepted by all and then refused is refused three times in a row, through however many', async () => {
  const { call } = processes(8)
  for (let n = 0; n < 16; n += 1) expect(await call(n, 'accepted')).toBe(true)
  const calls: boolean[] = []
  for (let n = 0; n < 20; n += 1) calls.push(await call(n, 'rejected'))
  expect(made(calls)).toBe(3)
})

test('a pair accepted elsewhere is asked about once, and passes from then on', async () => {
  const { call, of } = processes(2)
  await call(0, 'accepted')
  expect([of(0).knows('pair'), of(1).knows('pair')]).toEqual([true, false])
  await call(1, 'unknown')
  expect(of(1).knows('pair')).toBe(true)
  expect(of(1).acceptance('pair')).toBe(of(1).acceptance('pair'))
})

test('an accepted call ends the row of refusals of its access key, wherever it was made', async () => {
  const { call } = processes(2)
  await call(0, 'accepted', 'good')
  await call(1, 'accepted', 'good')
  for (let n = 0; n < 3; n += 1) await call(n, 'rejected', `bad ${n}`)
  await call(1, 'accepted', 'good')
  const calls: boolean[] = []
  for (let n = 3; n < 10; n += 1) calls.push(await call(n, 'rejected', `bad ${n}`))
  expect(made(calls)).toBe(4)
})

test('a refusal that comes while another process asks leaves nothing accepted there', async () => {
  const { call, of } = processes(2)
  await call(0, 'accepted')
  const asking = call(1, 'unknown')
  await call(0, 'rejected')
  await asking
  expect(of(1).knows('pair')).toBe(false)
})

test('the places of a process that ends come back', async () => {
  const { of, all, call } = processes(2)
  for (let n = 0; n < 3; n += 1) await of(0).admit('pair', never, 'key')
  let isIn = false
  const waiting = call(1, 'accepted').then((was) => {
    isIn = was
  })
  await settled()
  expect(isIn).toBe(false)
  all[0]?.desk.close()
  await waiting
  expect(isIn).toBe(true)
})

test('who leaves the line is told so, and a place that comes too late is given back', async () => {
  const { of, call } = processes(2)
  for (let n = 0; n < 3; n += 1) {
    const left = new AbortController()
    const asking = of(0).admit('pair', left.signal, 'key')
    left.abort(new Error('left'))
    await expect(asking).rejects.toThrow('left')
  }
  expect(await call(1, 'accepted')).toBe(true)
})
