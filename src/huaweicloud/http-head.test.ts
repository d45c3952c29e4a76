import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HeadReader } from './http-head.ts'

const line = fc.constantFrom<string[]>(
  'Date: Thu, 26 Nov 2026 10:00:00 GMT',
  'Date: Thu, 26 Nov 2026 10:00:01 GMT',
  'X-Request-Id: a',
  'x-request-id: b',
  'Content-Length: 5',
  'Content-Length: 70',
  'content-length: x',
  'Transfer-Encoding: chunked',
  'Connection: keep-alive',
  'Connection: close',
  'Keep-Alive: timeout=5',
  'Keep-Alive: timeout=60',
  'Content-Type: application/json',
  'no field',
  '__proto__: x',
)
const statusLine = fc.constantFrom(
  'HTTP/1.1 200 OK',
  'HTTP/1.1 204 No Content',
  'HTTP/1.0 200 OK',
  'HTTP/2 200',
)
const head = fc.tuple(statusLine, fc.array(line, { maxLength: 6 })).map(([first, rest]) => [first, ...rest])

/** The head, or that it is none. */
function readBy(reader: HeadReader, lines: readonly string[]): unknown {
  try {
    return structuredClone(reader.read(lines.join('\r\n')))
  } catch (error) {
    return String(error)
  }
}

/** Heads that differ in few lines, as those of one connection do. */
const heads = fc
  .tuple(head, fc.array(fc.tuple(fc.nat(6), line), { maxLength: 12 }))
  .map(([first, changes]) => {
    const all: string[][] = [first]
    for (const [at, to] of changes)
      all.push((all.at(-1) as string[]).map((one, n) => (n === at && n > 0 ? to : one)))
    return all
  })

test('a head is read as if it were the first of its connection', () => {
  fc.assert(
    fc.property(heads, (all) => {
      const reader = new HeadReader()
      for (const one of all) expect(readBy(reader, one)).toEqual(readBy(new HeadReader(), one))
    }),
    { seed: 20261126, numRuns: 2_000 },
  )
})

test('what was read before is not changed by what comes', () => {
  const reader = new HeadReader()
  const first = reader.read('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Request-Id: a')
  reader.read('HTTP/1.1 200 OK\r\nContent-Length: 70\r\nX-Request-Id: b')
  expect(first).toMatchObject({ body: 5, headers: { 'content-length': '5', 'x-request-id': 'a' } })
})
