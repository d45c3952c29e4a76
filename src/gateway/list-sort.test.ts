import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SortKey } from './list-options.ts'
import { sorted } from './list-sort.ts'

const by = (...names: string[]): SortKey[] =>
  names.map((name) => ({ path: name.replace(/^-/, ''), descends: name.startsWith('-') }))
const order = <T>(values: readonly T[], ...names: string[]) => sorted(values, by(...names), (value) => value)
const ordered = (values: unknown[], name = 'v') =>
  order(
    values.map((v) => ({ v })),
    name,
  ).map(({ v }) => v)

const EMPTY = [null, undefined, '']
const value = fc.oneof(
  fc.constantFrom(
    ...EMPTY,
    '0',
    '-0',
    0,
    -0,
    '10',
    10,
    '9',
    '1.50',
    1.5,
    '1e3',
    '-3',
    true,
    false,
    'a',
    'B',
    '中',
  ),
  fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, '9'.repeat(400), '016', '16'),
  fc.string(),
  fc.double({ noNaN: true }),
  fc.array(fc.string()),
  fc.dictionary(fc.string(), fc.string()),
)

test.each<[what: string, values: unknown[], expected: unknown[]]>([
  ['numbers', [10, 9, -1, 1.5], [-1, 1.5, 9, 10]],
  ['numbers as texts', ['16', '8', '128', '-1', '1.5'], ['-1', '1.5', '8', '16', '128']],
  ['numbers of both kinds', ['16', 8, '4', 32], ['4', 8, '16', 32]],
  ['texts by code unit', ['b', 'B', 'é', 'a', '中'], ['B', 'a', 'b', 'é', '中']],
  ['texts behind numbers', ['web-2', '10', 'web-10', 9], [9, '10', 'web-10', 'web-2']],
  [
    'dates',
    ['2026-02-01T00:00:00Z', '2025-12-31T23:59:59Z'],
    ['2025-12-31T23:59:59Z', '2026-02-01T00:00:00Z'],
  ],
  ['truths', [true, false], [false, true]],
  ['what is empty last', [null, 'a', undefined, 1, ''], [1, 'a', null, undefined, '']],
])('%s', (_, values, expected) => expect(ordered(values)).toEqual(expected))

test('descends, with what is empty last all the same', () => {
  expect(ordered([null, 'a', 1, '', 'b', 2], '-v')).toEqual(['b', 'a', 2, 1, null, ''])
})

test('a later key counts where an earlier one is equal', () => {
  const rows = [
    { a: 'x', b: 1, n: 0 },
    { a: 'x', b: 2, n: 1 },
    { a: 'w', b: 1, n: 2 },
    { b: 9, n: 3 },
  ]
  expect(order(rows, 'a', '-b').map(({ n }) => n)).toEqual([2, 1, 0, 3])
  expect(order(rows, '-b', 'a').map(({ n }) => n)).toEqual([3, 1, 2, 0])
  const infinite = [
    { a: Number.POSITIVE_INFINITY, b: 2 },
    { a: Number.POSITIVE_INFINITY, b: 1 },
  ]
  expect(order(infinite, 'a', 'b').map(({ b }) => b)).toEqual([1, 2])
})

test('goes by inner fields', () => {
  const rows = [{ flavor: { vcpus: '16' } }, { flavor: { vcpus: '4' } }, {}]
  expect(order(rows, 'flavor.vcpus')).toEqual([rows[1], rows[0], rows[2]])
})

test('equals keep their order, and nothing is lost, whatever the values are', () => {
  fc.assert(
    fc.property(fc.array(value), fc.boolean(), (values, descends) => {
      const rows = values.map((v, n) => ({ v, n }))
      const once = order(rows, descends ? '-v' : 'v')
      expect(once.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual(rows.map(({ n }) => n))
      expect(order(once, descends ? '-v' : 'v')).toEqual(once)
      const same = order(
        values.map((_, n) => ({ n })),
        'v',
      )
      expect(same.map(({ n }) => n)).toEqual(rows.map(({ n }) => n))
    }),
  )
})

/** Whether `a` may stand before `b`: that two of them are put, or left, in this order. */
const before = (a: unknown, b: unknown, name: string) => order([{ v: a }, { v: b }], name)[0]?.v === a

test('is one order: of three, the first stands before the last', () => {
  fc.assert(
    fc.property(value, value, value, fc.constantFrom('v', '-v'), (a, b, c, name) => {
      const [x, y, z] = order([{ v: a }, { v: b }, { v: c }], name).map(({ v }) => v)
      const turns = [
        [a, b, c],
        [b, c, a],
        [c, a, b],
        [c, b, a],
        [b, a, c],
        [a, c, b],
      ]
      for (const turn of turns) {
        const again = order(
          turn.map((v) => ({ v })),
          name,
        ).map(({ v }) => v)
        // Equals may change places with each other; what they are worth may not.
        for (const [at, v] of again.entries()) {
          const there = [x, y, z][at]
          expect(before(v, there, name) && before(there, v, name)).toBe(true)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('turned round, all that has a value is turned round', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.oneof(fc.integer(), fc.stringMatching(/^[a-z]{1,3}$/))), (values) => {
      expect(ordered(values, '-v')).toEqual(ordered(values).toReversed())
    }),
  )
})
