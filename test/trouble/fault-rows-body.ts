import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { scripted } from './fault-house.ts'
import { lost, lostOnce, nonsense } from './fault-lost.ts'
import { type Expected, type FaultRow, forKinds, GOOD, NONSENSE, ofAll, TRUNCATED } from './fault-row.ts'
import { answer, head, JSON_TYPE, say, sayAndEnd, sayAndReset } from './fault-steps.ts'

const SHORT = sayAndEnd(head(200, JSON_TYPE, 'Content-Length: 100'), '{"a":1}')
const PAGE = answer('<html>Log in</html>', 200, 'Content-Type: text/html')
const EMPTY: Expected = { ...GOOD, heard: 1, more: ({ json }) => expect(json.data.value).toEqual({}) }

/** What is wrong with the body of an answer that is held until it is whole, and is not read. */
export const bodyRows: readonly FaultRow[] = [
  ...lost('F-22', 'a body shorter than promised', SHORT, TRUNCATED, { read: 2 }),
  ...lostOnce('F-22', 'a body shorter than promised', SHORT),
  ...lost(
    'F-22',
    'a body of chunks that breaks off',
    sayAndEnd(head(200, JSON_TYPE, 'Transfer-Encoding: chunked'), '7\r\n{"a":1}\r\n'),
    TRUNCATED,
    { read: 2 },
  ),
  ...lost(
    'F-22',
    'a reset within the body',
    sayAndReset(`${head(200, JSON_TYPE, 'Content-Length: 100')}{"a":1}`),
    TRUNCATED,
    { read: 2 },
  ),
  ...lost(
    'F-26',
    'a compressed answer, which is not inflated',
    answer(gzipSync(`{"a":"${'x'.repeat(1_000_000)}"}`), 200, 'Content-Encoding: gzip'),
    NONSENSE,
    { read: 1, create: 1 },
  ),
  ...nonsense('F-28', 'a page in place of JSON', PAGE),
  ...lostOnce('F-28', 'a page in place of JSON', PAGE),
  ...nonsense('F-28', 'JSON that is called a page', answer('{"a":1}', 200, 'Content-Type: text/html')),
  ...nonsense('F-29', 'JSON that ends in the middle', answer('{"a":')),
  ...forKinds({ id: 'F-29', what: 'an empty body', start: scripted([answer('')]) }, ofAll(EMPTY)),
  ...forKinds(
    {
      id: 'F-29',
      what: 'bytes that are no UTF-8 pass as they are',
      start: scripted([answer(Buffer.from('7b2261223a22fffe227d', 'hex'))]),
    },
    {
      read: { ...GOOD, heard: 1, more: ({ json }) => expect(json.data.value).toEqual({ a: '\ufffd\ufffd' }) },
    },
  ),
  ...forKinds(
    {
      id: 'F-31',
      what: 'a redirect to where keys of a machine are had',
      start: scripted([answer('', 302, 'Location: http://169.254.169.254/latest/meta-data/')]),
    },
    ofAll({ status: 502, word: 'INTERNAL', reason: 'UPSTREAM_REDIRECT', heard: 1 }),
  ),
  ...nonsense('F-32', 'a status that is none', answer('{}', 999)),
  ...lost('F-32', 'an interim answer and nothing else', sayAndEnd(head(103)), TRUNCATED, { read: 2 }),
  ...nonsense('F-32', 'a body where there can be none', say(head(204, JSON_TYPE, 'Content-Length: 2'), '{}')),
  ...forKinds(
    { id: 'F-32', what: 'no body where there is none', start: scripted([say(head(204))]) },
    ofAll(EMPTY),
  ),
]
