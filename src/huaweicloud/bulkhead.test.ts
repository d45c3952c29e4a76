import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { Bulkhead, Overloaded } from './bulkhead.ts'
import { handClock, settled } from './test-outside.ts'

const never = new AbortController().signal

function bulkhead(most: number, queue: number, waitMs = 1_000) {
  const outside = handClock()
  const house = new Bulkhead({ most, mostOfOne: most, queue, waitMs }, outside)
  const inside: { name: number; leave: () => void }[] = []
  const enter = (name: number, signal = never) =>
    house.enter(signal).then((leave) => void inside.push({ name, leave }))
  const names = () => inside.map(({ name }) => name)
  return { outside, house, inside, enter, names }
}

test('as many as there are places go in at once, the others in the order they came', async () => {
  const { enter, inside, names } = bulkhead(2, 10)
  const calls = [1, 2, 3, 4, 5].map((name) => enter(name))
  await settled()
  expect(names()).toEqual([1, 2])
  inside[1]?.leave()
  await settled()
  expect(names()).toEqual([1, 2, 3])
  inside[0]?.leave()
  inside[2]?.leave()
  await Promise.all(calls)
  expect(names()).toEqual([1, 2, 3, 4, 5])
})

test('a place given back twice is one place', async () => {
  const { enter, inside, names } = bulkhead(1, 10)
  const calls = [1, 2, 3].map((name) => enter(name))
  await settled()
  inside[0]?.leave()
  inside[0]?.leave()
  await settled()
  inside[0]?.leave()
  await settled()
  expect(names()).toEqual([1, 2])
  inside[1]?.leave()
  inside[1]?.leave()
  await Promise.all(calls)
  inside[2]?.leave()
  inside[2]?.leave()
  void enter(4)
  void enter(5)
  await settled()
  expect(names()).toEqual([1, 2, 3, 4])
})

test('who comes while a place changes hands cannot slip in between', async () => {
  const { enter, inside, names } = bulkhead(1, 10)
  await enter(1)
  const second = enter(2)
  inside[0]?.leave()
  void enter(3)
  await second
  await settled()
  expect(names()).toEqual([1, 2])
})

test('the line has an end, and none at all turns everybody away', async () => {
  const { enter } = bulkhead(1, 2)
  await enter(1)
  void enter(2)
  void enter(3)
  await expect(enter(4)).rejects.toBeInstanceOf(Overloaded)
  const strict = bulkhead(1, 0)
  await strict.enter(1)
  await expect(strict.enter(2)).rejects.toBeInstanceOf(Overloaded)
  strict.inside[0]?.leave()
  await strict.enter(3)
})

test('nobody waits longer than the limit, and who waited too long makes room in the line', async () => {
  const { enter, inside, outside, names } = bulkhead(1, 1, 1_000)
  await enter(1)
  const second = enter(2)
  outside.advance(999)
  await settled()
  await expect(enter(3)).rejects.toBeInstanceOf(Overloaded)
  outside.advance(1)
  await expect(second).rejects.toBeInstanceOf(Overloaded)
  const fourth = enter(4)
  inside[0]?.leave()
  await fourth
  expect(names()).toEqual([1, 4])
  expect(outside.sleeping).toBe(0)
})

test('who gives up rejects with the reason, leaves the line and takes no place', async () => {
  const { enter, inside, outside, names } = bulkhead(1, 1)
  await enter(1)
  const stop = new AbortController()
  const second = enter(2, stop.signal)
  const why = new Error('left')
  stop.abort(why)
  await expect(second).rejects.toBe(why)
  await expect(enter(3, stop.signal)).rejects.toBe(why)
  const fourth = enter(4)
  inside[0]?.leave()
  await fourth
  inside[1]?.leave()
  await enter(5)
  expect([names(), outside.sleeping]).toEqual([[1, 4, 5], 0])
})

test('who gives up in the moment the place comes still holds it and can give it back', async () => {
  const { enter, inside, names } = bulkhead(1, 5)
  await enter(1)
  const stop = new AbortController()
  const second = enter(2, stop.signal)
  inside[0]?.leave()
  stop.abort(new Error('left'))
  await second
  const third = enter(3)
  inside[1]?.leave()
  await third
  expect(names()).toEqual([1, 2, 3])
})

type Step =
  | { do: 'enter' }
  | { do: 'leave' | 'leave twice' | 'abort'; which: number }
  | { do: 'wait'; ms: number }
  | { do: 'turn' }

const which = fc.nat(30)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: 'enter' as const }) },
  fc.record({ do: fc.constantFrom('leave' as const, 'leave twice' as const, 'abort' as const), which }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 120 }) }),
  fc.constant({ do: 'turn' as const }),
)

test('whatever happens: never too many inside or in line, first come first served, no place is lost', async () => {
  const sizes = fc.record({ most: fc.integer({ min: 1, max: 4 }), queue: fc.nat(5) })
  await fc.assert(
    fc.asyncProperty(sizes, fc.array(step, { maxLength: 60 }), async ({ most, queue }, steps) => {
      const outside = handClock()
      const house = new Bulkhead({ most, mostOfOne: most, queue, waitMs: 100 }, outside)
      const calls: { stop: AbortController; state: string; leave?: () => void }[] = []
      const admitted: number[] = []
      const count = (state: string) => calls.filter((call) => call.state === state).length
      const enter = () => {
        const call: (typeof calls)[number] = { stop: new AbortController(), state: 'waiting' }
        const index = calls.push(call) - 1
        house.enter(call.stop.signal).then(
          (leave) => {
            Object.assign(call, { state: 'inside', leave })
            admitted.push(index)
          },
          () => Object.assign(call, { state: 'turned away' }),
        )
      }
      const leave = (index: number, times: number) => {
        const call = calls[index]
        if (call?.state !== 'inside') return
        call.state = 'gone'
        for (let time = 0; time < times; time += 1) call.leave?.()
      }
      for (const now of steps) {
        if (now.do === 'enter') enter()
        else if (now.do === 'leave') leave(now.which, 1)
        else if (now.do === 'leave twice') leave(now.which, 2)
        else if (now.do === 'abort') calls[now.which]?.stop.abort(new Error('left'))
        else if (now.do === 'wait') outside.advance(now.ms)
        else await settled()
        expect(count('inside')).toBeLessThanOrEqual(most)
      }
      await settled()
      expect(count('waiting')).toBeLessThanOrEqual(queue)
      if (count('waiting') > 0) expect(count('inside')).toBe(most)
      expect(outside.sleeping).toBe(count('waiting'))
      expect(admitted).toEqual(admitted.toSorted((a, b) => a - b))

      for (let round = 0; count('waiting') > 0 && round < 100; round += 1) {
        for (const index of calls.keys()) leave(index, 1)
        await settled()
      }
      for (const index of calls.keys()) leave(index, 1)
      const from = admitted.length
      for (let place = 0; place < most; place += 1) enter()
      await settled()
      expect([admitted.length - from, count('waiting'), outside.sleeping]).toEqual([most, 0, 0])
    }),
    { numRuns: 300 },
  )
})

test('one caller has his share of the places, and others come in between', async () => {
  const outside = handClock()
  const house = new Bulkhead({ most: 4, mostOfOne: 2, queue: 10, waitMs: 1_000 }, outside)
  const order: string[] = []
  const leaves: (() => void)[] = []
  const enter = (who: string) =>
    house.enter(never, who).then((leave) => {
      order.push(who)
      leaves.push(leave)
    })
  for (const who of ['a', 'a', 'a', 'a', 'b', 'c', 'b']) void enter(who)
  await settled()
  expect(order).toEqual(['a', 'a', 'b', 'c'])
  for (let at = 0; at < 3; at += 1) {
    leaves[at]?.()
    await settled()
  }
  expect(order.slice(4).sort()).toEqual(['a', 'a', 'b'])
  for (const leave of leaves) leave()
  expect([house.inFlight, house.waiting]).toEqual([0, 0])
})

test('callers take turns, however long one of their lines is', async () => {
  const house = new Bulkhead({ most: 1, mostOfOne: 1, queue: 20, waitMs: 1_000 }, handClock())
  const order: string[] = []
  const enter = async (who: string) => {
    const leave = await house.enter(never, who)
    order.push(who)
    await settled()
    leave()
  }
  await Promise.all(['a', 'a', 'a', 'a', 'a', 'b', 'c', 'b'].map(enter))
  expect(order.slice(0, 6)).toEqual(['a', 'b', 'c', 'a', 'b', 'a'])
})

test('a full line gives way at its longest part, whose caller is told that it is him', async () => {
  const house = new Bulkhead({ most: 1, mostOfOne: 1, queue: 4, waitMs: 1_000 }, handClock())
  const why = (call: Promise<unknown>) =>
    call.then(
      () => 'in',
      (error: Overloaded) => error.by,
    )
  await house.enter(never, 'a')
  const greedy = Array.from({ length: 4 }, () => why(house.enter(never, 'a')))
  const alone = await why(house.enter(never, 'a'))
  void house.enter(never, 'b').catch(() => {})
  expect(await greedy[3]).toBe('caller')
  expect(await why(house.enter(never, 'a'))).toBe('caller')
  expect(alone).toBe('all')
  expect(house.waiting).toBe(4)
})

test('who has left leaves nothing behind', async () => {
  const outside = handClock()
  const house = new Bulkhead({ most: 1, mostOfOne: 1, queue: 3, waitMs: 1_000 }, outside)
  const leave = await house.enter(never, 'a')
  const stop = new AbortController()
  const strangers = Array.from({ length: 6 }, (_, at) =>
    house.enter(at === 0 ? stop.signal : never, `stranger ${at}`).catch(() => {}),
  )
  expect(house.callers).toBe(1 + 3)
  stop.abort(new Error('left'))
  expect(house.callers).toBe(1 + 2)
  outside.advance(1_000)
  await Promise.all(strangers)
  expect(house.callers).toBe(1)
  leave()
  expect([house.inFlight, house.waiting, house.callers]).toEqual([0, 0, 0])
  house.enterNow('b')?.()
  expect(house.callers).toBe(0)
})

describe('in line by calls', () => {
  const outside = () => handClock()
  const limits = { most: 1, mostOfOne: 1, queue: 2, waitMs: 1_000 }

  test('a place that is free is given at once; others come in their turn, whoever waits otherwise too', async () => {
    const hall = new Bulkhead(limits, outside())
    const came: string[] = []
    const exits: (() => void)[] = []
    const admitted = (name: string) => (exit: () => void) => {
      came.push(name)
      exits.push(exit)
    }
    const refused = () => expect.fail('there is room')
    hall.line('', { admitted: admitted('first'), refused })
    const second = hall.enter(new AbortController().signal).then(admitted('second'))
    hall.line('', { admitted: admitted('third'), refused })
    expect([came, hall.waiting]).toEqual([['first'], 2])
    exits[0]?.()
    await second
    exits[1]?.()
    exits[2]?.()
    expect([came, hall.inFlight, hall.waiting, hall.callers]).toEqual([['first', 'second', 'third'], 0, 0, 0])
  })

  test('who leaves takes no place, and is told nothing', () => {
    const hall = new Bulkhead(limits, outside())
    const told = { admitted: () => expect.fail('it left'), refused: () => expect.fail('it left') }
    const exit = hall.enterNow()
    const leave = hall.line('', told)
    expect([leave(), leave()]).toEqual([true, false])
    exit?.()
    expect([hall.inFlight, hall.waiting, hall.callers]).toEqual([0, 0, 0])
  })

  test('a full line throws, and who waited too long is refused and makes room', async () => {
    const clock = outside()
    const hall = new Bulkhead(limits, clock)
    hall.enterNow()
    const refused: unknown[] = []
    const told = {
      admitted: () => expect.fail('no place'),
      refused: (why: unknown) => void refused.push(why),
    }
    hall.line('', told)
    hall.line('', told)
    expect(() => hall.line('', told)).toThrow(Overloaded)
    clock.advance(1_000)
    await vi.waitFor(() => expect(refused).toHaveLength(2))
    expect(refused.every((why) => why instanceof Overloaded)).toBe(true)
    expect(hall.waiting).toBe(0)
  })
})
