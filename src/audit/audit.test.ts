import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { outside } from '../outside.ts'
import { openAudit } from './audit.ts'
import { AuditFileError } from './audit-file-error.ts'
import { START } from './line.ts'
import { verifyAudit } from './verify.ts'

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'audit.jsonl')
}

async function opened(file: string) {
  const said: string[] = []
  const audit = await openAudit(file, outside, {
    failing: (why) => said.push(`failing: ${why}`),
    recovered: () => said.push('recovered'),
    lost: (count) => said.push(`lost ${count}`),
  })
  let isOpen = true
  const close = async () => {
    if (isOpen) await audit.close()
    isOpen = false
  }
  onTestFinished(close)
  return { ...audit, close, said }
}

async function written(count = 3): Promise<string> {
  const file = place()
  const audit = await opened(file)
  for (let n = 0; n < count; n += 1) audit.outcome(await audit.intent({ n }), { n })
  await audit.close()
  return file
}

const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1)
const parsed = (file: string) => linesOf(file).map((line) => JSON.parse(line))

describe('an audit file', () => {
  test('is a chain of lines, and nobody else may read it', async () => {
    const file = await written()
    const lines = parsed(file)
    expect(lines.map(({ seq, kind }) => `${seq} ${kind}`)).toEqual([
      '1 intent',
      '2 outcome',
      '3 intent',
      '4 outcome',
      '5 intent',
      '6 outcome',
    ])
    expect(lines[0].prev).toBe(START)
    for (const [at, line] of lines.slice(1).entries()) expect(line.prev).toBe(lines[at].hash)
    expect(lines[3].intent).toBe(3)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await verifyAudit(file)).toMatchObject({ lines: 6, head: lines[5].hash, open: [] })
  })

  test('goes on where it ended', async () => {
    const file = await written(1)
    const audit = await opened(file)
    expect(await audit.intent({})).toBe(3)
    await audit.close()
    expect(await verifyAudit(file)).toMatchObject({ lines: 3, open: [{ seq: 3 }] })
  })

  test('takes what comes at the same time together, each in its turn', async () => {
    const file = place()
    const audit = await opened(file)
    const numbers = await Promise.all(Array.from({ length: 200 }, (_, n) => audit.intent({ n })))
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, n) => n + 1))
    for (const number of numbers) audit.outcome(number, {})
    await audit.close()
    expect(parsed(file).map(({ seq }) => seq)).toEqual(Array.from({ length: 400 }, (_, n) => n + 1))
    expect(await verifyAudit(file)).toMatchObject({ lines: 400, open: [] })
  })

  test.each([1, 5, 7, 30, 200])('cuts off %i bytes of a torn line, and says so', async (bytes) => {
    const file = await written()
    const whole = readFileSync(file)
    appendFileSync(file, `{"seq":7,"time":"${'x'.repeat(300)}`.slice(0, bytes))
    expect(await verifyAudit(file)).toMatchObject({ line: 7, why: 'is torn: it has no end' })
    const audit = await opened(file)
    expect(audit.recovered).toBe(bytes)
    await audit.close()
    expect(readFileSync(file).subarray(0, whole.length)).toEqual(whole)
    expect(parsed(file)[6]).toMatchObject({ seq: 7, kind: 'recovered', tornBytes: bytes, afterSeq: 6 })
    expect(await verifyAudit(file)).toMatchObject({ lines: 7 })
  })

  test('that was torn in its first line is begun anew', async () => {
    const file = place()
    writeFileSync(file, '{"seq":1,"ti')
    const audit = await opened(file)
    await audit.close()
    expect(parsed(file)).toMatchObject([{ seq: 1, kind: 'recovered', prev: START }])
  })

  test.each([
    ['somebody else’s notes', 'remember the milk'],
    ['somebody else’s lines', 'one\ntwo\n'],
    ['an empty line', '\n'],
    ['JSON of another kind', '{"level":30}\n'],
  ])('is not made of %s', async (_, text) => {
    const file = place()
    writeFileSync(file, text)
    await expect(opened(file)).rejects.toThrow(AuditFileError)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('whose last line was changed gets none behind it', async () => {
    const file = await written()
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"n":2,"prev"/g, '"n":9,"prev"'))
    await expect(opened(file)).rejects.toThrow('does not end with a line of the audit')
  })

  test('has to be a file, in a folder that is there', async () => {
    await expect(opened('/dev/full')).rejects.toThrow('is no regular file')
    await expect(opened(join(place(), 'nowhere'))).rejects.toThrow('cannot be opened (ENOENT)')
  })
})

describe('when the file is not as it was left', () => {
  test('nothing is added until it is again', async () => {
    const file = place()
    const audit = await opened(file)
    const first = await audit.intent({})
    const size = statSync(file).size
    appendFileSync(file, 'somebody else\n')
    await expect(audit.intent({})).rejects.toThrow('changed')
    await expect(audit.intent({})).rejects.toThrow('changed')
    expect(readFileSync(file, 'utf8').slice(size)).toBe('somebody else\n')
    writeFileSync(file, readFileSync(file).subarray(0, size))
    expect(await audit.intent({})).toBe(2)
    audit.outcome(first, {})
    await audit.close()
    expect(audit.said).toEqual(['failing: changed by somebody else', 'recovered'])
    expect(await verifyAudit(file)).toMatchObject({ lines: 3, open: [{ seq: 2 }] })
  })

  test('because two servers share it, only the one that wrote first goes on', async () => {
    const file = place()
    const [one, other] = [await opened(file), await opened(file)]
    await one.intent({})
    await expect(other.intent({})).rejects.toThrow('changed')
    await one.intent({})
    expect(await verifyAudit(file)).toMatchObject({ lines: 2 })
  })

  test('because it was deleted, nothing is written to what is left of it', async () => {
    const file = place()
    const audit = await opened(file)
    unlinkSync(file)
    await expect(audit.intent({})).rejects.toThrow('deleted')
    expect(audit.said).toEqual(['failing: deleted'])
  })
})
