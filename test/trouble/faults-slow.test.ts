import { testRowsAtOnce } from './fault-row.ts'
import { slowRows } from './fault-rows-slow.ts'

for (const ids of [
  ['F-17', 'F-18'],
  ['F-20', 'F-27'],
])
  testRowsAtOnce(slowRows.filter(({ id }) => ids.includes(id)))
