import { expect, test } from 'vitest'
import { type Exit, type Member, pauseAfter, startCrew } from './crew.ts'

const ENDED: Exit = { code: 0, signal: null }
const KILLED: Exit = { code: null, signal: 'SIGKILL' }
const settled = () => new Promise((resolve) => setImmediate(resolve))

interface Puppet extends Member<string> {
  serve(name: string): void
  refuse(why: Error): void
  die(exit: Exit): void
  killed: number
}

function puppet(): Puppet {
  const started = Promise.withResolvers<string>()
  const ended = Promise.withResolvers<Exit>()
  const one: Puppet = {
    started: started.promise,
    ended: ended.promise,
    serve: started.resolve,
    refuse: started.reject,
    die: ended.resolve,
    end: () => ended.resolve(ENDED),
    kill() {
      one.killed += 1
      ended.resolve(KILLED)
    },
    killed: 0,
  }
  return one
}

/** A crew of puppets in a time of the test's own; pauses last until they are let pass. */
function stage(count: number) {
  const all: Puppet[] = []
  const told: string[] = []
  const pauses: { ms: number; pass: () => void }[] = []
  const clock = { ms: 0 }
  const crew = startCrew<string, Puppet>({
    count,
    outside: {
      elapsed: () => clock.ms,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          pauses.push({ ms, pass: resolve })
          signal?.addEventListener('abort', () => reject(signal.reason))
        }),
    },
    fork() {
      const one = puppet()
      all.push(one)
      return one
    },
    lost: ({ code, signal }, pauseMs) => void told.push(`lost ${signal ?? code} ${pauseMs}`),
    replaced: () => void told.push('replaced'),
    cannotStart: (why) => void told.push(String(why)),
  })
  crew.catch(() => {})
  return { all, told, pauses, clock, crew }
}

/** All of them serve. */
async function staged(count: number) {
  const { crew, ...rest } = stage(count)
  for (const [index, one] of rest.all.entries()) one.serve(`w${index}`)
  return { ...rest, crew: await crew }
}

test('all of them start, and are asked to end', async () => {
  const { crew, all } = await staged(3)
  expect(crew.started).toEqual(['w0', 'w1', 'w2'])
  await crew.close()
  expect(all).toHaveLength(3)
  expect(crew.members()).toEqual([])
})

test('when one cannot start there is none, and it is said why', async () => {
  const { crew, all } = stage(2)
  all[0]?.serve('w0')
  all[1]?.refuse(new Error('port taken'))
  await expect(crew).rejects.toThrow('port taken')
  expect(all.map(({ killed }) => killed)).toEqual([1, 1])
})

test('one that ends is replaced after a pause, and not before', async () => {
  const { all, told, pauses, crew } = await staged(2)
  all[0]?.die(KILLED)
  await settled()
  expect([all.length, told]).toEqual([2, ['lost SIGKILL 100']])
  pauses[0]?.pass()
  await settled()
  all[2]?.serve('again')
  await settled()
  expect(told).toEqual(['lost SIGKILL 100', 'replaced'])
  expect(crew.members()).toEqual([all[1], all[2]])
})

test('pauses double while those that come live for a moment only, and begin anew after one that lived', async () => {
  const { all, pauses, clock } = await staged(1)
  for (let n = 0; n < 4; n += 1) {
    all.at(-1)?.die({ code: 1, signal: null })
    await settled()
    pauses.at(-1)?.pass()
    await settled()
  }
  clock.ms += 60_000
  all.at(-1)?.die(KILLED)
  await settled()
  expect(pauses.map(({ ms }) => ms)).toEqual([100, 200, 400, 800, 100])
})

test('no pause is longer than half a minute', () => {
  expect(pauseAfter(1_000)).toBe(30_000)
})

test('one in the place of another that cannot start is told of, and tried again', async () => {
  const { all, told, pauses } = await staged(1)
  all[0]?.die(KILLED)
  await settled()
  pauses[0]?.pass()
  await settled()
  all[1]?.refuse(new Error('no file'))
  all[1]?.die({ code: 1, signal: null })
  await settled()
  expect(told).toEqual(['lost SIGKILL 100', 'Error: no file', 'lost 1 200'])
})

test('in the end nobody is replaced any more, not even who was to be', async () => {
  const { all, crew } = await staged(2)
  all[0]?.die(KILLED)
  await settled()
  await crew.close()
  expect(all).toHaveLength(2)
})

test('one that does not end in order is told at the end', async () => {
  const { all, crew } = await staged(2)
  const [first] = all
  if (first) first.end = () => first.die({ code: 1, signal: null })
  await expect(crew.close()).rejects.toThrow('in order')
})
