import { expect, test } from 'vitest'
import { admission } from './pressure.ts'
import { Lateness, TICK_MS } from './pressure-reading.ts'

/** What a request costs the one thread, milliseconds. */
interface Costs {
  /** To take it in and ask Huawei Cloud; and then to answer. */
  asking: number
  answering: number
  refusing: number
  upstream: number
  /** Calls to Huawei Cloud at once; 256 more wait for their turn. */
  places: number
}

/** Does 2,500 requests a second, and no more. */
const USUAL: Costs = { asking: 0.25, answering: 0.15, refusing: 0.06, upstream: 2, places: 16 }
const ROOMY: Costs = { ...USUAL, places: 2_000 }

interface Done {
  arrived: number
  at: number
  refused: boolean
}

/**
 * An event loop as libuv turns it: timers, then everything that has arrived meanwhile, in order. Requests come at fixed
 * times whatever becomes of those before them; `rate` is how many a second at a time.
 */
function run(rate: (ms: number) => number, untilMs: number, costs: Costs = USUAL, pauseAt?: number) {
  let now = 0
  const lateness = new Lateness(0)
  const atTurn: (() => void)[] = []
  const door = admission({
    maxDelay: 30,
    maxInFlight: 2_000,
    elapsed: () => now,
    read: () => ({ delayMs: lateness.lasting, worstMs: lateness.worst, heapShare: 0.1 }),
    turned: (then) => atTurn.push(then),
    relieve: () => {},
  })
  const done: Done[] = []
  let asked: { arrived: number; ready: number }[] = []
  const waiting: number[] = []
  let next = 0
  let tickAt = TICK_MS
  while (now < untilMs) {
    const began = now
    if (now >= tickAt) {
      lateness.tick(now)
      tickAt = now + TICK_MS
    }
    if (pauseAt !== undefined && now >= pauseAt) {
      now += 1_000
      pauseAt = undefined
    }
    const ready = asked.filter((one) => one.ready <= began)
    asked = asked.filter((one) => one.ready > began)
    for (const { arrived } of ready) {
      now += costs.answering
      done.push({ arrived, at: now, refused: false })
      const first = waiting.shift()
      if (first !== undefined) asked.push({ arrived: first, ready: now + costs.upstream })
    }
    while (next <= began) {
      const arrived = next
      next += 1_000 / rate(next)
      const isShed = door.refuses(asked.length + waiting.length) !== undefined
      now += isShed ? costs.refusing : costs.asking
      const hasPlace = asked.length < costs.places
      if (isShed || (!hasPlace && waiting.length === 256)) done.push({ arrived, at: now, refused: true })
      else if (hasPlace) asked.push({ arrived, ready: now + costs.upstream })
      else waiting.push(arrived)
    }
    for (const then of atTurn.splice(0)) then()
    if (now === began) now = Math.min(next, tickAt, ...asked.map((one) => one.ready))
  }
  return done
}

const within = (done: readonly Done[], from: number, until: number) =>
  done.filter(({ arrived }) => arrived >= from && arrived < until)

const p99 = (all: readonly Done[]) =>
  all.map(({ arrived, at }) => at - arrived).sort((a, b) => a - b)[Math.floor(all.length * 0.99)] ?? 0

test('what can be done is done, and nothing refused', () => {
  const done = run(() => 2_000, 10_000)
  expect(done.filter(({ refused }) => refused)).toEqual([])
  expect(p99(done)).toBeLessThan(25)
})

test.each([
  ['two and a half times what is promised', 5_000, USUAL],
  ['just above what can be done', 2_800, USUAL],
  ['with an upstream that takes long', 5_000, { ...ROOMY, upstream: 400 }],
])('%s: 1,600 a second are answered, and refusals come at once', (_name, perSecond, costs) => {
  const rate = (ms: number) => (ms > 2_000 && ms < 22_000 ? perSecond : 500)
  const done = run(rate, 30_000, costs)
  const flood = within(done, 2_000, 22_000)
  const good = flood.filter(({ refused }) => !refused)
  const refusals = flood.filter(({ refused }) => refused)
  expect(good.length / 20).toBeGreaterThan(1_600)
  // It takes a moment to tell a flood from a pause.
  expect(p99(within(refusals, 3_000, 22_000))).toBeLessThan(100)
  expect(refusals.filter(({ arrived, at }) => at - arrived > 100).length).toBeLessThan(1_000)
  const after = within(done, 24_000, 29_000)
  expect(after.filter(({ refused }) => refused)).toEqual([])
  expect(p99(after)).toBeLessThan(costs.upstream + 25)
})

test('a flood whose refusals alone are more than can be done does not end all work', () => {
  const done = run(() => 20_000, 5_000, ROOMY)
  expect(done.filter(({ refused }) => !refused).length / 5).toBeGreaterThan(1_000)
})

test('one pause of a second makes everybody late and nobody is refused', () => {
  const done = run(() => 500, 10_000, ROOMY, 3_000)
  expect(done.filter(({ refused }) => refused)).toEqual([])
  expect(Math.max(...done.map(({ arrived, at }) => at - arrived))).toBeGreaterThan(1_000)
})
