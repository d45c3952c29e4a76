import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildLogger, type RequestLine, requestLines } from './log.ts'

/** What the library writes of the same. */
function bothOf(line: RequestLine): [ours: string, theirs: string] {
  const written: string[] = []
  const log = buildLogger('info', { write: (text: string) => void written.push(text) })
  requestLines(log)(line)
  log.info(line)
  const [ours = '', theirs = ''] = written.map((text) =>
    text.replace(/"time":"[\d-]{10}T[\d:.]{12}Z"/, 'time'),
  )
  return [ours, theirs]
}

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\0', '\x7f', '\u2028', 'é', '😀', 'a', '/', '…') }),
  fc.stringMatching(/^[\w.:/*-]{0,60}$/),
)
const number = fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }))

test('a line is as the library writes it, whatever stands in it', () => {
  const line = fc.record(
    {
      method: text,
      route: text,
      status: fc.nat(599),
      requestId: text,
      ms: number,
      reason: text,
      caller: text,
      upstreamRequestId: text,
      upstreamMs: number,
      repeats: fc.nat(),
    },
    { requiredKeys: ['method', 'route', 'status', 'requestId', 'ms'] },
  )
  fc.assert(
    fc.property(line, (one) => {
      const [ours, theirs] = bothOf(one)
      expect(ours).toContain('time')
      expect(ours).toBe(theirs)
    }),
    { seed: 20261126, numRuns: 500 },
  )
})

test('nothing is written where the level is above', () => {
  const written: string[] = []
  const log = buildLogger('warn', { write: (one: string) => void written.push(one) })
  requestLines(log)({ method: 'GET', route: '/', status: 200, requestId: 'x', ms: 1 })
  expect(written).toEqual([])
})
