import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GAP } from '../huaweicloud/cloud.ts'
import { hasGaps, inGap, valueGap, withGap } from './quick-gap.ts'

const found = (one: string, url: string) => {
  const gap = valueGap(one, url)
  return gap && [gap.before, gap.value, gap.after, gap.name]
}

describe('two URLs differ in one value', () => {
  test.each([
    ['/a?x=1&name=b', '/a?x=1&name=c', ['/a?x=1&name=', 'c', '', 'name']],
    ['/a?name=b&x=1', '/a?name=c&x=1', ['/a?name=', 'c', '&x=1', 'name']],
    ['/a?name=image-1&x=1', '/a?name=image-11&x=1', ['/a?name=', 'image-11', '&x=1', 'name']],
    ['/a?name=11', '/a?name=1', ['/a?name=', '1', '', 'name']],
    ['/a?name=121', '/a?name=1', ['/a?name=', '1', '', 'name']],
    ['/a?n=1&n=1', '/a?n=1&n=2', ['/a?n=1&n=', '2', '', 'n']],
  ])('%s, %s', (one, url, gap) => {
    expect(found(one, url)).toEqual(gap)
  })

  test.each([
    ['or in none', '/a?x=1', '/a?x=1&y=2'],
    ['or in two', '/a?x=1&y=2', '/a?x=2&y=3'],
    ['or in a name', '/a?x=1', '/a?y=1'],
    ['or in the path', '/a?x=1', '/b?x=1'],
    ['or in a value that is encoded', '/a?x=1', '/a?x=%31'],
    ['or was encoded', '/a?x=%31', '/a?x=1'],
    ['or in one that is empty', '/a?x=1', '/a?x='],
    ['or was empty', '/a?x=', '/a?x=1'],
    ['or in what has no name', '/a?=1', '/a?=2'],
    ['or whether it is one', '/a?x', '/a?x=1'],
    ['or whose name is encoded', '/a?%78=1', '/a?%78=2'],
    ['or in more of the same', '/a?x=1', '/a?x=1&x=1'],
    ['or stands in a value', '/a?n=2&x=?n=1', '/a?n=2&x=?n=2'],
    ['or there is no query', '/a', '/ab'],
    ['or not at all', '/a?x=1', '/a?x=1&'],
  ])('%s', (_, one, url) => {
    expect(found(one, url)).toBeUndefined()
  })

  test('and what is found is that value, whatever they are', () => {
    const value = fc.stringMatching(/^[\w.-]{1,4}$/)
    const pairs = fc.array(fc.tuple(fc.stringMatching(/^[ab]{1,2}$/), value), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(pairs, fc.nat(3), value, (all, which, other) => {
        const at = which % all.length
        const written = (list: typeof all) => `/a?${list.map(([name, is]) => `${name}=${is}`).join('&')}`
        const changed = all.map(([name, is], n): [string, string] => [name, n === at ? other : is])
        fc.pre(written(all) !== written(changed))
        const gap = valueGap(written(all), written(changed))
        expect(gap).toMatchObject({ value: other, name: all[at]?.[0] })
        expect(gap && inGap(gap, written(all))).toBe(all[at]?.[1])
      }),
      { seed: 20261126, numRuns: 1_000 },
    )
  })
})

const gap = { in: 'query', before: '', after: '', value: 'v', name: 'n' } as const

test.each([
  ['there', [['n', 'v']], [['n', GAP]]],
  [
    'among others',
    [
      ['a', 'v'],
      ['n', 'v'],
      ['b', ''],
    ],
    [
      ['a', 'v'],
      ['n', GAP],
      ['b', ''],
    ],
  ],
  [
    'twice',
    [
      ['n', 'v'],
      ['n', 'v'],
    ],
    undefined,
  ],
  [
    'beside another',
    [
      ['n', 'w'],
      ['n', 'v'],
    ],
    undefined,
  ],
  ['changed', [['n', 'V']], undefined],
  ['nowhere', [['m', 'v']], undefined],
] as const)('a gap is where the value stands: %s', (_, query, gapped) => {
  expect(withGap(query, gap)).toEqual(gapped)
})

test('what a caller writes as a gap is none', () => {
  expect(hasGaps([{ a: GAP }], 1)).toBe(true)
  expect(hasGaps([{ a: `x${GAP}` }, [['n', GAP]]], 1)).toBe(false)
  expect(hasGaps([{ a: GAP }], 0)).toBe(false)
  expect(hasGaps([{}, undefined], 0)).toBe(true)
})
