import { expect, test } from 'vitest'
import { textFilter } from './filtered.ts'

const rows = Array.from({ length: 10_000 }, (_, n) => ({ id: `ins-${n}`, name: `Web-${n % 97}` }))

test('all words must be there, in any case and order', () => {
  const filter = textFilter((row: { id: string; name: string }) => `${row.id} ${row.name}`)
  expect(filter(rows, '')).toBe(rows)
  expect(filter(rows, 'WEB-12 ins-10').map(({ id }) => id)).toEqual(['ins-109', 'ins-1079'])
  expect(filter(rows, 'nowhere')).toEqual([])
})

test('the text of a row is made once, however often it is searched', () => {
  let made = 0
  const filter = textFilter((row: { id: string; name: string }) => {
    made += 1
    return row.name
  })
  for (const search of ['w', 'we', 'web', 'web-1']) filter(rows, search)
  expect(made).toBe(rows.length)
})
