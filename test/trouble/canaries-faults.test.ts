import './canary-in-place.ts'
import { describe, expect, test } from 'vitest'
import { auditPlace } from '../helpers/audit.ts'
import { keyHeaders } from '../helpers/house.ts'
import { recordAnswers } from './canary-answers.ts'
import { expectNothing, sideBySide, signaturesIn, TALKATIVE, toldBy } from './canary-house.ts'
import { canaries } from './canary-list.ts'
import { searchFor } from './canary-search.ts'
import { call, type FaultRow, PASSWORD } from './fault-row.ts'
import { faultRows } from './fault-rows.ts'

const search = searchFor([...canaries, { name: 'password of the rows', text: PASSWORD }])
const answers = recordAnswers()

const groups = sideBySide(faultRows, 12)

let heard = 0
let asExpected = 0
let signed = 0

async function run(row: FaultRow): Promise<void> {
  const audit = auditPlace()
  const house = await row.start({ ...TALKATIVE, HCA_AUDIT_FILE: audit, ...row.env })
  const got = await (row.send ? row.send(house, keyHeaders) : call(house.url, row.kind))
  if (got.status === row.expect.status) asExpected += 1
  const signatures = signaturesIn(house.heard)
  signed += signatures.length
  const told = await toldBy(house, answers, audit)
  if (String(told.answers).startsWith('HTTP/1.1 ') && told.log && told.metrics) heard += 1
  if (row.kind !== 'read') expect(String(told.audit), row.what).toContain('"kind":"intent"')
  expectNothing(search, told, signatures, `${row.id} ${row.what}: `)
}

describe('faults tell no secret', () => {
  test.each(groups.map((rows) => [[...new Set(rows.map(({ id }) => id))].join(' '), rows] as const))(
    '%s',
    async (_, rows) => {
      await Promise.all(rows.map(run))
    },
  )

  test('and are the faults that they should be', () => {
    expect(asExpected).toBe(faultRows.length)
    expect(heard).toBe(faultRows.length)
    expect(signed).toBeGreaterThan(faultRows.length / 2)
  })
})
