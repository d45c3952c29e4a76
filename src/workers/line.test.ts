import { expect, test } from 'vitest'
import { type Answering, type Channel, NoAnswer, openLine } from './line.ts'

type Words = {
  double: { given: number; gives: number }
  fail: { given: undefined; gives: undefined }
  wait: { given: undefined; gives: string }
  note: { given: string; gives: unknown }
}

/** Two ends of a channel that carries copies, as a pipe does. */
function channels(): { one: Channel; other: Channel; cut(): void } {
  const takers: ((message: unknown) => void)[] = []
  const closers: (() => void)[] = []
  const end = (mine: number, theirs: number): Channel => ({
    send: (message) => void setImmediate(() => takers[theirs]?.(JSON.parse(JSON.stringify(message)))),
    onMessage: (take) => {
      takers[mine] = take
    },
    onClose: (then) => void closers.push(then),
  })
  return { one: end(0, 1), other: end(1, 0), cut: () => closers.forEach((close) => void close()) }
}

function lines(answers: Partial<Answering<Words>> = {}) {
  const { one, other, cut } = channels()
  const noted: string[] = []
  openLine<Words, Record<string, never>>(other, {
    double: (n) => n * 2,
    fail() {
      throw new Error('secret')
    },
    wait: (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve('given up'))
      }),
    note: (text) => noted.push(text),
    ...answers,
  })
  return { line: openLine<Record<string, never>, Words>(one, {}), noted, cut }
}

test('questions are answered, each with its own answer', async () => {
  const { line } = lines()
  expect(await Promise.all([1, 2, 3].map((n) => line.ask('double', n)))).toEqual([2, 4, 6])
})

test('what fails over there fails here, without its text', async () => {
  const { line } = lines()
  const failed = await line.ask('fail', undefined).catch((error) => error)
  expect(failed).toBeInstanceOf(NoAnswer)
  expect(String(failed)).not.toContain('secret')
})

test('a question that is given up is answered as the other end sees fit', async () => {
  const { line } = lines()
  const left = new AbortController()
  const waiting = line.ask('wait', undefined, left.signal)
  left.abort()
  expect(await waiting).toBe('given up')
})

test('what is told comes in order, before what is asked behind it', async () => {
  const { line, noted } = lines()
  for (const text of ['a', 'b', 'c']) line.tell('note', text)
  await line.ask('double', 1)
  expect(noted).toEqual(['a', 'b', 'c'])
})

test('when the other end goes, nobody waits for it, and what it asked for is given up', async () => {
  let isGivenUp = false
  const { line, cut } = lines({
    wait: (_, signal) =>
      new Promise(() => {
        signal.addEventListener('abort', () => {
          isGivenUp = true
        })
      }),
  })
  const waiting = line.ask('wait', undefined)
  await line.ask('double', 1)
  cut()
  await expect(waiting).rejects.toThrow(NoAnswer)
  await expect(line.ask('double', 1)).rejects.toThrow(NoAnswer)
  expect(isGivenUp).toBe(true)
})
