import { expect, test } from 'vitest'
import { compareValues, sortingOf } from './compare.ts'

test('names with numbers are ordered as people do, and nothing comes last', () => {
  expect(['web-10', '', 'web-2', undefined, 'Web-1'].toSorted(compareValues)).toEqual([
    'Web-1',
    'web-2',
    'web-10',
    '',
    undefined,
  ])
  expect([10, 9, 100].toSorted(compareValues)).toEqual([9, 10, 100])
})

test('a minus sorts the other way', () => {
  expect(sortingOf('-created')).toEqual({ id: 'created', desc: true })
  expect(sortingOf('name')).toEqual({ id: 'name', desc: false })
  expect(sortingOf('')).toBeUndefined()
})
