import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AnswerReader } from './http-answer.ts'
import { type AnswerHead, NotHttp } from './http-head.ts'

interface Read {
  heads: AnswerHead[]
  body: string
  ends: number
  /** What was wrong with it. */
  fault?: unknown
}

/** Reads these pieces as one answer, whose connection then ends. */
function read(pieces: readonly Buffer[], reader = readerInto()): Read {
  const { got } = reader
  reader.expect()
  try {
    for (const piece of pieces) {
      const lent = Buffer.from(piece)
      reader.take(lent)
      lent.fill(0) // others are read into it
    }
    reader.close()
  } catch (error) {
    got.fault = error
  }
  return got
}

function readerInto(got: Read = { heads: [], body: '', ends: 0 }) {
  const reader = new AnswerReader({
    head: (head) => void got.heads.push(head),
    data(bytes) {
      got.body += bytes.toString('latin1')
    },
    end: () => {
      got.ends += 1
    },
  })
  return {
    got,
    expect: () => reader.expect(),
    take: (bytes: Buffer) => reader.take(bytes),
    close: () => reader.close(),
  }
}

const bytes = (text: string) => Buffer.from(text, 'latin1')

const cut = (text: string, at: readonly number[]): Buffer[] => {
  const places = [...new Set(at.map((one) => one % (text.length + 1)))].sort((a, b) => a - b)
  return [0, ...places].map((from, index) => bytes(text.slice(from, places[index] ?? text.length)))
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`

const good: Record<string, [text: string, status: number, body: string]> = {
  'with a length': [`${OK}Content-Length: 13\r\n\r\n{"a":"b\r\n\r\n"}`, 200, '{"a":"b\r\n\r\n"}'],
  'with nothing': [`${OK}Content-Length: 0\r\n\r\n`, 200, ''],
  'in chunks': [`${CHUNKED}3\r\n{"a\r\n0A ; x="y"\r\n":"\r\n0\r\n"}\r\n0\r\n\r\n`, 200, '{"a":"\r\n0\r\n"}'],
  'with trailers': [`${CHUNKED}2\r\n{}\r\n000;x\r\nX-Sum: 1\r\nY:\r\n\r\n`, 200, '{}'],
  'to the end of the connection': [`HTTP/1.0 200\r\n\r\n{}\r\n`, 200, '{}\r\n'],
  'behind interim ones': [
    `HTTP/1.1 103 X\r\nLink: <a>\r\n\r\nHTTP/1.1 102 \r\n\r\n${OK}Content-Length: 2\r\n\r\n{}`,
    200,
    '{}',
  ],
  'without a body': [`HTTP/1.1 204 No Content\r\nX: \t \r\n\r\n`, 204, ''],
  'whose length is that of another': [`HTTP/1.1 304 X\r\nContent-Length: 50\r\n\r\n`, 304, ''],
}

describe.each(Object.entries(good))('an answer %s', (_, [text, status, body]) => {
  test('is the same wherever it is cut into pieces', () => {
    const whole = read([bytes(text)])
    expect(whole).toMatchObject({ body, ends: 1 })
    expect(whole.heads.map((head) => head.status)).toEqual([status])
    expect(whole.fault).toBeUndefined()
    for (let at = 0; at <= text.length; at += 1) expect(read(cut(text, [at]))).toEqual(whole)
    expect(read([...bytes(text)].map((byte) => Buffer.of(byte)))).toEqual(whole)
    const places = fc.array(fc.nat(), { maxLength: 12 })
    fc.assert(
      fc.property(places, (at) => {
        expect(read(cut(text, at))).toEqual(whole)
      }),
      { seed: 20261126, numRuns: 50 },
    )
  })

  test('that ends too early has no end, and is no fault', () => {
    if (text.startsWith('HTTP/1.0')) return
    for (let length = 0; length < text.length; length += 1) {
      const { ends, fault } = read([bytes(text.slice(0, length))])
      expect([length, ends, fault]).toEqual([length, 0, undefined])
    }
  })

  test('is whole, and what comes behind it is not taken for the next', () => {
    if (text.startsWith('HTTP/1.0')) return
    for (const more of ['x', '\r\n', `${OK}Content-Length: 0\r\n\r\n`]) {
      const together = read([bytes(text + more)])
      expect(together).toMatchObject({ body, ends: 1 })
      expect(together.fault).toBeInstanceOf(NotHttp)
      const later = read([bytes(text), bytes(more)])
      expect(later).toMatchObject({ body, ends: 1 })
      expect(later.fault).toBeInstanceOf(NotHttp)
    }
  })
})

const LF = OK.replaceAll('\r', '')

test.each([
  ['nothing of HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
  ['an empty line first', `\r\n${OK}Content-Length: 0\r\n\r\n`],
  ['another version', 'HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
  ['a status of no kind', 'HTTP/1.1 600 OK\r\n\r\n'],
  ['a status line with a control character', 'HTTP/1.1 200 O\0K\r\n\r\n'],
  ['lines without a return', `${LF}Content-Length: 0\n\n`],
  ['one line without a return', `${OK}X: y\nContent-Length: 0\r\n\r\n`],
  ['a return by itself', `${OK}X: y\rContent-Length: 0\r\n\r\n`],
  ['a folded line', `${OK}X: y\r\n z\r\n\r\n`],
  ['a blank before a colon', `${OK}X : y\r\n\r\n`],
  ['a header without a colon', `${OK}X\r\n\r\n`],
  ['a header without a name', `${OK}: y\r\n\r\n`],
  ['a header that is no header', `${OK}__proto__: y\r\n\r\n`],
  ['a NUL in a header', `${OK}X: a\0b\r\n\r\n`],
  ['two lengths', `${OK}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
  ['the same length twice', `${OK}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`],
  ['a list of lengths', `${OK}Content-Length: 2, 2\r\n\r\n{}`],
  ['a length with a sign', `${OK}Content-Length: +2\r\n\r\n{}`],
  ['a negative length', `${OK}Content-Length: -2\r\n\r\n{}`],
  ['a length of no digits', `${OK}Content-Length: \r\n\r\n{}`],
  ['a length beyond numbers', `${OK}Content-Length: 9999999999999999\r\n\r\n{}`],
  ['a length and chunks', `${OK}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['another coding', `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ['chunked twice', `${OK}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ['a chunk without a size', `${CHUNKED}\r\n{}\r\n0\r\n\r\n`],
  ['a chunk of no number', `${CHUNKED}0x2\r\n{}\r\n0\r\n\r\n`],
  ['a chunk with a sign', `${CHUNKED}+2\r\n{}\r\n0\r\n\r\n`],
  ['a blank behind a size', `${CHUNKED}2 \r\n{}\r\n0\r\n\r\n`],
  ['a chunk beyond numbers', `${CHUNKED}fffffffffffff\r\n{}`],
  ['a size without a return', `${CHUNKED}2\n{}\r\n0\r\n\r\n`],
  ['a chunk that is longer than it says', `${CHUNKED}1\r\n{}\r\n0\r\n\r\n`],
  ['a size without end', `${CHUNKED}2;${'x'.repeat(2_000)}`],
  ['a trailer that is none', `${CHUNKED}0\r\nX\r\n\r\n`],
  ['trailers without end', `${CHUNKED}0\r\n${`X: ${'y'.repeat(1_000)}\r\n`.repeat(20)}`],
  ['a head without end', `${OK}X: ${'y'.repeat(17_000)}`],
  ['a head too long', `${OK}X: ${'y'.repeat(17_000)}\r\n\r\n`],
  ['an invitation to go on', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ['another protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n'],
  ['interim answers without end', 'HTTP/1.1 103 X\r\n\r\n'.repeat(20)],
])('%s is no HTTP', (_, text) => {
  for (const pieces of [[bytes(text)], [...bytes(text)].map((byte) => Buffer.of(byte))]) {
    const { fault, ends } = read(pieces)
    expect(fault).toBeInstanceOf(NotHttp)
    expect(ends).toBe(0)
  }
})

test('garbage is never anything worse, and never an end twice', () => {
  const words = [
    ...Object.values(good).map(([text]) => text),
    '\r\n',
    '\n',
    '0',
    'f',
    ';',
    ':',
    ' ',
    'HTTP/1.1 ',
  ]
  const garbage = fc.array(
    fc.oneof(
      fc.constantFrom(...words),
      fc.constantFrom(...words).chain((text) => fc.nat(text.length).map((at) => text.slice(at))),
      fc.constantFrom(...words).chain((text) => fc.nat(text.length).map((at) => text.slice(0, at))),
      fc.uint8Array({ maxLength: 5 }).map((some) => Buffer.from(some).toString('latin1')),
    ),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(garbage, fc.array(fc.nat(), { maxLength: 4 }), (parts, at) => {
      const text = parts.join('')
      const { fault, ends } = read(cut(text, at))
      if (fault !== undefined) expect(fault).toBeInstanceOf(NotHttp)
      expect(ends).toBeLessThanOrEqual(1)
    }),
    { seed: 20261126, numRuns: 1_000 },
  )
})

describe('answers behind each other on a connection', () => {
  test('are read each by itself, though most of their lines are the same', () => {
    const reader = readerInto()
    const answers = [
      `${OK}X-Request-Id: a\r\nSet: 1\r\nSet: 2\r\nContent-Length: 2\r\n\r\n{}`,
      `${OK}X-Request-Id: b\r\nSet: 1\r\nContent-Length: 2\r\n\r\n[]`,
      `${OK}X-Request-Id: b\r\nContent-Length: 2\r\n\r\n{}`,
      `HTTP/1.1 404 X\r\n${OK.slice(17)}X-Request-Id: b\r\nContent-Length: 0\r\n\r\n`,
    ]
    for (const text of answers) {
      reader.expect()
      reader.take(bytes(text))
    }
    const { heads, body, ends } = reader.got
    expect([body, ends]).toEqual(['{}[]{}', 4])
    const type = { 'content-type': 'application/json' }
    expect(heads.map(({ status, headers }) => ({ status, ...headers }))).toEqual([
      { status: 200, ...type, 'x-request-id': 'a', set: ['1', '2'], 'content-length': '2' },
      { status: 200, ...type, 'x-request-id': 'b', set: '1', 'content-length': '2' },
      { status: 200, ...type, 'x-request-id': 'b', 'content-length': '2' },
      { status: 404, ...type, 'x-request-id': 'b', 'content-length': '0' },
    ])
  })

  test.each<[string, boolean, number | undefined]>([
    ['HTTP/1.1 200 X\r\nContent-Length: 0', true, undefined],
    ['HTTP/1.1 200 X\r\nContent-Length: 0\r\nConnection: close', false, undefined],
    ['HTTP/1.1 200 X\r\nContent-Length: 0\r\nConnection: X, Close', false, undefined],
    [
      'HTTP/1.1 200 X\r\nContent-Length: 0\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5, max=100',
      true,
      5_000,
    ],
    ['HTTP/1.0 200 X\r\nContent-Length: 0', false, undefined],
    [
      'HTTP/1.0 200 X\r\nContent-Length: 0\r\nConnection: Keep-Alive\r\nKeep-Alive: max=1, timeout=60',
      true,
      60_000,
    ],
    ['HTTP/1.1 200 X', false, undefined],
  ])('%j: another may follow: %s', (head, isKept, keptMs) => {
    expect(read([bytes(`${head}\r\n\r\n`)]).heads[0]).toMatchObject({ isKept, keptMs })
  })
})
