import { expect, test } from 'vitest'
import { asked, errorOf, type Got, startBoth } from '../helpers/house.ts'
import { type Expected, type InputHouse, isEvent, lineLike } from './input-row.ts'
import { inputRows } from './input-rows.ts'

function hold(got: Got, wanted: Expected): void {
  const { status, reason, word, fields, closes } = wanted
  if (status !== undefined) expect(got.status, got.text).toBe(status)
  if (reason !== undefined || fields) {
    const error = errorOf(got)
    if (reason !== undefined) expect(error.reason).toBe(reason)
    if (word !== undefined) expect(error.status).toBe(word)
    if (fields) expect(error.violations.map(({ field }) => field)).toEqual(fields)
    expect(error.retryDelay, 'to repeat it').toBeUndefined()
  }
  if (closes) expect(got.headers.get('connection')).toBe('close')
}

async function holdLog(house: InputHouse, { event, reason }: Expected): Promise<void> {
  const { log } = house
  if (event)
    expect(await lineLike(house, isEvent)).toMatchObject({
      level: 40,
      source: '127.0.0.1',
      count: 1,
      reasons: { [String(reason)]: 1 },
    })
  expect(log.filter(isEvent).length, 'lines about one source').toBeLessThanOrEqual(1)
  expect(
    log.filter(({ level }) => Number(level) >= 50),
    'errors of ours',
  ).toEqual([])
}

test.each(inputRows.map((row) => [`${row.id} ${row.what}`, row] as const))('%s', async (_, row) => {
  const start = row.start ?? startBoth
  const house: InputHouse = await start({ HCA_LOG_LEVEL: 'trace', ...row.env })
  const got = await row.send(house)
  if (got) hold(got, row.expect)
  await row.expect.more?.(got as Got, house)
  if (house.double) expect(asked(house.double)).toHaveLength(row.expect.sent ?? 0)
  await holdLog(house, row.expect)
})

test('every row of the table is here', () => {
  const ids = Array.from({ length: 120 }, (_, n) => `I-${String(n + 1).padStart(2, '0')}`)
  expect(ids.filter((id) => !inputRows.some((row) => row.id === id))).toEqual([])
  expect([...new Set(inputRows.map(({ id }) => id))].filter((id) => !ids.includes(id))).toEqual([])
})
