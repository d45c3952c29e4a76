import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { openAudit } from '../src/audit/audit.ts'
import { verifyCommand } from '../src/audit-command.ts'
import { CannotStart } from '../src/cannot-start.ts'
import { outside } from '../src/outside.ts'
import { SettingsError } from '../src/settings.ts'
import { auditPlace } from './helpers/audit.ts'
import { run } from './helpers/program.ts'

// A program needs a second to start, and many where the machine is busy.
vi.setConfig({ testTimeout: 60_000 })

/** Three writes, the last of them without an outcome. */
async function written(): Promise<string> {
  const file = auditPlace()
  const noon = Date.UTC(2026, 0, 5, 12)
  const audit = await openAudit(
    file,
    { ...outside, now: () => noon, sleep: async () => {} },
    { failing() {}, recovered() {}, lost() {} },
  )
  const intent = (n: number) =>
    audit.intent({
      requestId: `request-${n}`,
      operation: 'CreateServers',
      regionId: 'cn-east-2',
      clientToken: `token-${n}`,
    })
  for (const n of [1, 2]) audit.outcome(await intent(n), { outcome: 'done' })
  await intent(3)
  await audit.close()
  return file
}

const hashes = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => String(JSON.parse(line).hash))

describe('audit verify', () => {
  test('tells what is in a file, and which writes have no outcome', async () => {
    const file = await written()
    const expected = [
      'lines: 5',
      'first: 2026-01-05T12:00:00.000Z',
      'last: 2026-01-05T12:00:00.000Z',
      `head: ${hashes(file)[4]}`,
      'intents without outcome: 1',
      '  number 5  2026-01-05T12:00:00.000Z  request request-3  CreateServers  cn-east-2  client token token-3',
      '',
    ].join('\n')
    expect(await run(['audit', 'verify', file])).toEqual({ code: 0, stdout: expected, stderr: '' })
    expect(await run(['audit', 'verify'], { HCA_AUDIT_FILE: file })).toMatchObject({ stdout: expected })
  })

  test('names the first line that breaks, and exits 1', async () => {
    const file = await written()
    writeFileSync(file, readFileSync(file, 'utf8').replace('request-2', 'request-9'))
    expect(await run(['audit', 'verify', '--audit-file', file])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'line 3 was changed: its hash is that of another line\n',
    })
  })

  test('finds a head that was kept, or misses it', async () => {
    const file = await written()
    const [, second = '', , , last = ''] = hashes(file)
    expect(await verifyCommand({ head: second }, [file], {})).toMatchObject({
      code: 0,
      out: expect.stringMatching(/\nkept head: found, 3 lines after it\n$/),
    })
    const lines = readFileSync(file, 'utf8').split('\n')
    writeFileSync(file, `${lines.slice(0, 3).join('\n')}\n`)
    expect(await verifyCommand({ head: last }, [file], {})).toMatchObject({
      code: 1,
      notes: [expect.stringContaining('lines were cut off')],
    })
  })

  test('wants a file that is there, and a head that is one', async () => {
    await expect(verifyCommand({}, [], {})).rejects.toThrow(SettingsError)
    await expect(verifyCommand({ head: 'abc' }, ['x'], {})).rejects.toThrow(SettingsError)
    await expect(verifyCommand({}, [`${auditPlace()}.missing`], {})).rejects.toThrow(CannotStart)
  })

  test('is a command of its own', async () => {
    expect(await run(['audit', 'verify', 'a', 'b'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Too many words'),
    })
    expect(await run(['--head', 'abc'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--head has no effect on serve'),
    })
  })
})

test('a server whose audit file cannot be opened does not start, and says so in one line', async () => {
  const file = `${auditPlace()}/nowhere/audit.jsonl`
  expect(await run(['--port', '0'], { HCA_AUDIT_FILE: file })).toEqual({
    code: 1,
    stdout: '',
    stderr: `huawei-cloud-api: The audit file ${file} cannot be opened (ENOENT).\n`,
  })
})
