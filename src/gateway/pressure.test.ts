import { describe, expect, test } from 'vitest'
import { handClock } from '../huaweicloud/test-outside.ts'
import { admission } from './pressure.ts'

const CALM = { delayMs: 0, worstMs: 0, heapShare: 0.1 }

function start(limits = { maxDelay: 40, maxInFlight: 1_000 }) {
  const clock = handClock()
  const now = { ...CALM }
  let relieved = 0
  const turns: (() => void)[] = []
  const door = admission({
    ...limits,
    elapsed: clock.elapsed,
    read: () => now,
    turned: (then) => turns.push(then),
    relieve: () => {
      relieved += 1
    },
  })
  /** One request after the time between two looks. */
  const later = (inFlight = 0) => {
    clock.advance(100)
    return door.refuses(inFlight)
  }
  const turn = () => {
    for (const then of turns.splice(0)) then()
  }
  /** So many requests in one turn of the event loop, each of which takes a millisecond. */
  const inOneTurn = (count: number) => {
    turn()
    return Array.from({ length: count }, () => {
      const why = door.refuses(0)
      clock.advance(1)
      return why
    })
  }
  return { clock, now, door, later, turn, inOneTurn, relieved: () => relieved }
}

const taken = (all: readonly unknown[]) => all.filter((why) => why === undefined).length

describe('an event loop that is late all the while', () => {
  test('gives new requests a share of each turn, and refuses the others', () => {
    const { now, later, inOneTurn } = start()
    expect(taken(inOneTurn(60))).toBe(60)
    now.delayMs = 41
    later()
    for (let n = 0; n < 3; n += 1) {
      const all = inOneTurn(60)
      expect(taken(all)).toBe(12)
      expect(all.slice(0, 3)).toEqual(Array(3).fill(undefined))
      expect(all.slice(3, 15)).toEqual(Array(12).fill('delay'))
    }
  })

  test('lets in one of five, however many come in a turn, so that it never only refuses', () => {
    const { now, later, inOneTurn } = start()
    now.delayMs = 10_000
    later()
    expect(taken(inOneTurn(1_000))).toBe(200)
  })

  test('goes on so while anything is refused, and for a second after that', () => {
    const { clock, now, later, inOneTurn } = start()
    now.delayMs = 41
    later()
    inOneTurn(60)
    now.delayMs = 0
    clock.advance(900)
    expect(taken(inOneTurn(60))).toBe(12)
    clock.advance(1_100)
    expect(taken(inOneTurn(60))).toBe(60)
  })
})

test('what may be in flight at most is that, however well it goes', () => {
  const { door } = start({ maxDelay: 40, maxInFlight: 3 })
  expect(door.refuses(2)).toBeUndefined()
  expect(door.refuses(3)).toBe('in-flight')
})

test('a heap that fills up: caches first, then nothing is let in until there is room', () => {
  const { now, later, relieved } = start()
  now.heapShare = 0.84
  expect(later(0)).toBeUndefined()
  expect(relieved()).toBe(0)
  now.heapShare = 0.86
  expect(later(0)).toBeUndefined()
  expect(later(0)).toBeUndefined()
  expect(relieved()).toBe(1)
  now.heapShare = 0.93
  expect(later(0)).toBe('heap')
  now.heapShare = 0.9
  expect(later(0)).toBe('heap')
  now.heapShare = 0.87
  expect(later(0)).toBeUndefined()
  expect(relieved()).toBe(1)
  now.heapShare = 0.5
  later(0)
  now.heapShare = 0.86
  later(0)
  expect(relieved()).toBe(2)
})

describe('it is overloaded', () => {
  /** All requests of a tenth of a second, so many of ten refused. */
  const tenth = ({ clock, door }: ReturnType<typeof start>, refused: number) => {
    clock.advance(100)
    for (let n = 0; n < 10; n += 1) door.refuses(n < refused ? 1_000 : 0)
  }

  test('when most of what comes is refused, until little is', () => {
    const house = start()
    for (let n = 0; n < 20; n += 1) tenth(house, 6)
    expect(house.door.isOverloaded()).toBe(false)
    for (let n = 0; n < 20; n += 1) tenth(house, 9)
    expect(house.door.isOverloaded()).toBe(true)
    for (let n = 0; n < 20; n += 1) tenth(house, 6)
    expect(house.door.isOverloaded()).toBe(true)
    for (let n = 0; n < 20; n += 1) tenth(house, 1)
    expect(house.door.isOverloaded()).toBe(false)
  })

  test('no longer when nobody comes any more', () => {
    const house = start()
    for (let n = 0; n < 20; n += 1) tenth(house, 10)
    expect(house.door.isOverloaded()).toBe(true)
    house.clock.advance(3_000)
    expect(house.door.isOverloaded()).toBe(false)
  })

  test('when it stood still for long just now', () => {
    const { clock, now, door } = start()
    now.worstMs = 980
    clock.advance(100)
    expect(door.isOverloaded()).toBe(true)
    expect(door.refuses(100)).toBeUndefined()
    now.worstMs = 0
    clock.advance(100)
    expect(door.isOverloaded()).toBe(false)
  })
})
