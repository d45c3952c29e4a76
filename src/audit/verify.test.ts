import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { chained, START } from './line.ts'
import { verifyAudit } from './verify.ts'

/** Whole lines, and what is done to them. */
type Change = (lines: string[]) => string[]

function chainOf(count: number, say: (n: number) => object): string[] {
  let prev = START
  return Array.from({ length: count }, (_, n) => {
    const { text, hash } = chained(n + 1, `2026-01-01T00:00:0${n % 10}.000Z`, say(n), prev)
    prev = hash
    return text
  })
}

let good: string[] = []
beforeAll(() => {
  good = chainOf(9, (n) => (n % 2 ? { kind: 'outcome', intent: n } : { kind: 'intent', requestId: `r-${n}` }))
})

function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'audit.jsonl')
  writeFileSync(file, text)
  return file
}

const verified = (lines: readonly string[], kept?: string) => verifyAudit(fileOf(lines.join('')), kept)
const hashOf = (line = '') => String(JSON.parse(line).hash)

test('a whole file is told of in full', async () => {
  expect(await verified(good)).toEqual({
    lines: 9,
    first: '2026-01-01T00:00:00.000Z',
    last: '2026-01-01T00:00:08.000Z',
    head: hashOf(good[8]),
    open: [{ seq: 9, fields: expect.objectContaining({ requestId: 'r-8' }) }],
  })
})

test('an empty file is a whole one', async () => {
  expect(await verified([])).toEqual({ lines: 0, head: START, open: [] })
})

describe('the first line that breaks is named', () => {
  const swapped: Change = ([a, b, c, d, ...rest]) => [a, b, d, c, ...rest].map((line) => line ?? '')
  const anew = (lines: readonly string[]): string[] => {
    let prev = START
    return lines.map((line) => {
      const { seq, time, prev: _, hash: __, ...fields } = JSON.parse(line)
      const next = chained(seq, time, fields, prev)
      prev = next.hash
      return next.text
    })
  }
  test.each<[string, number, RegExp, Change]>([
    ['a changed word', 3, /was changed/, (l) => l.with(2, (l[2] ?? '').replace('r-2', 'r-9'))],
    ['a changed hash', 3, /was changed/, (l) => l.with(2, (l[2] ?? '').replace(/.{6}"}\n$/, '000000"}\n'))],
    ['a line taken out', 4, /number 4 is missing/, (l) => l.toSpliced(3, 1)],
    ['several taken out', 2, /numbers 2 to 5 are missing/, (l) => l.toSpliced(1, 4)],
    ['the first taken out', 1, /number 1 is missing/, (l) => l.slice(1)],
    ['two changed places', 3, /number 3 is missing/, swapped],
    ['one said twice', 5, /out of order/, (l) => l.toSpliced(4, 0, l[3] ?? '')],
    ['a torn last line', 9, /torn/, (l) => l.with(8, (l[8] ?? '').slice(0, 40))],
    ['a last line without its end', 9, /torn/, (l) => l.with(8, (l[8] ?? '').trimEnd())],
    ['an empty line', 2, /no line of the audit/, (l) => l.toSpliced(1, 0, '\n')],
    ['another program’s line', 10, /no line of the audit/, (l) => [...l, '{"level":30,"msg":"hello"}\n']],
    [
      'a part of another chain',
      6,
      /does not follow/,
      (l) => [...l.slice(0, 5), ...anew(l.map((line) => line.replace('r-2', 'r-9'))).slice(5)],
    ],
    ['Windows line ends', 1, /no line of the audit/, (l) => l.map((line) => line.replace('\n', '\r\n'))],
  ])('%s', async (_, line, why, change) => {
    expect(await verified(change([...good]))).toEqual({ line, why: expect.stringMatching(why) })
  })
})

describe('a kept head', () => {
  test.each([0, 4, 8])('of line %i is found', async (at) => {
    expect(await verified(good, hashOf(good[at]))).toMatchObject({ afterKept: 8 - at })
  })

  test('that was cut off is missed', async () => {
    const found = await verified(good.slice(0, 6), hashOf(good[8]))
    expect(found).toMatchObject({ lines: 6 })
    expect(found).not.toHaveProperty('afterKept')
  })
})

test('lines may lie across two pieces of the reading', async () => {
  const lines = chainOf(6_000, (n) => ({
    kind: n % 2 ? 'outcome' : 'intent',
    intent: n,
    more: 'x'.repeat(300),
  }))
  expect(await verified(lines)).toMatchObject({ lines: 6_000, open: [] })
})

describe('the lines of the document', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/audit.md'), 'utf8')
  const [, script = ''] = /```python\n([\s\S]*?)```/.exec(page) ?? []
  const hasPython = spawnSync('python3', ['--version']).status === 0
  if (!hasPython) process.stderr.write('SKIPPED: python3 is missing\n')

  const judged = (lines: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync('python3', ['-c', script, fileOf(lines.join(''))])
    return { status, said: `${stdout}${stderr}` }
  }

  test.skipIf(!hasPython && process.env.REQUIRE_JUDGES !== '1')('find the same, in another language', () => {
    expect(script).not.toBe('')
    expect(judged(good)).toEqual({ status: 0, said: expect.stringContaining(hashOf(good[8])) })
    expect(judged(good.with(2, (good[2] ?? '').replace('r-2', 'r-9')))).toMatchObject({
      status: 1,
      said: expect.stringContaining('line 3'),
    })
    expect(judged(good.toSpliced(3, 1))).toMatchObject({ status: 1, said: expect.stringContaining('line 4') })
  })
})
