import { expect, test } from 'vitest'
import { readState, writeState } from './search-state.ts'

const DEFAULTS = { q: '', regions: [] as readonly string[], sort: 'name', from: 1, all: false }

test('an address without a query means the defaults', () => {
  expect(readState('', DEFAULTS)).toEqual(DEFAULTS)
})

test('what is written is read again, and only what differs is written', () => {
  const search = writeState('', DEFAULTS, {
    q: 'a&b 云',
    regions: ['cn-north-4', 'cn-east-2'],
    from: 4,
    all: true,
  })
  expect(search).toBe('q=a%26b+%E4%BA%91&regions=cn-north-4,cn-east-2&from=4&all=true')
  expect(readState(search, DEFAULTS)).toEqual({
    q: 'a&b 云',
    regions: ['cn-north-4', 'cn-east-2'],
    sort: 'name',
    from: 4,
    all: true,
  })
  expect(writeState(search, DEFAULTS, { q: '', regions: [], from: 1, all: false })).toBe('')
})

test('what others keep there stays, and nonsense is as nothing', () => {
  expect(writeState('tab=rules&q=x', DEFAULTS, { q: 'y' })).toBe('tab=rules&q=y')
  expect(readState('from=many', DEFAULTS).from).toBe(1)
})
