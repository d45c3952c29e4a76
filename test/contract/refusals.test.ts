import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RefusalRow, refusalRows, type Setting } from './refusal-rows.ts'
import { settle } from './setting.ts'
import { type Heard, startWire, type Wire } from './wire.ts'

describe('a bad request gets the status and the code that Huawei documents', () => {
  let wire: Wire
  let setting: Setting

  beforeAll(async () => {
    wire = await startWire()
    setting = await settle(wire)
  })
  afterAll(() => wire.close())

  test.each(refusalRows.map((row, at) => [at, titleOf(row), row] as const))('%i: %s', async (_, __, row) => {
    const [status, code, asked] = row
    const heard = await wire.ask(typeof asked === 'function' ? asked(setting) : asked)
    expect(`${heard.status} ${codeOf(heard)}`, heard.text).toBe(`${status} ${code}`)
  })

  test('and there are at least 60 of these codes', () => {
    expect(new Set(refusalRows.map(([, code]) => code)).size).toBeGreaterThanOrEqual(60)
  })
})

const titleOf = ([status, code]: RefusalRow) => `${status} ${code}`

/** `Ecs.0005/0039` where the particular code is in the details only. */
function codeOf({ body }: Heard): string {
  const code = body?.error?.code ?? body?.error_code ?? body?.code
  const [detail] = body?.error?.details ?? []
  return detail && detail.code !== code
    ? `${code}/${String(detail.code).replace(/^\w+\./, '')}`
    : String(code)
}
