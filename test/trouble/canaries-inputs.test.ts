import './canary-in-place.ts'
import { describe, expect, test } from 'vitest'
import { auditPlace } from '../helpers/audit.ts'
import { startBoth } from '../helpers/house.ts'
import { recordAnswers } from './canary-answers.ts'
import { expectNothing, sideBySide, signaturesIn, TALKATIVE, toldBy } from './canary-house.ts'
import { searchFor } from './canary-search.ts'
import type { InputHouse, InputRow } from './input-row.ts'
import { inputRows } from './input-rows.ts'

const search = searchFor()
const answers = recordAnswers()

const groups = sideBySide(inputRows, 8)

let heard = 0
let asExpected = 0
let signed = 0

async function run(row: InputRow): Promise<void> {
  const audit = auditPlace()
  const start = row.start ?? startBoth
  const house: InputHouse = await start({ ...TALKATIVE, HCA_AUDIT_FILE: audit, ...row.env })
  const got = await row.send(house)
  if (got?.status === (row.expect.status ?? got?.status)) asExpected += 1
  const signatures = signaturesIn(house.double?.requests ?? [])
  signed += signatures.length
  const told = await toldBy(house, answers, audit)
  if (String(told.answers).startsWith('HTTP/1.1 ') && told.log && told.metrics) heard += 1
  expectNothing(search, told, signatures, `${row.id} ${row.what}: `)
}

describe('bad inputs tell no secret', () => {
  test.each(groups.map((rows) => [rows.map(({ id }) => id).join(' '), rows] as const))(
    '%s',
    async (_, rows) => {
      await Promise.all(rows.map(run))
    },
  )

  test('and were bad for the reason they are there for, not for what was planted', () => {
    expect(asExpected / inputRows.length).toBeGreaterThan(0.97)
    expect(heard / inputRows.length).toBeGreaterThan(0.97)
    expect(signed).toBeGreaterThan(50)
  })
})
