import { expect, test } from 'vitest'
import { BoundedMap } from './bounded-map.ts'

test('forgets what was set longest ago, and only that', () => {
  const map = new BoundedMap<number>(3)
  for (const [index, key] of ['a', 'b', 'c', 'd'].entries()) map.set(key, index)
  expect(['a', 'b', 'c', 'd'].map((key) => map.get(key))).toEqual([undefined, 1, 2, 3])
  expect(map.size).toBe(3)
})

test('setting again makes an entry young and does not push out another', () => {
  const map = new BoundedMap<number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.set('a', 3)
  expect(map.get('b')).toBe(2)
  map.set('c', 4)
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, undefined, 4])
})

test('a deleted entry makes room', () => {
  const map = new BoundedMap<number>(2)
  map.set('a', 1)
  map.set('b', 2)
  map.delete('a')
  map.delete('never there')
  map.set('c', 3)
  expect([map.get('a'), map.get('b'), map.get('c'), map.size]).toEqual([undefined, 2, 3, 2])
})

test('keys are only keys, whatever they are called', () => {
  const map = new BoundedMap<number>(9)
  for (const key of ['__proto__', 'constructor', 'toString', '']) expect(map.get(key)).toBeUndefined()
  map.set('__proto__', 1)
  expect([map.get('__proto__'), map.size]).toEqual([1, 1])
})

test('never holds more than it may', () => {
  const map = new BoundedMap<number>(10)
  for (let index = 0; index < 10_000; index += 1) map.set(`key${index}`, index)
  expect([map.size, map.get('key9989'), map.get('key9990')]).toEqual([10, undefined, 9990])
})
