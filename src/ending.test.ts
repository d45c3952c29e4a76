import { expect, test } from 'vitest'
import { endingOf } from './ending.ts'

interface Told {
  exits: number[]
  lines: string[]
}

/** An ending whose clock and exit are the test's. */
function ending(flush = async () => {}) {
  const told: Told = { exits: [], lines: [] }
  const late = Promise.withResolvers<void>()
  const clock = { ms: 0 }
  const exited = Promise.withResolvers<void>()
  const built = endingOf({
    outside: { now: () => 0, elapsed: () => clock.ms, sleep: () => late.promise },
    exit(code) {
      told.exits.push(code)
      exited.resolve()
    },
    tell: (line) => void told.lines.push(line),
    flush,
  })
  return { ...built, told, late: late.resolve, clock, exited: exited.promise }
}

const never = () => new Promise<never>(() => {})

test('a signal closes what there is, then exits with 0', async () => {
  const order: string[] = []
  const one = ending(async () => void order.push('flushed'))
  one.of(Promise.resolve({ close: async () => void order.push('closed') }), 10)
  one.signal()
  await one.exited
  expect([order, one.told.exits]).toEqual([['closed', 'flushed'], [0]])
})

test('a signal during the start waits for what is being started, and closes it', async () => {
  const started = Promise.withResolvers<{ close(): Promise<void> }>()
  const one = ending()
  one.of(started.promise, 10)
  one.signal()
  let isClosed = false
  started.resolve({
    close: async () => {
      isClosed = true
    },
  })
  await one.exited
  expect([isClosed, one.told.exits]).toEqual([true, [0]])
})

test('a signal heard twice within a moment is one; a second one exits with 1 at once', () => {
  const one = ending()
  one.of(Promise.resolve({ close: never }), 10)
  one.signal()
  one.signal()
  expect(one.told.exits).toEqual([])
  one.clock.ms = 300
  one.signal()
  expect(one.told.exits).toEqual([1])
})

test.each<[what: string, close: () => Promise<void>]>([
  ['hangs', never],
  ['fails', async () => Promise.reject(new Error('canary'))],
])('closing that %s is ended all the same, with 1', async (_, close) => {
  const one = ending()
  one.of(Promise.resolve({ close }), 10)
  one.signal()
  if (close === never) one.late()
  await one.exited
  expect(one.told.exits).toEqual([1])
  expect(one.told.lines.join()).not.toContain('canary')
})

test('F-58: a crash tells where, not what; closes, and exits with 1; further ones are only told', async () => {
  const one = ending()
  const closed = Promise.withResolvers<void>()
  let closings = 0
  const close = () => {
    closings++
    return closed.promise
  }
  one.of(Promise.resolve({ close }), 10)
  one.crash(new RangeError('canary'))
  one.crash('canary')
  closed.resolve()
  await one.exited
  expect([closings, one.told.exits]).toEqual([1, [1]])
  const [first, second] = one.told.lines.map((line) => JSON.parse(line))
  expect(first).toMatchObject({ level: 60, msg: 'unexpected error', error: { name: 'RangeError' } })
  expect(first.error.at[0]).toContain('ending.test.ts')
  expect(second).toMatchObject({ error: { name: 'string' } })
  expect(one.told.lines.join()).not.toContain('canary')
})

test('a crash while it ends in peace makes the exit code 1', async () => {
  const one = ending()
  const closed = Promise.withResolvers<void>()
  one.of(Promise.resolve({ close: () => closed.promise }), 10)
  one.signal()
  one.crash(new Error('canary'))
  closed.resolve()
  await one.exited
  expect(one.told.exits).toEqual([1])
})

test('a start that fails leaves nothing to close', async () => {
  const one = ending()
  one.of(Promise.reject(new Error('port taken')), 10)
  one.signal()
  await one.exited
  expect(one.told.exits).toEqual([1])
})
