import { expect, test } from 'vitest'
import { giveBack, kept, lend, MOST_AT_ONCE } from './lent-bytes.ts'

const long = (letter: string, length = 40_000) => Buffer.alloc(length, letter)

test('a copy is of its own', () => {
  const bytes = long('a')
  const copy = lend(bytes)
  bytes.fill('b')
  expect(copy.equals(long('a'))).toBe(true)
})

test('what was given back is used again, and only then', () => {
  const [first, second] = [lend(long('a')), lend(long('b'))]
  expect(second.buffer).not.toBe(first.buffer)
  giveBack(first)
  const third = lend(long('c', 35_000))
  expect(third.buffer).toBe(first.buffer)
  expect([second.equals(long('b')), third.equals(long('c', 35_000))]).toEqual([true, true])
})

test('nothing is taken twice, nor what was never lent', () => {
  const copy = lend(long('a'))
  giveBack(copy)
  giveBack(copy)
  const own = long('x')
  giveBack(own)
  giveBack(Buffer.from('short'))
  const [one, two] = [lend(long('b')), lend(long('c'))]
  expect(one.buffer).not.toBe(two.buffer)
  expect(own.equals(long('x'))).toBe(true)
})

test('no part of a copy is taken: the other one is in use', () => {
  const copy = lend(long('a'))
  giveBack(copy.subarray(0, 64))
  giveBack(copy.subarray(64))
  expect(lend(long('b')).buffer).not.toBe(copy.buffer)
  expect(copy.equals(long('a'))).toBe(true)
})

test('what is kept longer is in memory of its own', () => {
  const copy = lend(long('a', 33_000))
  const own = kept(copy)
  expect([own.equals(long('a', 33_000)), own.buffer.byteLength]).toEqual([true, 33_000])
  expect(lend(long('b')).buffer).toBe(copy.buffer)
  const short = Buffer.from('short')
  expect(kept(short)).toBe(short)
})

test.each([0, 1, 32_767, MOST_AT_ONCE + 1])('%i bytes are copied as ever', (length) => {
  const copy = lend(long('a', length))
  expect(copy.equals(long('a', length))).toBe(true)
  const { buffer } = copy
  giveBack(copy)
  expect(lend(long('b')).buffer).not.toBe(buffer)
})
