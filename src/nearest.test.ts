import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

const REGIONS = ['cn-north-1', 'cn-north-4', 'cn-north-12', 'cn-south-1', 'eu-west-101', 'my-kualalumpur-1']

test.each([
  ['cn-noth-4', 'cn-north-4'],
  ['CN-NORTH-4', 'cn-north-4'],
  ['cn_north_4', 'cn-north-4'],
  ['cn.north:4', 'cn-north-4'],
  ['cnnorth4', 'cn-north-4'],
  [' cn north 4 ', 'cn-north-4'],
  ['my-kualalumpor-1', 'my-kualalumpur-1'],
  ['eu-west-1', 'eu-west-101'],
])('%j is most like %j', (word, best) => expect(nearest(word, REGIONS)[0]).toBe(best))

test('the best comes first, equals in their order, three at most unless said otherwise', () => {
  expect(nearest('cn-north-1', REGIONS)).toEqual(['cn-north-1', 'cn-north-4', 'cn-north-12'])
  expect(nearest('cn-north-1', REGIONS, 1)).toEqual(['cn-north-1'])
  expect(nearest('cn-north-1', new Set(REGIONS), 4)).toHaveLength(4)
})

test.each([
  ['nothing', ''],
  ['two letters', 'zz'],
  ['other words', 'completely-elsewhere'],
  ['another script', '日本'],
  ['a million letters', 'x'.repeat(1_000_000)],
])('%s is like none', (_, word) => expect(nearest(word, REGIONS)).toEqual([]))

test('nothing known, nothing near', () => expect(nearest('cn-north-1', [])).toEqual([]))

test('gives known words only, never twice, whatever is asked', () => {
  fc.assert(
    fc.property(fc.string(), (word) => {
      const found = nearest(word, REGIONS)
      expect(found.length).toBeLessThanOrEqual(3)
      expect(new Set(found).size).toBe(found.length)
      for (const region of found) expect(REGIONS).toContain(region)
    }),
  )
})
