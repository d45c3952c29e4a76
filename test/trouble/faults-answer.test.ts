import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { testRows } from './fault-row.ts'
import { faultRows } from './fault-rows.ts'
import { answerRows } from './fault-rows-answer.ts'
import { bodyRows } from './fault-rows-body.ts'
import { parsedRows } from './fault-rows-parsed.ts'
import { rawRows } from './fault-rows-raw.ts'
import { refusalRows } from './fault-rows-refusal.ts'

testRows([...answerRows, ...bodyRows, ...parsedRows, ...refusalRows, ...rawRows])

const HERE = import.meta.dirname

const withoutComments = (source: string) => source.replace(/^\s*(\/\/|\/?\*).*$/gm, '')

/** Where tests are named: others than those of one row tell of many calls, or of the process itself. */
const named = readdirSync(HERE)
  .filter((file) => /\.test\.ts$|^fault-rows-/.test(file))
  .flatMap((file) => withoutComments(readFileSync(`${HERE}/${file}`, 'utf8')).match(/F-\d\d/g) ?? [])

test('every fault of the table is here', () => {
  const ids = Array.from({ length: 60 }, (_, n) => `F-${String(n + 1).padStart(2, '0')}`)
  expect(ids.filter((id) => !named.includes(id))).toEqual([])
  expect([...new Set(named)].filter((id) => !ids.includes(id))).toEqual([])
})

test('no row hides another', () => {
  const names = faultRows.map(({ id, what, kind }) => `${id} ${what} (${kind})`)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})
